package flow;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import run.Attempt;
import run.ClusterState;
import run.ClusterStatus;

/**
 * Decides which clusters deserve a question of their own, beside the one list of all clusters that
 * serves every run. In memory only: after a restart each is asked anew.
 *
 * <p>The list tells each cluster's state and reason, so that a question is needed only for the
 * steps, and for a cluster that is not in the list any more. A question that brought nothing new is
 * repeated after a pause that doubles, so that one odd cluster does not use up an account's quota.
 */
public final class Watch {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int DOUBLINGS = 4;

  private final Duration stepPoll;
  private final Map<String, Asked> described = new HashMap<>();
  private final Map<String, Asked> stepsListed = new HashMap<>();

  private record Asked(Instant last, int times) {

    boolean isDue(Instant now) {
      Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(times - 1, DOUBLINGS));
      Instant due = last.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
      return now.isBefore(last) || !due.isAfter(now);
    }
  }

  /**
   * @param stepPoll how long a running cluster's steps may go unseen
   */
  public Watch(Duration stepPoll) {
    this.stepPoll = stepPoll;
  }

  /**
   * What an attempt's record has to say after a look; empty if it says that already. That a cluster
   * is gone is never taken from a look: it is written down together with what became of its steps.
   *
   * @param attempt with a cluster
   */
  public static Optional<Attempt> seen(Attempt attempt, Look look) {
    if (attempt.clusterIsGone()) {
      return Optional.empty();
    }
    return look.find(attempt.clusterId().orElseThrow())
        .filter(shown -> !shown.status().state().isGone())
        .map(
            shown ->
                attempt.seen(
                    shown
                        .status()
                        .with(attempt.cluster().map(ClusterStatus::steps).orElse(List.of()))))
        .filter(seen -> !seen.equals(attempt));
  }

  /**
   * The attempts whose cluster is to be described: EMR does not list it, so it is gone, or so new
   * that it is not listed yet.
   *
   * @param attempts with a cluster, as they are after the look
   */
  public synchronized List<Attempt> toDescribe(List<Attempt> attempts, Look look, Instant now) {
    forgetOthers(attempts);
    return attempts.stream()
        .filter(attempt -> !attempt.clusterIsGone())
        .filter(
            attempt ->
                look.find(id(attempt)).filter(shown -> !shown.status().state().isGone()).isEmpty())
        .filter(attempt -> isDue(described, attempt, now))
        .toList();
  }

  /**
   * The attempts whose steps the run waits for: their cluster ends, and what became of the steps is
   * not known.
   */
  public synchronized List<Attempt> toListSteps(List<Attempt> attempts, Instant now) {
    return attempts.stream()
        .filter(attempt -> is(attempt, ClusterState.TERMINATING))
        .filter(attempt -> !attempt.cluster().orElseThrow().stepsEnded())
        .filter(attempt -> isDue(stepsListed, attempt, now))
        .toList();
  }

  /** The attempts whose steps are worth a look for progress only, longest unseen first. */
  public synchronized List<Attempt> toShowProgress(List<Attempt> attempts, Instant now) {
    return attempts.stream()
        .filter(attempt -> is(attempt, ClusterState.RUNNING) || is(attempt, ClusterState.WAITING))
        .filter(
            attempt ->
                Optional.ofNullable(stepsListed.get(id(attempt)))
                    .map(asked -> !asked.last().plus(stepPoll).isAfter(now))
                    .orElse(true))
        .sorted(
            Comparator.comparing(
                attempt ->
                    Optional.ofNullable(stepsListed.get(id(attempt)))
                        .map(Asked::last)
                        .orElse(Instant.MIN)))
        .toList();
  }

  /** The attempt's cluster is being described. */
  public synchronized void describes(Attempt attempt, Instant now) {
    ask(described, attempt, now);
  }

  /** The attempt's steps are being listed. */
  public synchronized void listsSteps(Attempt attempt, Instant now) {
    ask(stepsListed, attempt, now);
  }

  /** The cluster has a new state, and every question about it is a new one. */
  public synchronized void changed(Attempt attempt) {
    described.remove(id(attempt));
    stepsListed.remove(id(attempt));
  }

  private void forgetOthers(List<Attempt> attempts) {
    Set<String> watched = attempts.stream().map(Watch::id).collect(Collectors.toSet());
    described.keySet().retainAll(watched);
    stepsListed.keySet().retainAll(watched);
  }

  private static void ask(Map<String, Asked> questions, Attempt attempt, Instant now) {
    questions.merge(
        id(attempt), new Asked(now, 1), (before, first) -> new Asked(now, before.times() + 1));
  }

  private static boolean isDue(Map<String, Asked> questions, Attempt attempt, Instant now) {
    return Optional.ofNullable(questions.get(id(attempt)))
        .map(asked -> asked.isDue(now))
        .orElse(true);
  }

  private static boolean is(Attempt attempt, ClusterState state) {
    return attempt.cluster().filter(cluster -> cluster.state() == state).isPresent();
  }

  private static String id(Attempt attempt) {
    return attempt.clusterId().orElseThrow();
  }
}
