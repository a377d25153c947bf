package api;

import flow.Phase;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import run.Link;

/**
 * A span of a run's time, in the API.
 *
 * @param kind what the time went into
 * @param name the same in a word, or the step's name
 * @param attempt whose time it is, 1 for the first attempt; absent where it is the run's own
 * @param from when it began
 * @param to when it ended, never before {@code from}; absent while it goes on
 * @param outcome how it ended; absent while it goes on
 * @param logs the page with the logs of its step
 */
@RegisterForReflection
public record PhaseView(
    Phase.Kind kind,
    String name,
    Optional<Integer> attempt,
    Instant from,
    Optional<Instant> to,
    Optional<Phase.Outcome> outcome,
    Optional<Link> logs) {

  static PhaseView of(Phase phase, Optional<Link> logs) {
    return new PhaseView(
        phase.kind(),
        phase.name(),
        phase.attempt(),
        phase.from(),
        phase.to(),
        phase.outcome(),
        logs);
  }
}
