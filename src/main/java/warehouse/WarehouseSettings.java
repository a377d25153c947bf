package warehouse;

import java.util.Optional;

/**
 * Where a pipeline's external table is.
 *
 * @param database the database
 * @param schema the schema
 * @param table the table
 * @param storageIntegration what lets Snowflake read the curated bucket; absent only where the
 *     stage needs none
 */
public record WarehouseSettings(
    Identifier database,
    Identifier schema,
    Identifier table,
    Optional<Identifier> storageIntegration) {

  /** The table's whole name for people. */
  public String tableName() {
    return database + "." + schema + "." + table;
  }
}
