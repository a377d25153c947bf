package run;

import java.time.Instant;
import java.util.Optional;

/**
 * The curated files of an attempt that no table needs.
 *
 * @param run the run
 * @param attempt the attempt's number
 * @param begunAt when the service decided to delete them; absent: they are due
 * @param obstacle why they stay for good
 * @param removedAt when they were deleted
 */
public record RetiredOutput(
    RunId run,
    int attempt,
    Optional<Instant> begunAt,
    Optional<String> obstacle,
    Optional<Instant> removedAt) {}
