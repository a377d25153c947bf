package intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import run.Run;

/**
 * Makes runs of waiting objects. Only one caller at a time does so for a pipeline, so that no two
 * callers take the same objects.
 */
@ApplicationScoped
public class Collector {

  private static final Logger LOG = Logger.getLogger(Collector.class);

  private final ClosedBatches batches;
  private final NewRuns runs;
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  Collector(ClosedBatches batches, NewRuns runs) {
    this.batches = batches;
    this.runs = runs;
  }

  /** Makes runs of the batches that are closed now; does nothing while another caller collects. */
  public void collect(Pipeline pipeline, Instant now) {
    ReentrantLock lock = lock(pipeline);
    if (lock.tryLock()) {
      try {
        batches.of(pipeline, now).forEach(batch -> runs.of(pipeline, batch, now));
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Makes runs of all objects that wait now, however short they have waited. Groups and overwritten
   * objects are treated as configured; with markers, only what these have closed is taken.
   *
   * @return the new runs, oldest first; none if nothing waits. What goes wrong after the first, or
   *     a pause that comes, leaves the rest waiting.
   * @throws store.PausedPipelineException if the pipeline is paused before the first
   */
  public List<Run> collectAll(Pipeline pipeline, Instant now) {
    ReentrantLock lock = lock(pipeline);
    lock.lock();
    try {
      List<Run> all = new ArrayList<>();
      try {
        batches.all(
            pipeline,
            now,
            batch -> {
              NewRuns.Made made = runs.of(pipeline, batch, now);
              all.addAll(made.runs());
              return made.waiting();
            });
      } catch (RuntimeException e) {
        if (all.isEmpty()) {
          throw e;
        }
        LOG.warnf(
            e, "Pipeline %s has started %d runs, and the rest waits", pipeline.name(), all.size());
      }
      return all;
    } finally {
      lock.unlock();
    }
  }

  private ReentrantLock lock(Pipeline pipeline) {
    return locks.computeIfAbsent(pipeline.name(), name -> new ReentrantLock());
  }
}
