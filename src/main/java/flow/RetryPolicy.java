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
 * Whether a run tries again after a failed attempt, and on which rung of the pipeline's capacity
 * ladder.
 */
public final class RetryPolicy {

  private RetryPolicy() {}

  /** The least number of tries at a cluster, however long the service was down. */
  private static final int LEAST_TRIES = 3;

  /**
   * Whether the run tries another cluster: the failure's kind allows it, and the run has had fewer
   * clusters than the pipeline allows. Attempts that never had a cluster do not count; they are
   * limited by time.
   *
   * @param giveUpAfter how long a run continues without getting a cluster
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
   * Where a failed run continues: with the load, if it had reached that; with the verdict, if all
   * steps of its last cluster have succeeded; otherwise with another cluster.
   *
   * @param reached the state that it had reached before it failed
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

  /** Whether EMR gave it a cluster, or answered that it has none for that rung. */
  private static boolean hasUsedItsRung(Attempt attempt) {
    return attempt.clusterId().isPresent()
        || attempt.failure().filter(why -> why.kind() == FailureKind.CAPACITY).isPresent();
  }

  private static Optional<Attempt> lastThatUsedItsRung(List<Attempt> attempts) {
    return attempts.stream().filter(RetryPolicy::hasUsedItsRung).reduce((first, second) -> second);
  }

  /**
   * The rung of the next attempt: the one after the last rung that EMR answered for; after the last
   * rung the last again. A retry also begins there if the rung was to blame, and otherwise on the
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
