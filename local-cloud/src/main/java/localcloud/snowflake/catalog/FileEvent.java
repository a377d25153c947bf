package localcloud.snowflake.catalog;

import java.time.Instant;

/**
 * The outcome for one file in one REFRESH, ADD FILES or REMOVE FILES, as in <a
 * href="https://docs.snowflake.com/en/sql-reference/functions/external_table_registration_history">EXTERNAL_TABLE_FILE_REGISTRATION_HISTORY</a>.
 * The states are documented, their messages are not.
 *
 * @param at when the statement ran
 * @param key the file's path in the bucket
 * @param size null if the file does not exist
 * @param lastModified null if the file does not exist
 */
public record FileEvent(
    Instant at, String key, Status status, String message, Long size, Instant lastModified) {

  /** The states of a file. */
  public enum Status {
    REGISTERED_NEW,
    REGISTERED_UPDATE,
    REGISTER_SKIPPED,
    REGISTER_FAILED,
    UNREGISTERED,
    UNREGISTER_FAILED
  }
}
