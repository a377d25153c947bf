package store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import run.CheckOutcome;
import run.CheckSeverity;
import run.RunId;

/** What checks have found as rows, both ways. */
final class CheckRows {

  private CheckRows() {}

  /** Records what a run's checks found, in place of an earlier attempt's findings. */
  static void write(Connection connection, RunId run, List<CheckOutcome> checks)
      throws SQLException {
    Sql.update(connection, "DELETE FROM run_check WHERE run = ?", run.value());
    List<Object[]> rows = new ArrayList<>();
    for (CheckOutcome check : checks) {
      rows.add(
          new Object[] {
            run.value(),
            rows.size(),
            check.name(),
            check.severity(),
            check.violations(),
            String.join("\n", check.firstRows())
          });
    }
    Sql.batch(connection, "INSERT INTO run_check VALUES (?, ?, ?, ?, ?, ?)", rows);
  }

  /** What a run's checks found, in their order. */
  static List<CheckOutcome> read(Connection connection, RunId run) throws SQLException {
    return Sql.query(
        connection,
        row ->
            new CheckOutcome(
                row.getString("name"),
                CheckSeverity.valueOf(row.getString("severity")),
                row.getLong("violations"),
                row.getString("first_rows").lines().toList()),
        "SELECT * FROM run_check WHERE run = ? ORDER BY position",
        run.value());
  }
}
