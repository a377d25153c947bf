package routes;

import curated.RunFolders;
import inflight.InFlight;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import pipeline.Pipeline;
import run.RunId;
import store.RunStore;

/**
 * Before the first object of a pipeline is taken: S3 must not remember a run that the run store
 * does not know. A store that was lost, or put back from a backup, would load again what is in the
 * table already.
 */
@ApplicationScoped
public class StoreConsistencyRoute extends RouteBuilder {

  private static final int NAMED = 3;

  private final RunFolders folders;
  private final RunStore runs;
  private final InFlight inFlight;

  StoreConsistencyRoute(RunFolders folders, RunStore runs, InFlight inFlight) {
    this.folders = folders;
    this.runs = runs;
    this.inFlight = inFlight;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:check-store")
        .routeId("check-store")
        .filter(exchange -> !inFlight.mayCollect(pipeline(exchange).name()))
        .process(exchange -> ask(pipeline(exchange)));
  }

  private void ask(Pipeline pipeline) {
    Set<RunId> known = runs.ids(pipeline.name());
    List<RunId> unknown =
        folders
            .runs(pipeline.name(), pipeline.curated())
            .filter(run -> !known.contains(run))
            .limit(NAMED)
            .toList();
    if (!unknown.isEmpty() && !pipeline.landing().acceptUnknownRuns()) {
      throw new IllegalStateException(
          "s3://%s/_work/%s/ has runs that the run store does not know (%s, …): the store was lost, or an older one put back, or another service writes there, and what has landed may be in the table already. Put the right store in place (service.store), or say pipelines.%s.landing.accept-unknown-runs=true to take every object of the landing prefix that this store does not know"
              .formatted(pipeline.curated().bucket(), pipeline.name(), unknown, pipeline.name()));
    }
    inFlight.collectFrom(pipeline.name());
  }

  private static Pipeline pipeline(Exchange exchange) {
    return exchange.getProperty(LandingRoute.PIPELINE, Pipeline.class);
  }
}
