package localcloud.snowflake.sql;

import java.util.List;
import localcloud.snowflake.sql.Statement.ColumnDefinition;

/**
 * What ALTER does to a table or view: <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/alter-table">ALTER TABLE</a>, <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/alter-external-table">ALTER EXTERNAL
 * TABLE</a>.
 */
public sealed interface TableChange {

  /** ADD COLUMN. */
  record AddColumn(ColumnDefinition column, boolean ifNotExists) implements TableChange {}

  /** DROP COLUMN. */
  record DropColumns(List<String> names, boolean ifExists) implements TableChange {}

  /** SWAP WITH. */
  record SwapWith(ObjectName other) implements TableChange {}

  /** SET COMMENT, UNSET COMMENT and COMMENT ON; empty for none. */
  record SetComment(String comment) implements TableChange {}

  /** SET AUTO_REFRESH. */
  record SetAutoRefresh(boolean autoRefresh) implements TableChange {}

  /** ADD FILES, by their paths below the table's location. */
  record AddFiles(List<String> paths) implements TableChange {}

  /** REMOVE FILES, by their paths below the table's location. */
  record RemoveFiles(List<String> paths) implements TableChange {}
}
