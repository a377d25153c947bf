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
    /** Not yet long enough a stray. */
    WAITS,
    /** It is to be terminated. */
    TERMINATE,
    /** It is only reported: it is older than the run store, or the sweeper may not terminate. */
    REPORT
  }
}
