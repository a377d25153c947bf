package polling;

import cluster.emr.EmrApi;
import cluster.emr.EmrGateway;
import cluster.emr.EmrQuotas;
import inflight.InFlight;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import run.Attempt;
import run.ClusterStatus;
import run.ListedCluster;

/**
 * Asks EMR about the clusters that the listing no longer shows: many with one call, the others one
 * by one. Only the poller's thread uses it.
 */
final class ClusterEnds {

  /** How many calls the proof of many ends leaves to the regular poll. */
  private static final int CALLS_KEPT = 3;

  private final EmrGateway emr;
  private final EmrQuotas quotas;
  private final InFlight inFlight;
  private final Duration giveUpAfter;
  private final Clock clock;
  private final FollowUpQueries followUps;
  private final WatchedAttempts watched;
  private final StepQueries steps;

  private boolean isUrgent;
  private Instant lastProof = Instant.MIN;

  ClusterEnds(
      EmrGateway emr,
      EmrQuotas quotas,
      InFlight inFlight,
      Duration giveUpAfter,
      Clock clock,
      FollowUpQueries followUps,
      WatchedAttempts watched,
      StepQueries steps) {
    this.emr = emr;
    this.quotas = quotas;
    this.inFlight = inFlight;
    this.giveUpAfter = giveUpAfter;
    this.clock = clock;
    this.followUps = followUps;
    this.watched = watched;
    this.steps = steps;
  }

  /** Whether the call that proves many ends waits for a token; it goes before the next page. */
  boolean areUrgent() {
    return isUrgent;
  }

  /**
   * Proves many ends with one call, and returns the attempts whose cluster is still to be
   * described.
   */
  List<Attempt> toDescribe() {
    List<Attempt> missing =
        followUps.toDescribe(watched.all(), inFlight.snapshot(), clock.instant());
    Set<String> proven = mayProve(missing) ? proveGone(missing) : Set.of();
    return missing.stream()
        .filter(attempt -> !proven.contains(attempt.clusterId().orElseThrow()))
        .takeWhile(attempt -> quotas.take(EmrApi.DESCRIBE_CLUSTER))
        .toList();
  }

  /**
   * Whether one call is to prove many ends, once for each listing that misses them. If describing
   * them one by one would take long within the quota, the call goes before the pages of the next
   * listing.
   */
  private boolean mayProve(List<Attempt> missing) {
    boolean isNew = missing.size() > 1 && !inFlight.snapshot().renewed().equals(lastProof);
    isUrgent = isNew && !quotas.hasBeside(EmrApi.DESCRIBE_CLUSTER, missing.size() - 1);
    return isNew && quotas.takeBeside(EmrApi.LIST_CLUSTERS, isUrgent ? 0 : CALLS_KEPT);
  }

  /** Asks about many clusters with one call, and returns those that are gone. */
  private Set<String> proveGone(List<Attempt> missing) {
    lastProof = inFlight.snapshot().renewed();
    isUrgent = false;
    Instant oldest =
        missing.stream()
            .map(attempt -> attempt.calledAt().orElse(attempt.intent().intendedAt()))
            .min(Comparator.naturalOrder())
            .orElseThrow();
    Map<String, ClusterStatus> gone =
        emr.listGone(oldest).stream()
            .collect(Collectors.toMap(ListedCluster::id, ListedCluster::status));
    for (Attempt attempt : missing) {
      Optional.ofNullable(gone.get(attempt.clusterId().orElseThrow()))
          .ifPresent(
              status -> {
                followUps.describes(attempt, clock.instant());
                write(attempt, status);
              });
    }
    return gone.keySet();
  }

  /**
   * Asks EMR for the state of the attempt's cluster.
   *
   * @throws IllegalStateException if EMR does not know it, and cannot have forgotten it yet
   */
  void describe(Attempt attempt) {
    followUps.describes(attempt, clock.instant());
    Optional<ClusterStatus> described = emr.describe(attempt.clusterId().orElseThrow());
    if (described.isEmpty()) {
      forget(attempt);
    } else {
      write(attempt, described.get());
    }
  }

  /** The end of a cluster is recorded together with the outcome of its steps. */
  private void write(Attempt attempt, ClusterStatus shown) {
    ClusterStatus status = shown.with(StepQueries.known(attempt));
    if (!FollowUpQueries.lacksSteps(status)) {
      watched.update(attempt, status);
      return;
    }
    boolean isDecisive = followUps.needsSteps(attempt);
    steps
        .steps(attempt, 0)
        .map(status::with)
        .filter(asked -> !isDecisive || FollowUpQueries.isSettled(asked, clock.instant()))
        .or(() -> isDecisive ? Optional.empty() : Optional.of(status))
        .ifPresent(asked -> watched.update(attempt, asked));
  }

  private void forget(Attempt attempt) {
    if (!FollowUpQueries.isForgotten(attempt, giveUpAfter, clock.instant())) {
      throw new IllegalStateException(
          "EMR knows no cluster %s; account, region or endpoint may have changed since its launch"
              .formatted(attempt.clusterId().orElseThrow()));
    }
    watched.update(attempt, ClusterStatus.forgotten());
  }
}
