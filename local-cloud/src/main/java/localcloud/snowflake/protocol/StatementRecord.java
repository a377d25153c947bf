package localcloud.snowflake.protocol;

import java.time.Instant;

/**
 * A received statement, as in Snowflake's own query history.
 *
 * @param at when it was received
 * @param sessionId which sign-in sent it
 * @param queryId its query id
 * @param queryTag the session's QUERY_TAG, empty when there is none
 * @param text with the values of secrets masked
 * @param outcome {@code SUCCESS rows=…} or {@code FAILED code sqlState message}
 */
public record StatementRecord(
    Instant at, long sessionId, String queryId, String queryTag, String text, String outcome) {}
