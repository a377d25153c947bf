package flow;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import run.SeenCluster;

/**
 * What EMR showed when it was asked for clusters: all that are not gone, and where an answer to
 * RunJobFlow is awaited, also those created since that have gone already.
 *
 * @param begun when the first page was asked for; what happened later may be missing
 * @param clusters what was shown, by id
 */
public record Look(Instant begun, Map<String, SeenCluster> clusters) {

  /** Before EMR was first asked. */
  public static final Look NONE = new Look(Instant.MIN, Map.of());

  public Look {
    clusters = Map.copyOf(clusters);
  }

  /** The cluster of that id, if it was shown. */
  public Optional<SeenCluster> find(String id) {
    return Optional.ofNullable(clusters.get(id));
  }

  /** The clusters of that name, oldest first. */
  public List<SeenCluster> named(String name) {
    return clusters.values().stream()
        .filter(cluster -> cluster.name().equals(name))
        .sorted(Comparator.comparing(SeenCluster::createdAt))
        .toList();
  }
}
