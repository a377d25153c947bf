package actions;

import inflight.InFlight;
import intake.Collector;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Set;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;
import store.PausedPipelineException;
import store.PausedPipelines;

/**
 * Closes the batches that are due; each becomes a run with exclusive use of its objects. Pipelines
 * whose runs are started have no batches.
 */
@ApplicationScoped
public class CollectBatches {

  private static final Logger LOG = Logger.getLogger(CollectBatches.class);

  private final Pipelines pipelines;
  private final Collector collector;
  private final PausedPipelines paused;
  private final InFlight inFlight;
  private final Clock clock;

  CollectBatches(
      Pipelines pipelines,
      Collector collector,
      PausedPipelines paused,
      InFlight inFlight,
      Clock clock) {
    this.pipelines = pipelines;
    this.collector = collector;
    this.paused = paused;
    this.inFlight = inFlight;
    this.clock = clock;
  }

  /** Collects the objects of every pipeline whose store was checked and that is not paused. */
  public void collect() {
    Set<String> resting = paused.names();
    pipelines.all().stream()
        .filter(Pipeline::collectsAsObjectsLand)
        .filter(pipeline -> inFlight.mayCollect(pipeline.name()))
        .filter(pipeline -> !resting.contains(pipeline.name()))
        .forEach(this::tryToCollect);
  }

  /** A problem with one pipeline's objects must not delay the others. */
  private void tryToCollect(Pipeline pipeline) {
    try {
      collector.collect(pipeline, clock.instant());
    } catch (PausedPipelineException e) {
      LOG.debugf("Pipeline %s was paused while it was collected", pipeline.name());
    } catch (RuntimeException e) {
      LOG.warnf(
          "Cannot collect pipeline %s, will try again: %s",
          pipeline.name(), ActionOutcome.reason(e));
    }
  }
}
