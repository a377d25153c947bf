package run;

import java.time.Instant;
import java.util.Optional;

/**
 * One step as EMR last showed it.
 *
 * @param id EMR's id
 * @param name as it was submitted
 * @param state its state, as EMR names it
 * @param message EMR's reason and message for a failure, empty if there is none
 * @param startedAt when it began to run
 * @param endedAt when it ended
 */
public record StepStatus(
    String id,
    String name,
    StepState state,
    String message,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt) {}
