package routes;

import batch.LandedObject;
import contract.ContractJson;
import contract.Manifest;
import curated.RunPaths;
import flow.Leg.WriteManifest;
import flow.Sent;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import landing.LandingListing;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import pipeline.Pipeline;
import pipeline.Pipelines;
import run.Run;
import run.RunState;
import store.LandedObjects;
import store.RunStore;

/**
 * COLLECTED to QUEUED: writes down in S3 which objects the run reads. Where the table shows the
 * latest run only, these are all that are in the landing prefix now; but what was fetched for a run
 * is all that it reads.
 */
@ApplicationScoped
public class ManifestRoute extends RouteBuilder {

  private final Pipelines pipelines;
  private final LandedObjects objects;
  private final LandingListing listing;
  private final RunStore runs;
  private final Clock clock;

  ManifestRoute(
      Pipelines pipelines,
      LandedObjects objects,
      LandingListing listing,
      RunStore runs,
      Clock clock) {
    this.pipelines = pipelines;
    this.objects = objects;
    this.listing = listing;
    this.runs = runs;
    this.clock = clock;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:write-manifest")
        .routeId("write-manifest")
        .process(this::manifest)
        .to(Endpoints.PUT_OBJECT)
        .process(this::queued);
  }

  private void manifest(Exchange exchange) {
    Run run = OnLeg.leg(exchange, WriteManifest.class).open().run();
    Pipeline pipeline = pipelines.find(run.pipeline()).orElseThrow();
    RunPaths paths = Sent.paths(pipeline, run.id());
    Manifest manifest = Sent.manifest(run, read(pipeline, run));
    Endpoints.address(exchange, paths, paths.manifestKey());
    exchange.getMessage().setBody(ContractJson.write(manifest).getBytes(StandardCharsets.UTF_8));
  }

  private List<LandedObject> read(Pipeline pipeline, Run run) {
    if (run.start().isPresent()) {
      return objects.of(run.id());
    }
    return switch (pipeline.warehouse().mode()) {
      case APPEND -> objects.of(run.id());
      case REPLACE ->
          listing
              .all(pipeline.name(), pipeline.landing())
              .filter(object -> !pipeline.batch().grouping().isMarker(object.key()))
              .filter(object -> pipeline.unread(object).isEmpty())
              .toList();
    };
  }

  private void queued(Exchange exchange) {
    Run run = OnLeg.leg(exchange, WriteManifest.class).open().run();
    runs.save(run, run.moveTo(RunState.QUEUED, clock.instant()));
  }
}
