package flow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import pipeline.Pipeline;
import run.Attempt;
import run.OpenRun;

/**
 * Whether a run tries again after an attempt that came to nothing, and on which rung of the
 * pipeline's capacity ladder.
 */
final class Policy {

  private Policy() {}

  /**
   * Whether another cluster is tried: the failure's kind deserves it, and the run has not had as
   * many clusters as the pipeline allows. Attempts that never had a cluster do not count; they are
   * limited by time.
   *
   * @param giveUpAfter how long a run goes on without ever getting a cluster
   */
  static boolean triesAgain(OpenRun open, Pipeline pipeline, Duration giveUpAfter, Instant now) {
    Attempt last = open.lastAttempt().orElseThrow();
    if (last.failure().isEmpty() || !last.failure().get().kind().deservesAnotherCluster()) {
      return false;
    }
    List<Attempt> counted = open.countedAttempts();
    long clusters = counted.stream().filter(attempt -> attempt.clusterId().isPresent()).count();
    return last.clusterId().isPresent()
        ? clusters < pipeline.cluster().maxAttempts()
        : counted.get(0).intent().intendedAt().plus(giveUpAfter).isAfter(now);
  }

  /**
   * The rung of the next attempt: one further than the last that had a cluster; after the last rung
   * the last again.
   */
  static int nextRung(OpenRun open, Pipeline pipeline) {
    long clusters =
        open.countedAttempts().stream().filter(attempt -> attempt.clusterId().isPresent()).count();
    return (int) Math.min(clusters, pipeline.cluster().rungs().size() - 1);
  }
}
