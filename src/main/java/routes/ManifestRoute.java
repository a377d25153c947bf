package routes;

import contract.ContractJson;
import contract.Manifest;
import curated.RunPaths;
import flow.Leg.WriteManifest;
import flow.Sent;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import pipeline.Pipelines;
import run.Run;
import run.RunState;
import store.LandedObjects;
import store.RunStore;

/** COLLECTED to QUEUED: writes down in S3 which objects the run has. */
@ApplicationScoped
public class ManifestRoute extends RouteBuilder {

  private final Pipelines pipelines;
  private final LandedObjects objects;
  private final RunStore runs;
  private final Clock clock;

  ManifestRoute(Pipelines pipelines, LandedObjects objects, RunStore runs, Clock clock) {
    this.pipelines = pipelines;
    this.objects = objects;
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
    RunPaths paths = Sent.paths(pipelines.find(run.pipeline()).orElseThrow(), run.id());
    Manifest manifest = Manifest.of(run.pipeline(), run.id(), objects.of(run.id()));
    Endpoints.address(exchange, paths, paths.manifestKey());
    exchange.getMessage().setBody(ContractJson.write(manifest).getBytes(StandardCharsets.UTF_8));
  }

  private void queued(Exchange exchange) {
    Run run = OnLeg.leg(exchange, WriteManifest.class).open().run();
    runs.save(run, run.moveTo(RunState.QUEUED, clock.instant()));
  }
}
