package run;

import java.time.Instant;

/**
 * A cluster with this installation's name that belongs to no open attempt.
 *
 * @param cluster the cluster
 * @param firstSeen when it was first seen as an orphan
 * @param fate what the sweeper does about it
 */
public record OrphanCluster(ListedCluster cluster, Instant firstSeen, Fate fate) {

  /** What the sweeper does about an orphan. */
  public enum Fate {
    /** It has not been an orphan for long enough, or its tags are not known yet. */
    WAITS,
    /** Its tags name another installation or run store: it is left alone. */
    LEFT_ALONE,
    /** It will be terminated: it belongs to this installation and run store. */
    TERMINATE,
    /** It is only reported: it is older than the run store, or the sweeper may not terminate. */
    REPORT
  }

  /** The same orphan with that decision. */
  public OrphanCluster decided(Fate other) {
    return new OrphanCluster(cluster, firstSeen, other);
  }
}
