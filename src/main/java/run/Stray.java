package run;

import java.time.Instant;

/**
 * A cluster that bears this installation's name and belongs to no open attempt.
 *
 * @param cluster the cluster
 * @param firstSeen since when it is known to be a stray
 * @param fate what the sweeper does about it
 */
public record Stray(SeenCluster cluster, Instant firstSeen, Fate fate) {

  /** What the sweeper does about a stray. */
  public enum Fate {
    /** Not yet long enough a stray, or its tags are not known yet. */
    WAITS,
    /** Its tags name another installation or run store: it is left alone. */
    LEFT_ALONE,
    /** It is to be terminated: it is of this installation and run store. */
    TERMINATE,
    /** It is only reported: it is older than the run store, or the sweeper may not terminate. */
    REPORT
  }

  /** The same stray, of which that is decided. */
  public Stray decided(Fate other) {
    return new Stray(cluster, firstSeen, other);
  }
}
