package run;

import java.util.EnumSet;
import java.util.Set;

/**
 * The state of one try of a run at a cluster. {@link #next()} is the complete table of legal
 * transitions.
 */
public enum AttemptState {
  /** Recorded before RunJobFlow is called: a cluster may or may not exist. */
  INTENDED,
  /** EMR has answered with the cluster's id, or the cluster was found by its name. */
  LAUNCHED,
  /** Its end is known or requested; EMR may still show the cluster. */
  ENDING,
  /** EMR itself reports that the cluster is terminated, or certainly none was ever created. */
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
