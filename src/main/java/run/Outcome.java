package run;

import java.util.Optional;

/**
 * How a run will end. It is decided before the run ends: the run gets its final state when all of
 * its clusters are gone.
 *
 * @param state the final state to come
 * @param message one sentence about it
 * @param failure present exactly when the state is FAILED
 */
public record Outcome(RunState state, String message, Optional<Failure> failure) {

  public Outcome {
    if (!state.isFinal() || failure.isPresent() != (state == RunState.FAILED)) {
      throw new IllegalArgumentException("Cannot end a run as " + state + " with " + failure);
    }
  }

  /** The run failed. */
  public static Outcome failed(Failure failure) {
    return new Outcome(RunState.FAILED, failure.message(), Optional.of(failure));
  }

  /** The run ends without failure. */
  public static Outcome ended(RunState state, String message) {
    return new Outcome(state, message, Optional.empty());
  }
}
