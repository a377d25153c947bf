package flow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import pipeline.Pipeline;
import run.Attempt;
import run.ClusterStatus;
import run.Failure;
import run.FailureKind;
import run.OpenRun;
import run.RunState;

/**
 * Whether a run tries again after an attempt that came to nothing, and on which rung of the
 * pipeline's capacity ladder.
 */
public final class RetryPolicy {

  private RetryPolicy() {}

  /** So many tries at a cluster there are at least, however long the service was away. */
  private static final int LEAST_TRIES = 3;

  /**
   * Whether another cluster is tried: the failure's kind deserves it, and the run has not had as
   * many clusters as the pipeline allows. Attempts that never had a cluster do not count; they are
   * limited by time.
   *
   * @param giveUpAfter how long a run goes on without getting a cluster
   */
  static boolean triesAgain(OpenRun open, Pipeline pipeline, Duration giveUpAfter, Instant now) {
    Attempt last = open.lastAttempt().orElseThrow();
    if (last.failure().isEmpty() || !last.failure().get().kind().deservesAnotherCluster()) {
      return false;
    }
    List<Attempt> counted = open.countedAttempts();
    if (hasUsedItsRung(last)) {
      return counted.stream().filter(RetryPolicy::hasUsedItsRung).count()
          < pipeline.cluster().maxAttempts();
    }
    int before = lastThatUsedItsRung(counted).map(Attempt::number).orElse(0);
    List<Attempt> inVain = counted.stream().filter(attempt -> attempt.number() > before).toList();
    return inVain.size() < LEAST_TRIES
        || inVain.get(0).intent().intendedAt().plus(giveUpAfter).isAfter(now);
  }

  /**
   * Where a failed run goes on: with the load, where it had come so far; with the verdict, where
   * the steps of its last cluster are good; otherwise with another cluster.
   *
   * @param reached how far it came before it failed
   */
  public static RunState retriedFrom(OpenRun open, RunState reached) {
    boolean stepsAreGood =
        open.lastAttempt()
            .filter(attempt -> attempt.failure().isEmpty())
            .flatMap(Attempt::cluster)
            .filter(ClusterStatus::stepsCompleted)
            .isPresent();
    return reached == RunState.PROCESSING && !stepsAreGood ? RunState.QUEUED : reached;
  }

  /** Whether EMR gave it a cluster, or said that it has none of that rung. */
  private static boolean hasUsedItsRung(Attempt attempt) {
    return attempt.clusterId().isPresent()
        || attempt.failure().filter(why -> why.kind() == FailureKind.CAPACITY).isPresent();
  }

  private static Optional<Attempt> lastThatUsedItsRung(List<Attempt> attempts) {
    return attempts.stream().filter(RetryPolicy::hasUsedItsRung).reduce((first, second) -> second);
  }

  /**
   * The rung of the next attempt: one further than the last that EMR answered for; after the last
   * rung the last again. A retry begins there too where the rung was to blame, and otherwise on the
   * first.
   */
  static int nextRung(OpenRun open, Pipeline pipeline) {
    Optional<Attempt> failed =
        lastThatUsedItsRung(open.attempts())
            .filter(
                attempt ->
                    attempt.failure().map(Failure::kind).stream()
                        .anyMatch(FailureKind::deservesAnotherCluster));
    int next = failed.map(attempt -> attempt.intent().rung() + 1).orElse(0);
    return Math.min(next, pipeline.cluster().rungs().size() - 1);
  }
}
