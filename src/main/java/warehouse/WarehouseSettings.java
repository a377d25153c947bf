package warehouse;

import contract.Column;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a pipeline's external table is, and what may be done to it.
 *
 * @param name what people query
 * @param mode which runs it shows
 * @param manage what the service creates
 * @param giveUpAfter how long the load is repeated while Snowflake does not do what it is asked
 * @param storageIntegration what lets Snowflake read the curated bucket; absent only where the
 *     stage needs none
 * @param stage a stage that is there already; absent: one of the service's own
 * @param columns the table's columns under the table's names, types in Spark SQL's words; absent:
 *     those of the job's result
 * @param columnNames how the table calls the columns of the job's result
 * @param changes what happens when the job's columns are others than the table's
 * @param readers the roles that are granted SELECT
 * @param comment what the table's comment says to people
 * @param firstRows what of the rows the run's record keeps
 * @param sql what is sent instead of the service's own statements; empty: those
 */
public record WarehouseSettings(
    ObjectName name,
    Mode mode,
    Manage manage,
    Duration giveUpAfter,
    Optional<Identifier> storageIntegration,
    Optional<ObjectName> stage,
    Optional<List<Column>> columns,
    ColumnNames columnNames,
    Changes changes,
    List<Identifier> readers,
    Optional<String> comment,
    FirstRows firstRows,
    List<OwnSql> sql) {

  /** What the name of a table ends with that has all runs, where a view shows the latest. */
  private static final String RUNS = "_RUNS";

  /** Which runs the table shows. */
  public enum Mode {
    /** Every run that was proven. */
    APPEND,
    /** The last one; its name is a view over a table that has them all. */
    REPLACE
  }

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

  /** What happens to a column that the table lacks. */
  public enum OnNewColumn {
    ADD,
    IGNORE,
    FAIL
  }

  /** What happens when a column has another type than in the table. */
  public enum OnChangedColumn {
    /** The table is rebuilt with the new type, and must then have as many values as before. */
    REBUILD,
    FAIL
  }

  /** What happens when the job's result lacks a column of the table. */
  public enum OnMissingColumn {
    /** The run's rows have NULL there. */
    NULL,
    FAIL
  }

  /** What happens when the job's columns are others than the table's. */
  public record Changes(
      OnNewColumn onNewColumn, OnChangedColumn onChangedColumn, OnMissingColumn onMissingColumn) {}

  /**
   * What of a run's rows its record keeps.
   *
   * @param count how many rows at most
   * @param masked columns whose values are not even fetched, in upper or lower case
   */
  public record FirstRows(int count, Set<String> masked) {

    boolean masks(String column) {
      return masked.stream().anyMatch(column::equalsIgnoreCase);
    }
  }

  /** The same, made by the service where nothing is created: so that it can be shown. */
  public WarehouseSettings made() {
    return manage != Manage.NOTHING
        ? this
        : new WarehouseSettings(
            name,
            mode,
            Manage.TABLE,
            giveUpAfter,
            storageIntegration,
            stage,
            columns,
            columnNames,
            changes,
            readers,
            comment,
            firstRows,
            sql);
  }

  /** The external table: what people query, or what is below their view. */
  ObjectName externalTable() {
    return mode == Mode.REPLACE ? name.with(RUNS) : name;
  }

  /** The table's whole name for people. */
  public String tableName() {
    return name.toString();
  }
}
