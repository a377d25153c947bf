package localcloud.snowflake.protocol;

import java.time.Instant;

/**
 * A statement that came in, as Snowflake's own query history would have it.
 *
 * @param at when it came
 * @param sessionId which sign-in sent it
 * @param queryId what it was answered under
 * @param queryTag the session's QUERY_TAG, empty when there is none
 * @param text with the values of secrets masked
 * @param outcome {@code SUCCESS rows=…} or {@code FAILED code sqlState message}
 */
public record StatementRecord(
    Instant at, long sessionId, String queryId, String queryTag, String text, String outcome) {}
