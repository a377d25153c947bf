package run;

import java.time.Instant;

/**
 * A cluster that bears this installation's name and belongs to no open attempt.
 *
 * @param cluster the cluster
 * @param firstSeen since when it is known to be an orphan
 * @param fate what the sweeper does about it
 */
public record OrphanCluster(ListedCluster cluster, Instant firstSeen, Fate fate) {

  /** What the sweeper does about an orphan. */
  public enum Fate {
    /** Not yet long enough an orphan, or its tags are not known yet. */
    WAITS,
    /** Its tags name another installation or run store: it is left alone. */
    LEFT_ALONE,
    /** It is to be terminated: it is of this installation and run store. */
    TERMINATE,
    /** It is only reported: it is older than the run store, or the sweeper may not terminate. */
    REPORT
  }

  /** The same orphan, of which that is decided. */
  public OrphanCluster decided(Fate other) {
    return new OrphanCluster(cluster, firstSeen, other);
  }
}
