package run;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where one try of a run at a cluster stands. {@link #next()} is the whole table of legal
 * transitions.
 */
public enum AttemptState {
  /** Written before RunJobFlow is called: a cluster may or may not exist. */
  INTENDED,
  /** EMR has answered with the cluster's id, or the cluster was found by its name. */
  LAUNCHED,
  /** Its end is known or wanted; EMR may still show the cluster. */
  ENDING,
  /**
   * EMR itself says that the cluster is terminated, or it is certain that none was ever created.
   */
  ENDED;

  /** The states that may follow this one. */
  public Set<AttemptState> next() {
    return switch (this) {
      case INTENDED -> EnumSet.of(LAUNCHED, ENDED);
      case LAUNCHED -> EnumSet.of(ENDING);
      case ENDING -> EnumSet.of(ENDED);
      case ENDED -> EnumSet.noneOf(AttemptState.class);
    };
  }
}
