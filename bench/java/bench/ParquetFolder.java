package bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.StringJoiner;

/** The Parquet in a folder, as DuckDB reads it. */
record ParquetFolder(Path folder) {

  /** Two programs can be compared only if they wrote the same. */
  static void mustBeEqual(Path ours, Path theirs, int files, Input input)
      throws SQLException, Failure {
    String one = new ParquetFolder(ours).summary();
    String other = new ParquetFolder(theirs).summary();
    String start =
        "files %d, codec SNAPPY, rows %d,".formatted(files, input.rows() - input.badRows());
    if (!one.equals(other) || !one.startsWith(start)) {
      throw new Failure(
          "the outputs should both begin with [%s] and be equal, and are [%s] and [%s]"
              .formatted(start, one, other));
    }
  }

  /** Files, codecs, rows, a sum that depends on the rows but not on their order, and the columns. */
  private String summary() throws SQLException {
    String files = "'" + folder.toString().replace("'", "''") + "/*.parquet'";
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      return "files %s, codec %s, rows %s, sum %s, columns %s"
          .formatted(
              text(statement, "SELECT COUNT(*) FROM glob(%s)".formatted(files)),
              text(
                  statement,
                  "SELECT DISTINCT compression FROM parquet_metadata(%s)".formatted(files)),
              text(statement, "SELECT COUNT(*) FROM read_parquet(%s)".formatted(files)),
              text(
                  statement,
                  "SELECT SUM(HASH(r)::HUGEINT) FROM read_parquet(%s) r".formatted(files)),
              text(
                  statement,
                  "SELECT column_name || ' ' || column_type FROM (DESCRIBE FROM read_parquet(%s))"
                      .formatted(files)));
    }
  }

  private static String text(Statement statement, String sql) throws SQLException {
    StringJoiner rows = new StringJoiner(" ");
    try (ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows.toString();
  }
}
