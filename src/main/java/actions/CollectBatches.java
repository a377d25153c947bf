package actions;

import inflight.InFlight;
import intake.Collector;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;

/**
 * Closes the batches that are due, except for pipelines whose runs are started: each batch becomes
 * a run that has its objects for itself.
 */
@ApplicationScoped
public class CollectBatches {

  private static final Logger LOG = Logger.getLogger(CollectBatches.class);

  private final Pipelines pipelines;
  private final Collector collector;
  private final InFlight inFlight;
  private final Clock clock;

  CollectBatches(Pipelines pipelines, Collector collector, InFlight inFlight, Clock clock) {
    this.pipelines = pipelines;
    this.collector = collector;
    this.inFlight = inFlight;
    this.clock = clock;
  }

  /** Collects of every pipeline whose store was checked. */
  public void collect() {
    pipelines.all().stream()
        .filter(Pipeline::collectsAsObjectsLand)
        .filter(pipeline -> inFlight.mayCollect(pipeline.name()))
        .forEach(this::tryToCollect);
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
