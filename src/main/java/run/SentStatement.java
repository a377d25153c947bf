package run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One SQL statement that was sent to the warehouse for a run.
 *
 * @param sql its text
 * @param sentAt when
 * @param took until the answer
 * @param error the warehouse's words, if it refused
 */
public record SentStatement(String sql, Instant sentAt, Duration took, Optional<String> error) {}
