package flow;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import run.ClusterState;
import run.ListedCluster;

/**
 * What EMR showed when it was asked for clusters: all that are not gone, and where an answer to
 * RunJobFlow is awaited, also those created since that have gone already.
 *
 * @param begun when the first page was asked for; what happened later may be missing
 * @param renewed when the newest list of those that are on the move was asked for
 * @param clusters what was shown, by id
 * @param vanished the ids of those that were on the move, and that the newest list of such clusters
 *     does not show: they run by now, or they are gone
 * @param since when each was first shown in its state; since before that where this service was
 *     started later
 */
public record ClusterSnapshot(
    Instant begun,
    Instant renewed,
    Map<String, ListedCluster> clusters,
    Set<String> vanished,
    Map<String, Instant> since) {

  /** Before EMR was first asked. */
  public static final ClusterSnapshot NONE = new ClusterSnapshot(Instant.MIN, Map.of());

  public ClusterSnapshot {
    clusters = Map.copyOf(clusters);
    vanished = Set.copyOf(vanished);
    since = Map.copyOf(since);
  }

  /** A listing in one go. */
  public ClusterSnapshot(Instant begun, Map<String, ListedCluster> clusters) {
    this(begun, begun, clusters, Set.of(), Map.of());
  }

  /** When clusters in that state were last asked for. */
  public Instant asked(ClusterState state) {
    return state.isMoving() ? renewed : begun;
  }

  /** The cluster of that id, if it was shown and has not vanished since. */
  public Optional<ListedCluster> find(String id) {
    return Optional.ofNullable(clusters.get(id)).filter(cluster -> !vanished.contains(id));
  }

  /** Whether a cluster has been in that state for longer than that. */
  public boolean isLongerIn(ClusterState state, String id, Duration limit) {
    return find(id).filter(cluster -> cluster.status().state() == state).isPresent()
        && since.getOrDefault(id, begun).plus(limit).isBefore(begun);
  }

  /** The clusters of that name, oldest first; also those that have vanished since. */
  public List<ListedCluster> named(String name) {
    return clusters.values().stream()
        .filter(cluster -> cluster.name().equals(name))
        .sorted(Comparator.comparing(ListedCluster::createdAt))
        .toList();
  }
}
