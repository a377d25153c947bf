package intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import pipeline.Pipeline;
import run.Run;

/**
 * Makes runs of the objects that wait. Of one pipeline only one caller does at a time, so that no
 * two of them want the same objects.
 */
@ApplicationScoped
public class Collector {

  private final ClosedBatches batches;
  private final NewRuns runs;
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  Collector(ClosedBatches batches, NewRuns runs) {
    this.batches = batches;
    this.runs = runs;
  }

  /** Runs take the batches that are closed now; where somebody else collects, nothing is done. */
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
   * Runs take all that waits now, however short it has waited. Groups, and what becomes of
   * overwritten objects, stay as they are configured; with markers all that these have closed is
   * taken.
   *
   * @return the new runs, oldest first; none where nothing waits
   */
  public List<Run> collectAll(Pipeline pipeline, Instant now) {
    ReentrantLock lock = lock(pipeline);
    lock.lock();
    try {
      List<Run> all = new ArrayList<>();
      batches.all(
          pipeline,
          now,
          batch -> {
            NewRuns.Made made = runs.of(pipeline, batch, now);
            all.addAll(made.runs());
            return made.waiting();
          });
      return all;
    } finally {
      lock.unlock();
    }
  }

  private ReentrantLock lock(Pipeline pipeline) {
    return locks.computeIfAbsent(pipeline.name(), name -> new ReentrantLock());
  }
}
