package routes;

import actions.ActionOutcome;
import inflight.InFlight;
import intake.Collector;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;

/**
 * Closes the batches that are due, but for pipelines whose runs are started: each becomes a run
 * that has its objects for itself.
 */
@ApplicationScoped
public class BatchRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(BatchRoute.class);

  private final Pipelines pipelines;
  private final Collector collector;
  private final InFlight inFlight;
  private final Clock clock;

  BatchRoute(Pipelines pipelines, Collector collector, InFlight inFlight, Clock clock) {
    this.pipelines = pipelines;
    this.collector = collector;
    this.inFlight = inFlight;
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
                    .filter(pipeline -> inFlight.mayCollect(pipeline.name()))
                    .forEach(this::tryToCollect));
  }

  /** What is wrong with one pipeline's objects must not keep the others waiting. */
  private void tryToCollect(Pipeline pipeline) {
    try {
      collector.collect(pipeline, clock.instant());
    } catch (RuntimeException e) {
      LOG.warnf(
          "Cannot collect pipeline %s, will try again: %s",
          pipeline.name(), ActionOutcome.reason(e));
    }
  }
}
