package store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import run.LoadedTable;
import run.LoadedTable.LoadedFile;
import run.RunId;

/** What loads have brought as rows, both ways. */
final class LoadedRows {

  private record Value(int position, String column, String value) {}

  private LoadedRows() {}

  /** Records what a run's load has brought, in place of an earlier one's. */
  static void write(Connection connection, RunId run, LoadedTable loaded) throws SQLException {
    for (String table : List.of("loaded", "loaded_file", "loaded_value")) {
      Sql.update(connection, "DELETE FROM %s WHERE run = ?".formatted(table), run.value());
    }
    Sql.update(
        connection,
        "INSERT INTO loaded (run, query, row_count) VALUES (?, ?, ?)",
        run.value(),
        loaded.query(),
        loaded.rows());
    Sql.batch(
        connection,
        "INSERT INTO loaded_file (run, name, size, row_count) VALUES (?, ?, ?, ?)",
        loaded.files().stream()
            .map(file -> new Object[] {run.value(), file.name(), file.size(), file.rows()})
            .toList());
    Sql.batch(
        connection,
        "INSERT INTO loaded_value (run, position, column_name, value) VALUES (?, ?, ?, ?)",
        values(run, loaded.firstRows()));
  }

  private static List<Object[]> values(RunId run, List<Map<String, String>> rows) {
    List<Object[]> values = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      int position = i;
      rows.get(i)
          .forEach(
              (column, value) -> values.add(new Object[] {run.value(), position, column, value}));
    }
    return values;
  }

  /** What a run's load has brought; empty before it was proven. */
  static Optional<LoadedTable> read(Connection connection, RunId run) throws SQLException {
    List<LoadedFile> files =
        Sql.query(
            connection,
            LoadedRows::file,
            "SELECT * FROM loaded_file WHERE run = ? ORDER BY name",
            run.value());
    Map<Integer, Map<String, String>> rows = new TreeMap<>();
    Sql.query(
            connection,
            row ->
                new Value(
                    row.getInt("position"), row.getString("column_name"), row.getString("value")),
            "SELECT * FROM loaded_value WHERE run = ? ORDER BY id",
            run.value())
        .forEach(
            value ->
                rows.computeIfAbsent(value.position(), position -> new LinkedHashMap<>())
                    .put(value.column(), value.value()));
    return Sql.query(
            connection,
            row ->
                new LoadedTable(
                    row.getString("query"),
                    row.getLong("row_count"),
                    files,
                    List.copyOf(rows.values())),
            "SELECT * FROM loaded WHERE run = ?",
            run.value())
        .stream()
        .findFirst();
  }

  private static LoadedFile file(ResultSet row) throws SQLException {
    return new LoadedFile(row.getString("name"), row.getLong("size"), row.getLong("row_count"));
  }
}
