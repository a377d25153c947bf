package warehouse;

import java.time.Duration;
import java.util.Optional;

/**
 * Where a pipeline's external table is.
 *
 * @param database the database
 * @param schema the schema
 * @param table the table
 * @param manage what the service creates
 * @param giveUpAfter how long the load is repeated while Snowflake does not do what it is asked
 * @param storageIntegration what lets Snowflake read the curated bucket; absent only where the
 *     stage needs none
 */
public record WarehouseSettings(
    Identifier database,
    Identifier schema,
    Identifier table,
    Manage manage,
    Duration giveUpAfter,
    Optional<Identifier> storageIntegration) {

  /** What the service creates where it is absent; the rest is the administrator's. */
  public enum Manage {
    /**
     * Database, schema, stage and table. CREATE DATABASE wants a privilege on the whole account.
     */
    EVERYTHING,
    /** Stage and table in a schema that is there. */
    TABLE,
    /** Nothing. */
    NOTHING
  }

  /** The table's whole name for people. */
  public String tableName() {
    return database + "." + schema + "." + table;
  }
}
