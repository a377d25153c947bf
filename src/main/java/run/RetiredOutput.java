package run;

import java.time.Instant;
import java.util.Optional;

/**
 * What becomes of the curated files of an attempt that no table needs.
 *
 * @param run the run
 * @param attempt the attempt's number
 * @param begunAt when it was decided; absent: it is due
 * @param obstacle why they stay for good
 * @param removedAt when they were gone
 */
public record RetiredOutput(
    RunId run,
    int attempt,
    Optional<Instant> begunAt,
    Optional<String> obstacle,
    Optional<Instant> removedAt) {}
