package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import run.ClusterState;
import run.ListedCluster;
import run.OrphanCluster;

/**
 * An orphan cluster in the API.
 *
 * @param clusterId EMR's id
 * @param name its name
 * @param state its state, as EMR names it
 * @param createdAt when EMR created it
 * @param firstSeen when it was first seen as an orphan
 * @param fate what the sweeper does about it
 */
@RegisterForReflection
public record OrphanClusterView(
    String clusterId,
    String name,
    ClusterState state,
    Instant createdAt,
    Instant firstSeen,
    OrphanCluster.Fate fate) {

  static OrphanClusterView of(OrphanCluster orphan) {
    ListedCluster cluster = orphan.cluster();
    return new OrphanClusterView(
        cluster.id(),
        cluster.name(),
        cluster.status().state(),
        cluster.createdAt(),
        orphan.firstSeen(),
        orphan.fate());
  }
}
