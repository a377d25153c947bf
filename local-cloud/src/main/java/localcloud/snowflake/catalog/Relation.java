package localcloud.snowflake.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import localcloud.snowflake.sql.SqlType;
import localcloud.snowflake.sql.Statement.ObjectKind;

/**
 * What can follow FROM. Tables and views share the names of their schema: <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/create-view">CREATE VIEW</a>.
 */
public sealed interface Relation permits ExternalTable, View, PlainTable {

  /** Distinguishes it from an earlier one with its name. */
  long id();

  /** Its full name. */
  Qualified name();

  /** Table or view, as in Snowflake's messages and SHOW. */
  ObjectKind kind();

  /** When it was created. */
  Instant created();

  /** Its comment, empty when there is none. */
  String comment();

  /** The same under another name. */
  Relation named(Qualified newName);

  /** The same with another comment. */
  Relation commented(String newComment);

  /** Its columns in the order of {@code SELECT *}. */
  List<Described> described();

  /**
   * A column in DESCRIBE.
   *
   * @param expression the expression that computes it, if there is one
   */
  record Described(
      String name, SqlType type, boolean nullable, Optional<String> expression, String comment) {}
}
