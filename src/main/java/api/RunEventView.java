package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import run.RunState;
import store.StateEntries.Entered;

/**
 * A run has come into a state.
 *
 * @param run its id
 * @param pipeline its pipeline
 * @param state the state that it came into
 * @param at when it came into it
 */
@RegisterForReflection
public record RunEventView(String run, String pipeline, RunState state, Instant at) {

  static RunEventView of(Entered entered) {
    return new RunEventView(
        entered.run().value(), entered.pipeline(), entered.state(), entered.at());
  }
}
