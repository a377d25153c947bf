package store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import run.LeftOut;
import run.RunId;

/** What of a run's objects was not taken as data, as rows of the store, both ways. */
final class LeftOutRows {

  private static final String INSERT = "INSERT INTO run_left_out VALUES (?, ?, ?, ?, ?, ?)";

  private LeftOutRows() {}

  /** One row; those of skipped objects have no times. */
  private record Kept(long skippedObjects, String what, Optional<Long> times, String uri) {

    static Kept of(ResultSet row) throws SQLException {
      long times = row.getLong("times");
      Optional<Long> stripped = row.wasNull() ? Optional.empty() : Optional.of(times);
      return new Kept(
          row.getLong("skipped_objects"), row.getString("what"), stripped, row.getString("uri"));
    }
  }

  /** Writes it down in place of what an earlier attempt told. */
  static void write(Connection connection, RunId run, Optional<LeftOut> leftOut)
      throws SQLException {
    Sql.update(connection, "DELETE FROM run_left_out WHERE run = ?", run.value());
    if (leftOut.isEmpty()) {
      return;
    }
    long skipped = leftOut.get().skippedObjects();
    List<Object[]> rows = new ArrayList<>();
    for (LeftOut.Skipped object : leftOut.get().skipped()) {
      rows.add(
          row(
              run,
              rows.size(),
              new Kept(skipped, object.reason(), Optional.empty(), object.uri())));
    }
    for (LeftOut.Stripped one : leftOut.get().stripped()) {
      rows.add(
          row(
              run,
              rows.size(),
              new Kept(skipped, one.what(), Optional.of(one.times()), one.uri())));
    }
    Sql.batch(connection, INSERT, rows);
  }

  private static Object[] row(RunId run, int position, Kept kept) {
    return new Object[] {
      run.value(), position, kept.skippedObjects(), kept.what(), kept.times(), kept.uri()
    };
  }

  /** What was left out; empty if nothing was. */
  static Optional<LeftOut> read(Connection connection, RunId run) throws SQLException {
    List<Kept> rows =
        Sql.query(
            connection,
            Kept::of,
            "SELECT * FROM run_left_out WHERE run = ? ORDER BY position",
            run.value());
    return rows.stream()
        .findFirst()
        .map(
            first ->
                new LeftOut(
                    first.skippedObjects(),
                    rows.stream()
                        .filter(row -> row.times().isEmpty())
                        .map(row -> new LeftOut.Skipped(row.uri(), row.what()))
                        .toList(),
                    rows.stream()
                        .flatMap(
                            row ->
                                row
                                    .times()
                                    .map(
                                        times -> new LeftOut.Stripped(row.what(), times, row.uri()))
                                    .stream())
                        .toList()));
  }
}
