package run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One SQL statement that was sent to the warehouse for a run.
 *
 * @param sql its text
 * @param sentAt when it was sent
 * @param took the time until the answer
 * @param error the warehouse's message, if it refused
 */
public record SentStatement(String sql, Instant sentAt, Duration took, Optional<String> error) {}
