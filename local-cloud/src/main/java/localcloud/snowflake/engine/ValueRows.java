package localcloud.snowflake.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import localcloud.snowflake.sql.SqlType;

/**
 * Rows that are known without reading a file, as a query of DuckDB's.
 *
 * @param <T> the subject of each row
 */
record ValueRows<T>(List<Column<T>> columns) {

  /** A column: its name, its type and its value as DuckDB's SQL. */
  record Column<T>(String name, SqlType type, Function<T, String> sql) {}

  static <T> Column<T> text(String name, Function<T, String> value) {
    return new Column<>(name, SqlType.TEXT, row -> quoted(value.apply(row)));
  }

  static <T> Column<T> number(String name, Function<T, Long> value) {
    return new Column<>(name, SqlType.number(38, 0), row -> String.valueOf(value.apply(row)));
  }

  static <T> Column<T> instant(String name, Function<T, Instant> value) {
    return new Column<>(name, SqlType.LTZ, row -> quoted(value.apply(row)));
  }

  private static String quoted(Object value) {
    return value == null ? "NULL" : Typed.quote(value.toString());
  }

  /** The columns as a query can name them. */
  List<Scope.Named> named() {
    return columns.stream()
        .map(c -> new Scope.Named(c.name(), Typed.of(Typed.identifier(c.name()), c.type())))
        .toList();
  }

  /** The query. */
  String sql(Collection<? extends T> rows) {
    String nothing = columns.stream().map(c -> "NULL").collect(Collectors.joining(", "));
    String values =
        rows.isEmpty()
            ? "(" + nothing + ")"
            : rows.stream().map(this::row).collect(Collectors.joining(", "));
    String names =
        columns.stream().map(c -> Typed.identifier(c.name())).collect(Collectors.joining(", "));
    return columns.stream()
        .map(ValueRows::cast)
        .collect(
            Collectors.joining(
                ", ",
                "SELECT ",
                " FROM (VALUES "
                    + values
                    + ") AS f("
                    + names
                    + ")"
                    + (rows.isEmpty() ? " WHERE FALSE" : "")));
  }

  private String row(T row) {
    return columns.stream()
        .map(c -> c.sql().apply(row))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String cast(Column<?> column) {
    String name = Typed.identifier(column.name());
    return "CAST(" + name + " AS " + Casts.duckType(column.type()) + ") AS " + name;
  }
}
