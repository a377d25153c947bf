package run;

import java.time.Instant;

/**
 * A cluster of the account as ListClusters shows it.
 *
 * @param id EMR's id
 * @param name its name
 * @param createdAt when EMR created it
 * @param status its state and reason; without steps, which ListClusters does not return
 */
public record ListedCluster(String id, String name, Instant createdAt, ClusterStatus status) {}
