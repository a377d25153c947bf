package warehouse;

import contract.Column;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A pipeline's external table, and what may be done to it.
 *
 * @param name the name that readers query
 * @param mode which runs it shows
 * @param manage what the service creates
 * @param giveUpAfter how long the load is repeated while Snowflake does not do what the service
 *     asks
 * @param storageIntegration the integration through which Snowflake reads the curated bucket;
 *     absent only if the stage needs none
 * @param stage an existing stage; absent: the service's own
 * @param columns the table's columns by the table's names, with Spark SQL's types; absent: those of
 *     the job's result
 * @param columnNames how the table names the columns of the job's result
 * @param changes what happens if the job's columns differ from the table's
 * @param readers the roles that are granted SELECT
 * @param comment the part of the table's comment for readers
 * @param firstRows which rows the run's record keeps
 * @param sql statements that replace the service's own; empty: the service's own are sent
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

  /** The suffix of a table with all runs, if a view shows the latest. */
  private static final String RUNS = "_RUNS";

  /** Which runs the table shows. */
  public enum Mode {
    /** Every run that was proven. */
    APPEND,
    /** The latest run; the name is a view of a table with all runs. */
    REPLACE
  }

  /** What the service creates if it is absent; the administrator creates the rest. */
  public enum Manage {
    /**
     * Database, schema, stage and table. CREATE DATABASE needs a privilege on the whole account.
     */
    EVERYTHING,
    /** Stage and table in an existing schema. */
    TABLE,
    /** Nothing. */
    NOTHING
  }

  /** What happens if the table lacks a column. */
  public enum OnNewColumn {
    ADD,
    IGNORE,
    FAIL
  }

  /** What happens if a column has another type than in the table. */
  public enum OnChangedColumn {
    /** The table is rebuilt with the new type, and must then have as many values as before. */
    REBUILD,
    FAIL
  }

  /** What happens if the job's result lacks a column of the table. */
  public enum OnMissingColumn {
    /** The run's rows have NULL there. */
    NULL,
    FAIL
  }

  /** What happens if the job's columns differ from the table's. */
  public record Changes(
      OnNewColumn onNewColumn, OnChangedColumn onChangedColumn, OnMissingColumn onMissingColumn) {}

  /**
   * Which of a run's rows its record keeps.
   *
   * @param count the most rows
   * @param masked columns whose values are not fetched, in upper or lower case
   */
  public record FirstRows(int count, Set<String> masked) {

    boolean masks(String column) {
      return masked.stream().anyMatch(column::equalsIgnoreCase);
    }
  }

  /**
   * The same settings with which the service creates the table even if it is configured to create
   * nothing, to show its statements.
   */
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

  /** The external table: the name that readers query, or the table below their view. */
  ObjectName externalTable() {
    return mode == Mode.REPLACE ? name.with(RUNS) : name;
  }

  /** The table's full name, for messages. */
  public String tableName() {
    return name.toString();
  }
}
