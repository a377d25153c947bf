package localcloud.snowflake.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import localcloud.snowflake.sql.SqlType;
import localcloud.snowflake.sql.Statement.ObjectKind;

/**
 * What can stand behind FROM. Tables and views share the names of their schema: <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/create-view">CREATE VIEW</a>.
 */
public sealed interface Relation permits ExternalTable, View, PlainTable {

  /** Tells it from another that once had its name. */
  long id();

  /** Its full name. */
  Qualified name();

  /** Table or view, as Snowflake's messages and SHOW tell them apart. */
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
   * A column as DESCRIBE tells it.
   *
   * @param expression what computes it, where something does
   */
  record Described(
      String name, SqlType type, boolean nullable, Optional<String> expression, String comment) {}
}
