package polling;

import flow.ClusterSnapshot;
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
import run.ListedCluster;
import run.RunId;

/**
 * Decides which clusters deserve a question of their own, beside the one list of all clusters that
 * serves every run. In memory only: after a restart each is asked anew.
 *
 * <p>The list tells each cluster's state and reason, so that a question is needed only for the
 * steps, and for a cluster that is not in the list any more. A question that brought nothing new is
 * repeated after a pause that doubles, so that one odd cluster does not use up an account's quota.
 */
public final class FollowUpQueries {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int DOUBLINGS = 4;
  private static final Duration AFTER_RESULT = Duration.ofMillis(500);

  /** How much later than a cluster's end EMR may tell of its steps'. */
  private static final Duration STEPS_MAY_LAG = Duration.ofMinutes(2);

  private final Duration stepPoll;
  private Set<RunId> over = Set.of();
  private final Questions described = new Questions();
  private final Questions stepsListed = new Questions();

  private record Asked(Instant last, int times) {

    boolean isDue(Instant now) {
      Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(times - 1, DOUBLINGS));
      Instant due = last.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
      return now.isBefore(last) || !due.isAfter(now);
    }
  }

  /** Questions of one kind: since when each is open, and when it was last asked. */
  private static final class Questions {

    private final Map<String, Instant> since = new HashMap<>();
    private final Map<String, Asked> asked = new HashMap<>();

    /** Those that may be asked now, longest open first. */
    List<Attempt> due(List<Attempt> open, Instant now) {
      since.keySet().retainAll(ids(open));
      open.forEach(attempt -> since.putIfAbsent(id(attempt), now));
      return open.stream()
          .filter(attempt -> last(attempt).map(asked -> asked.isDue(now)).orElse(true))
          .sorted(Comparator.comparing(attempt -> since.get(id(attempt))))
          .toList();
    }

    Optional<Asked> last(Attempt attempt) {
      return Optional.ofNullable(asked.get(id(attempt)));
    }

    void ask(Attempt attempt, Instant now) {
      asked.merge(
          id(attempt), new Asked(now, 1), (before, first) -> new Asked(now, before.times() + 1));
    }

    void forget(Attempt attempt) {
      asked.remove(id(attempt));
    }

    void forgetOthers(Set<String> ids) {
      asked.keySet().retainAll(ids);
    }
  }

  /**
   * @param stepPoll how long a running cluster's steps may go unseen
   */
  public FollowUpQueries(Duration stepPoll) {
    this.stepPoll = stepPoll;
  }

  /**
   * What an attempt's record has to say when its cluster is shown; empty if it says that already.
   * That a cluster is gone is never taken from a list: it is written down together with what became
   * of its steps.
   *
   * @param attempt with that cluster
   */
  public static Optional<Attempt> seen(Attempt attempt, ListedCluster shown) {
    if (attempt.clusterIsGone() || shown.status().state().isGone()) {
      return Optional.empty();
    }
    return Optional.of(
            attempt.seen(
                shown.status().with(attempt.cluster().map(ClusterStatus::steps).orElse(List.of()))))
        .filter(seen -> !seen.equals(attempt));
  }

  /** The runs whose end is known: they wait for no word about their clusters' steps. */
  public synchronized void areOver(Set<RunId> runs) {
    over = Set.copyOf(runs);
  }

  /** Whether what became of the steps of an attempt's cluster decides anything. */
  public synchronized boolean needsSteps(Attempt attempt) {
    return attempt.failure().isEmpty() && !over.contains(attempt.run());
  }

  /** Whether a cluster that was described is gone, and its steps are to be asked for as well. */
  public static boolean lacksSteps(ClusterStatus described) {
    return described.state().isGone() && !described.stepsEnded();
  }

  /** Whether what EMR tells of the steps of a cluster that is gone will change no more. */
  public static boolean isSettled(ClusterStatus gone, Instant now) {
    return gone.stepsEnded()
        || gone.endedAt().orElse(Instant.EPOCH).plus(STEPS_MAY_LAG).isBefore(now);
  }

  /**
   * Whether EMR has forgotten a cluster that it does not know, rather than that another account or
   * region is asked: nothing more is to be learnt of it, and nothing is left.
   *
   * @param giveUpAfter how long after its attempt's end it is asked about
   */
  public static boolean isForgotten(Attempt attempt, Duration giveUpAfter, Instant now) {
    return attempt.intent().expiresAt().plus(giveUpAfter).isBefore(now);
  }

  /**
   * The attempts whose cluster is to be described, longest missing first: the list that should show
   * it does not. What became of the steps of one that ends is asked before, since that it is gone
   * is written down together with them.
   *
   * @param attempts with a cluster, as they are after the listing
   */
  public synchronized List<Attempt> toDescribe(
      List<Attempt> attempts, ClusterSnapshot snapshot, Instant now) {
    Set<String> watched = ids(attempts);
    described.forgetOthers(watched);
    stepsListed.forgetOthers(watched);
    List<Attempt> missing =
        attempts.stream()
            .filter(attempt -> !attempt.clusterIsGone())
            .filter(
                attempt ->
                    snapshot
                        .find(id(attempt))
                        .filter(shown -> !shown.status().state().isGone())
                        .isEmpty())
            .filter(attempt -> shouldBeShown(attempt, snapshot, now))
            .filter(
                attempt ->
                    !endsUnasked(attempt)
                        || !needsSteps(attempt)
                        || stepsListed.last(attempt).isPresent())
            .toList();
    return described.due(missing, now);
  }

  /**
   * Whether the list of clusters in its state was begun after the cluster was known to be there; a
   * clock that was set back makes nothing wait.
   */
  private boolean shouldBeShown(Attempt attempt, ClusterSnapshot snapshot, Instant now) {
    ClusterState state = attempt.cluster().map(ClusterStatus::state).orElse(ClusterState.STARTING);
    Instant known =
        described.last(attempt).map(Asked::last).or(attempt::calledAt).orElse(Instant.MIN);
    return snapshot.asked(state).isAfter(known) || known.isAfter(now);
  }

  /**
   * The attempts whose steps the run waits for, longest waiting first: their cluster ends, and what
   * became of the steps is not known.
   */
  public synchronized List<Attempt> toListSteps(List<Attempt> attempts, Instant now) {
    return stepsListed.due(
        attempts.stream().filter(FollowUpQueries::endsUnasked).filter(this::needsSteps).toList(),
        now);
  }

  private static boolean endsUnasked(Attempt attempt) {
    return is(attempt, ClusterState.TERMINATING) && !attempt.cluster().orElseThrow().stepsEnded();
  }

  /** The attempts whose steps are worth a look for progress only, longest unseen first. */
  public synchronized List<Attempt> toShowProgress(List<Attempt> attempts, Instant now) {
    return attempts.stream()
        .filter(attempt -> is(attempt, ClusterState.RUNNING) || is(attempt, ClusterState.WAITING))
        .filter(attempt -> !lastListed(attempt).plus(stepPoll).isAfter(now))
        .sorted(Comparator.comparing(this::lastListed))
        .toList();
  }

  /**
   * The attempts whose steps may end any moment now: first those whose results are there, then the
   * longest unseen. After its result Spark takes a second or two to stop, so that each of those is
   * asked for at once, soon again, and then more and more seldom, until it has its usual pace.
   *
   * @param paces how often each is asked for; those that are missing are not asked for
   * @param written since when each result is there
   */
  public synchronized List<Attempt> toExpect(
      List<Attempt> attempts,
      Map<Attempt.Intent, Duration> paces,
      Map<Attempt.Intent, Instant> written,
      Instant now) {
    return attempts.stream()
        .filter(attempt -> paces.containsKey(attempt.intent()))
        .filter(
            attempt ->
                isExpected(
                    attempt,
                    paces.get(attempt.intent()),
                    Optional.ofNullable(written.get(attempt.intent())),
                    now))
        .sorted(
            Comparator.comparing((Attempt attempt) -> !written.containsKey(attempt.intent()))
                .thenComparing(this::lastListed))
        .toList();
  }

  private boolean isExpected(
      Attempt attempt, Duration pace, Optional<Instant> written, Instant now) {
    Instant last = lastListed(attempt);
    if (written.filter(last::isBefore).isPresent()) {
      return true;
    }
    Duration pause =
        written
            .map(since -> Duration.between(since, now).dividedBy(2))
            .map(half -> half.compareTo(AFTER_RESULT) < 0 ? AFTER_RESULT : half)
            .filter(shorter -> shorter.compareTo(pace) < 0)
            .orElse(pace);
    return !last.plus(pause).isAfter(now);
  }

  private Instant lastListed(Attempt attempt) {
    return stepsListed.last(attempt).map(Asked::last).orElse(Instant.EPOCH);
  }

  /** The attempt's cluster is being described. */
  public synchronized void describes(Attempt attempt, Instant now) {
    described.ask(attempt, now);
  }

  /** The attempt's steps are being listed. */
  public synchronized void listsSteps(Attempt attempt, Instant now) {
    stepsListed.ask(attempt, now);
  }

  /** The cluster has a new state, and every question about it is a new one. */
  public synchronized void changed(Attempt attempt) {
    described.forget(attempt);
    stepsListed.forget(attempt);
  }

  private static boolean is(Attempt attempt, ClusterState state) {
    return attempt.cluster().filter(cluster -> cluster.state() == state).isPresent();
  }

  private static Set<String> ids(List<Attempt> attempts) {
    return attempts.stream().map(FollowUpQueries::id).collect(Collectors.toSet());
  }

  private static String id(Attempt attempt) {
    return attempt.clusterId().orElseThrow();
  }
}
