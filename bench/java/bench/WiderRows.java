package bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of more types than iris has, made by DuckDB from each row's number {@code i}, so that they are always the same.
 *
 * @param copyOptions how DuckDB writes the files
 * @param badLines lines after them that do not parse
 */
record WiderRows(Shape shape, List<Made> columns, String copyOptions, List<String> badLines) {

  private static final int FILES = 4;

  /**
   * A column and the expression of its values.
   *
   * @param sql may contain {@code $h}, a hash of the row's number and the column
   */
  private record Made(String name, String type, String sql) {

    String select(int index) {
      String hash = "hash(i, %d)".formatted(index);
      return "CASE WHEN hash(i, -%d) %% 10 = 0 THEN NULL ELSE %s END AS %s"
          .formatted(index + 1, sql.replace("$h", hash), name);
    }
  }

  static WiderRows of(Shape shape) {
    return switch (shape) {
      case IRIS -> throw new IllegalArgumentException("IrisCsv writes iris");
      case WIDE ->
          new WiderRows(
              shape,
              wide("strftime(epoch_ms((%s * 1000)::BIGINT), '%%Y-%%m-%%dT%%H:%%M:%%SZ')"),
              "FORMAT csv, HEADER false",
              List.of("1,2,3\n", "wide" + ",".repeat(39) + "\n", ",".repeat(45) + "\n"));
      case JSON ->
          new WiderRows(
              shape,
              json(),
              "FORMAT json",
              List.of("{\"id\": \"wide\"}\n", "{\"id\": 1\n", "{\"tags\": 7}\n"));
      case PARQUET ->
          new WiderRows(
              shape,
              wide("to_timestamp(%s::DOUBLE)"),
              "FORMAT parquet, COMPRESSION snappy",
              List.of());
    };
  }

  /** Forty columns; {@code timestamp} makes one of the seconds since 1970. */
  private static List<Made> wide(String timestamp) {
    String at = timestamp.formatted("(946684800 + $h % 700000000)");
    List<Made> columns = new ArrayList<>();
    for (int n = 1; n <= 4; n++) {
      columns.add(new Made("int" + n, "int", "($h % 1000000)::INTEGER"));
      columns.add(new Made("long" + n, "bigint", "($h % 1000000000000)::BIGINT"));
      columns.add(new Made("double" + n, "double", "($h % 1000000)::DOUBLE / 1000"));
      columns.add(
          new Made(
              "price" + n, "decimal(12,2)", "(($h % 100000000)::DOUBLE / 100)::DECIMAL(12,2)"));
      columns.add(new Made("flag" + n, "boolean", "($h % 2) = 0"));
      columns.add(new Made("day" + n, "date", "DATE '1990-01-01' + ($h % 12000)::INTEGER"));
      columns.add(new Made("at" + n, "timestamp", at));
      columns.add(new Made("code" + n, "string", "'C-' || ($h % 5000)"));
      columns.add(new Made("name" + n, "string", "'Zürich, Straße ' || ($h % 900)"));
      columns.add(
          new Made("note" + n, "string", "'said \"yes\", then \"no\"; ' || ($h % 1000000)"));
    }
    return columns;
  }

  private static List<Made> json() {
    return List.of(
        new Made("id", "bigint", "i"),
        new Made("name", "string", "'Zürich \"' || ($h % 900) || '\"'"),
        new Made("price", "decimal(12,2)", "(($h % 100000000)::DOUBLE / 100)::DECIMAL(12,2)"),
        new Made("score", "double", "($h % 1000000)::DOUBLE / 1000"),
        new Made("flag", "boolean", "($h % 2) = 0"),
        new Made("day", "date", "DATE '1990-01-01' + ($h % 12000)::INTEGER"),
        new Made(
            "customer",
            "struct<id:bigint,mail:string,address:struct<street:string,zip:int>>",
            "{'id': ($h % 100000)::BIGINT, 'mail': 'm' || ($h % 777) || '@example.com',"
                + " 'address': {'street': 'Straße ' || ($h % 99), 'zip': ($h % 10000)::INTEGER}}"),
        new Made(
            "tags", "array<string>", "['t' || ($h % 10), 'u' || ($h % 100), 'v' || ($h % 1000)]"),
        new Made(
            "lines",
            "array<struct<item:string,count:int>>",
            "[{'item': 'i' || ($h % 500), 'count': ($h % 9)::INTEGER},"
                + " {'item': 'j' || ($h % 50), 'count': ($h % 7)::INTEGER}]"));
  }

  /** Writes them. */
  Input write(Path folder, int rows) throws IOException, SQLException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (int number = 1; number <= FILES; number++) {
      files.add(folder.resolve("%s-%d.%s".formatted(shape.label(), number, shape.format())));
    }
    writeGood(files, rows - badRows());
    for (int i = 0; i < badRows(); i++) {
      Files.writeString(
          files.get(i % FILES),
          badLines.get(i % badLines.size()),
          StandardCharsets.UTF_8,
          StandardOpenOption.APPEND);
    }
    return new Input(
        shape,
        columns.stream().map(column -> new Input.Column(column.name(), column.type())).toList(),
        files,
        rows,
        badRows());
  }

  private void writeGood(List<Path> files, long rows) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      for (int i = 0; i < FILES; i++) {
        statement.execute(
            "COPY (SELECT %s FROM range(%d, %d) numbers(i)) TO '%s' (%s)"
                .formatted(
                    select(),
                    rows * i / FILES,
                    rows * (i + 1) / FILES,
                    files.get(i).toString().replace("'", "''"),
                    copyOptions));
      }
    }
  }

  private int badRows() {
    return badLines.size() * FILES;
  }

  private String select() {
    List<String> selected = new ArrayList<>();
    for (Made column : columns) {
      selected.add(column.select(selected.size()));
    }
    return String.join(", ", selected);
  }
}
