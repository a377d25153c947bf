package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import run.ClusterState;
import run.SeenCluster;
import run.Stray;

/**
 * A stray cluster in the API.
 *
 * @param clusterId EMR's id
 * @param name its name
 * @param state its state in EMR's words
 * @param createdAt when EMR created it
 * @param firstSeen since when it is known to be a stray
 * @param fate what the sweeper does about it
 */
@RegisterForReflection
public record StrayView(
    String clusterId,
    String name,
    ClusterState state,
    Instant createdAt,
    Instant firstSeen,
    Stray.Fate fate) {

  static StrayView of(Stray stray) {
    SeenCluster cluster = stray.cluster();
    return new StrayView(
        cluster.id(),
        cluster.name(),
        cluster.status().state(),
        cluster.createdAt(),
        stray.firstSeen(),
        stray.fate());
  }
}
