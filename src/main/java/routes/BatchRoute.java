package routes;

import batch.Batches;
import batch.LandedObject;
import flow.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;
import run.Run;
import run.RunId;
import store.LandedObjects;
import store.RunStore;

/**
 * Closes the batches that are due, but for pipelines whose runs are started: each becomes a run
 * that has its objects for itself.
 */
@ApplicationScoped
public class BatchRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(BatchRoute.class);

  private final Pipelines pipelines;
  private final LandedObjects objects;
  private final RunStore runs;
  private final Work work;
  private final Clock clock;

  BatchRoute(Pipelines pipelines, LandedObjects objects, RunStore runs, Work work, Clock clock) {
    this.pipelines = pipelines;
    this.objects = objects;
    this.runs = runs;
    this.work = work;
    this.clock = clock;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:collect-batches")
        .routeId("collect-batches")
        .process(
            exchange ->
                pipelines.all().stream()
                    .filter(Pipeline::collectsAsObjectsLand)
                    .filter(pipeline -> work.mayCollect(pipeline.name()))
                    .forEach(this::tryToCollect));
  }

  /** What is wrong with one pipeline's objects must not keep the others waiting. */
  private void tryToCollect(Pipeline pipeline) {
    try {
      collect(pipeline);
    } catch (RuntimeException e) {
      LOG.warnf("Cannot collect pipeline %s, will try again: %s", pipeline.name(), e.getMessage());
    }
  }

  private void collect(Pipeline pipeline) {
    Instant now = clock.instant();
    List<LandedObject> waiting = objects.waiting(pipeline.name(), pipeline.batch().maxObjects());
    for (List<LandedObject> batch : Batches.closed(waiting, pipeline.batch(), now)) {
      long bytes = batch.stream().mapToLong(LandedObject::size).sum();
      RunId id = RunId.create(now, ThreadLocalRandom.current().nextInt());
      runs.collect(Run.collected(id, pipeline.name(), now, batch.size(), bytes), batch);
      LOG.infof(
          "Run %s of pipeline %s takes %d objects, %d bytes",
          id, pipeline.name(), batch.size(), bytes);
    }
  }
}
