package warehouse;

import contract.Column;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import run.RunId;

/**
 * A view of one run of a table with all runs. It is replaced by one statement, so that readers see
 * the rows of the old run or of the new one (Snowflake SQL reference, CREATE VIEW, "OR REPLACE" is
 * atomic).
 *
 * @param name the name that readers query
 * @param table the table below
 */
record LatestRunView(ObjectName name, ExternalTable table) {

  /**
   * Replaces the view by one of that run, with the columns of that run's rows.
   *
   * @param comment the view's comment
   */
  String show(RunId run, List<Column> columns, String comment) {
    return """
        CREATE OR REPLACE VIEW %s
        COPY GRANTS
        COMMENT = %s
        AS SELECT %s
        FROM %s
        WHERE %s"""
        .formatted(
            name.sql(), Literal.of(comment), names(columns), table.name().sql(), table.ofRun(run));
  }

  /** Asks how many rows it shows, and how many are of that run: ROW_COUNT and RUN_COUNT. */
  String countRows(RunId run) {
    return "SELECT COUNT(*) AS ROW_COUNT, COUNT(CASE WHEN %s THEN 1 END) AS RUN_COUNT\nFROM %s"
        .formatted(table.ofRun(run), name.sql());
  }

  private static String names(List<Column> columns) {
    return Stream.concat(columns.stream().map(Column::name), Stream.of(ExternalTable.RUN_COLUMN))
        .map(column -> new Identifier(column).sql())
        .collect(Collectors.joining(", "));
  }
}
