package api;

import flow.Phase;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;

/**
 * A span of a run's time, in the API.
 *
 * @param kind what the time went into
 * @param name the same in a word, or the step's name
 * @param attempt whose time it is, 1 for the first attempt; absent where it is the run's own
 * @param from when it began
 * @param to when it ended, never before {@code from}; absent while it goes on
 * @param failed whether it ended in a failure
 */
@RegisterForReflection
public record PhaseView(
    Phase.Kind kind,
    String name,
    Optional<Integer> attempt,
    Instant from,
    Optional<Instant> to,
    boolean failed) {

  static PhaseView of(Phase phase) {
    return new PhaseView(
        phase.kind(), phase.name(), phase.attempt(), phase.from(), phase.to(), phase.failed());
  }
}
