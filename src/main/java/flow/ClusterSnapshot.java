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
 * The clusters that a complete listing showed: all that have not terminated and, while an answer to
 * RunJobFlow is missing, also those that were created since then and have terminated.
 *
 * @param begun when the first page was requested; later changes may be missing
 * @param renewed when the newest short listing, of clusters that are starting or ending, began
 * @param clusters the clusters by id
 * @param vanished the ids of clusters that were starting or ending and are missing in the newest
 *     short listing: they run by now, or they are gone
 * @param since when each was first seen in its state; it may have been in it before this service
 *     started
 */
public record ClusterSnapshot(
    Instant begun,
    Instant renewed,
    Map<String, ListedCluster> clusters,
    Set<String> vanished,
    Map<String, Instant> since) {

  /** Before the first listing. */
  public static final ClusterSnapshot NONE = new ClusterSnapshot(Instant.MIN, Map.of());

  public ClusterSnapshot {
    clusters = Map.copyOf(clusters);
    vanished = Set.copyOf(vanished);
    since = Map.copyOf(since);
  }

  /** The snapshot of one complete listing. */
  public ClusterSnapshot(Instant begun, Map<String, ListedCluster> clusters) {
    this(begun, begun, clusters, Set.of(), Map.of());
  }

  /** When clusters in that state were last listed. */
  public Instant asked(ClusterState state) {
    return state.isMoving() ? renewed : begun;
  }

  /** The cluster of that id, if it was shown and has not vanished since. */
  public Optional<ListedCluster> find(String id) {
    return Optional.ofNullable(clusters.get(id)).filter(cluster -> !vanished.contains(id));
  }

  /** Whether the cluster has been in that state for longer than that time. */
  public boolean isLongerIn(ClusterState state, String id, Duration limit) {
    return find(id).filter(cluster -> cluster.status().state() == state).isPresent()
        && since.getOrDefault(id, begun).plus(limit).isBefore(begun);
  }

  /** The clusters with that name, oldest first, including those that have vanished since. */
  public List<ListedCluster> named(String name) {
    return clusters.values().stream()
        .filter(cluster -> cluster.name().equals(name))
        .sorted(Comparator.comparing(ListedCluster::createdAt))
        .toList();
  }
}
