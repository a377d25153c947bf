package localcloud.snowflake.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import localcloud.snowflake.sql.SqlType;

/**
 * The answer to a statement.
 *
 * @param kind shows the driver whether there are rows to show
 * @param columns of the rows
 * @param rows values as the protocol writes them, null for NULL
 */
public record Result(Kind kind, List<Column> columns, List<List<String>> rows) {

  /** Kinds of statements, with the driver's number for each. */
  public enum Kind {
    SELECT(0x1000),
    ALTER_SESSION(0x4100),
    USE(0x4300),
    SHOW(0x4400),
    DESCRIBE(0x4500),
    TRANSACTION(0x5000),
    DEFINITION(0x6000);

    private final int id;

    Kind(int id) {
      this.id = id;
    }

    /** {@code statementTypeId} of the protocol. */
    public int id() {
      return id;
    }
  }

  /** A column's name, as written in the result's metadata, and type. */
  public record Column(String name, SqlType type) {}

  /** The one-line answer of a statement without rows. */
  public static Result status(Kind kind, String message) {
    return new Result(kind, List.of(new Column("status", SqlType.TEXT)), List.of(List.of(message)));
  }

  /** A row, whose values may be null. */
  public static List<String> row(String... values) {
    List<String> row = new ArrayList<>();
    Collections.addAll(row, values);
    return Collections.unmodifiableList(row);
  }

  /** Columns of text, the most common ones in the answers of SHOW. */
  public static List<Column> texts(String... names) {
    return List.of(names).stream().map(name -> new Column(name, SqlType.TEXT)).toList();
  }
}
