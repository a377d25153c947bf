package localcloud.snowflake.engine;

import java.util.List;
import java.util.Optional;

/** What a query can name: the columns of its FROM clause. */
interface Scope {

  /** A column with its name. */
  record Named(String name, Typed value) {}

  /** Whether a qualifier means this source. */
  boolean isNamed(String table);

  /** The column of that name. */
  Optional<Typed> column(String name);

  /** A field of a VARIANT column, if it is available without JSON. */
  Optional<Typed> field(String column, String key);

  /**
   * The same by GET_IGNORE_CASE: the field of exactly that name, or else the first that differs
   * only in case.
   */
  default Optional<Typed> fieldInAnyCase(String column, String key) {
    return Optional.empty();
  }

  /** The columns of {@code *}, in order. */
  List<Named> all();

  /** DuckDB's FROM clause, empty for none; called once every used column is known. */
  String from();

  /** SELECT without FROM. */
  record Nothing() implements Scope {
    @Override
    public boolean isNamed(String table) {
      return false;
    }

    @Override
    public Optional<Typed> column(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<Typed> field(String column, String key) {
      return Optional.empty();
    }

    @Override
    public List<Named> all() {
      return List.of();
    }

    @Override
    public String from() {
      return "";
    }
  }

  /** Rows whose columns are all known beforehand: a query in parentheses, a table function. */
  record Rows(Optional<String> name, List<Named> columns, String source) implements Scope {
    @Override
    public boolean isNamed(String table) {
      return name.isPresent() && name.get().equals(table);
    }

    @Override
    public Optional<Typed> column(String wanted) {
      return columns.stream()
          .filter(column -> column.name().equals(wanted))
          .map(Named::value)
          .findFirst();
    }

    @Override
    public Optional<Typed> field(String column, String key) {
      return Optional.empty();
    }

    @Override
    public List<Named> all() {
      return columns;
    }

    @Override
    public String from() {
      return " FROM (" + source + ") AS q";
    }
  }
}
