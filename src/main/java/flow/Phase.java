package flow;

import java.time.Instant;
import java.util.Optional;

/**
 * A span of a run's time.
 *
 * @param kind what the time went into
 * @param name the same in a word, or the step's name
 * @param attempt whose time it is, 1 for the first attempt; absent where it is the run's own
 * @param from when it began
 * @param to when it ended, never before {@code from}; absent while it goes on
 * @param outcome how it ended; absent while it goes on
 * @param step EMR's id of the step, where one ran
 */
public record Phase(
    Kind kind,
    String name,
    Optional<Integer> attempt,
    Instant from,
    Optional<Instant> to,
    Optional<Outcome> outcome,
    Optional<String> step) {

  /** How a phase ended. */
  public enum Outcome {
    /** It was done. */
    COMPLETED,
    /** It failed. */
    FAILED,
    /** It was ended before it was done: the run was cancelled, or its cluster ended. */
    CUT_OFF
  }

  /** What a run's time goes into. */
  public enum Kind {
    /** The attempt before has failed, and the run has not begun another one yet. */
    BETWEEN,
    /** The run has its objects, or fetches one, and waits for the call that brings its cluster. */
    WAITING,
    /** EMR has been asked for the cluster and gets its machines. */
    PROVISIONING,
    /** The cluster's machines run their bootstrap actions and install its applications. */
    BOOTSTRAPPING,
    /** A step runs. */
    STEP,
    /** The cluster's steps have ended, or its end was requested, and it is not gone yet. */
    TERMINATING,
    /** Snowflake is told of the files and asked what it has of them. */
    LOADING
  }
}
