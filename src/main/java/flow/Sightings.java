package flow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import run.Attempt;
import run.ClusterState;
import run.ClusterStatus;

/** Decides which clusters deserve a closer look than the one list of all clusters gives. */
public final class Sightings {

  private final Duration between;
  private final Map<String, Instant> described = new ConcurrentHashMap<>();

  /**
   * @param between how long a running cluster's steps may go unseen
   */
  public Sightings(Duration between) {
    this.between = between;
  }

  /**
   * The attempts whose cluster is to be described now.
   *
   * @param attempts with a cluster that is not proven gone
   * @param active every cluster that is not gone, with its state
   */
  public List<Attempt> toDescribe(
      List<Attempt> attempts, Map<String, ClusterState> active, Instant now) {
    described.keySet().retainAll(attempts.stream().map(Sightings::cluster).toList());
    return attempts.stream().filter(attempt -> deserves(attempt, active, now)).toList();
  }

  /** The attempt's cluster has been described. */
  public void described(Attempt attempt, Instant now) {
    described.put(cluster(attempt), now);
  }

  private boolean deserves(Attempt attempt, Map<String, ClusterState> active, Instant now) {
    if (attempt.clusterIsGone()) {
      return false;
    }
    ClusterState state = active.get(cluster(attempt));
    Optional<ClusterState> known = attempt.cluster().map(ClusterStatus::state);
    if (state == null || known.isEmpty() || known.get() != state) {
      return true;
    }
    Instant last = described.getOrDefault(cluster(attempt), Instant.MIN);
    return state == ClusterState.RUNNING && !last.plus(between).isAfter(now);
  }

  private static String cluster(Attempt attempt) {
    return attempt.clusterId().orElseThrow();
  }
}
