package polling;

import inflight.InFlight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import run.Attempt;
import run.AttemptState;
import run.ClusterStatus;
import run.ListedCluster;
import run.OpenRun;
import run.Run;
import store.RunStore;
import store.StaleVersionException;

/**
 * The attempts whose clusters are polled, as last read from the run store. What EMR reports of a
 * cluster is saved with its attempt at once. Only the poller's thread uses it.
 */
final class WatchedAttempts {

  private final RunStore runs;
  private final InFlight inFlight;
  private final FollowUpQueries followUps;
  private final UsualEnds ends;
  private List<Attempt> attempts = List.of();

  WatchedAttempts(RunStore runs, InFlight inFlight, FollowUpQueries followUps, UsualEnds ends) {
    this.runs = runs;
    this.inFlight = inFlight;
    this.followUps = followUps;
    this.ends = ends;
  }

  List<Attempt> all() {
    return attempts;
  }

  /** How soon to poll for steps again, if the end of some is near. */
  Optional<Duration> pace(Instant now) {
    return ends.pace(attempts, now);
  }

  /** The attempts whose steps should end about now, longest unseen first. */
  List<Attempt> toExpect(Instant now) {
    return followUps.toExpect(attempts, ends, now);
  }

  /** No attempt has a cluster. */
  void clear() {
    attempts = List.of();
  }

  /**
   * Reads the open attempts again, and records what pages of the listing show of their clusters.
   */
  void write(Map<String, ListedCluster> shown) {
    List<Attempt> now = new ArrayList<>();
    List<OpenRun> open = runs.open();
    followUps.areOver(
        open.stream()
            .map(OpenRun::run)
            .filter(run -> run.outcome().isPresent())
            .map(Run::id)
            .collect(Collectors.toSet()));
    for (Attempt attempt : open.stream().flatMap(run -> run.attempts().stream()).toList()) {
      if (attempt.clusterId().isPresent() && attempt.state() != AttemptState.ENDED) {
        now.add(
            Optional.ofNullable(shown.get(attempt.clusterId().get()))
                .flatMap(cluster -> FollowUpQueries.seen(attempt, cluster))
                .map(seen -> save(attempt, seen))
                .orElse(attempt));
      }
    }
    attempts = now;
  }

  private Attempt save(Attempt before, Attempt seen) {
    followUps.changed(seen);
    try {
      return runs.save(seen);
    } catch (StaleVersionException e) {
      return before;
    }
  }

  /** Records what EMR reported of the attempt's own cluster, unless it is known to be gone. */
  void update(Attempt attempt, ClusterStatus status) {
    inFlight.queries().forget(attempt.intent());
    runs.attempt(attempt.run(), attempt.number())
        .filter(stored -> !stored.clusterIsGone())
        .map(stored -> stored.seen(status))
        .ifPresent(
            seen -> {
              Attempt saved = runs.save(seen);
              ends.learn(saved);
              attempts =
                  attempts.stream().map(known -> isSame(known, saved) ? saved : known).toList();
            });
  }

  private static boolean isSame(Attempt a, Attempt b) {
    return a.run().equals(b.run()) && a.number() == b.number();
  }
}
