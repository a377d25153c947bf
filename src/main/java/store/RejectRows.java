package store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import run.Rejected;
import run.RunId;

/** Why rows were rejected, as rows of the store, both ways. */
final class RejectRows {

  private RejectRows() {}

  /** Records why a run's rows were rejected, in place of an earlier attempt's reasons. */
  static void write(Connection connection, RunId run, Optional<Rejected> rejected)
      throws SQLException {
    Sql.update(connection, "DELETE FROM run_reject WHERE run = ?", run.value());
    if (rejected.isEmpty()) {
      return;
    }
    List<Object[]> rows = new ArrayList<>();
    for (Rejected.Reason reason : rejected.get().reasons()) {
      rows.add(
          new Object[] {
            run.value(),
            rows.size(),
            rejected.get().uri(),
            reason.kind(),
            reason.rows(),
            reason.uri(),
            reason.example()
          });
    }
    Sql.batch(connection, "INSERT INTO run_reject VALUES (?, ?, ?, ?, ?, ?, ?)", rows);
  }

  /** Why a run's rows were rejected; empty if none was. */
  static Optional<Rejected> read(Connection connection, RunId run) throws SQLException {
    List<Rejected> each =
        Sql.query(
            connection,
            row ->
                new Rejected(
                    row.getString("prefix"),
                    List.of(
                        new Rejected.Reason(
                            row.getString("kind"),
                            row.getLong("row_count"),
                            row.getString("uri"),
                            row.getString("example")))),
            "SELECT * FROM run_reject WHERE run = ? ORDER BY position",
            run.value());
    return each.stream()
        .findFirst()
        .map(
            first ->
                new Rejected(
                    first.uri(), each.stream().flatMap(one -> one.reasons().stream()).toList()));
  }
}
