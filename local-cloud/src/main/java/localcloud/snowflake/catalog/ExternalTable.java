package localcloud.snowflake.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import localcloud.snowflake.sql.SqlType;
import localcloud.snowflake.sql.Statement.ColumnDefinition;
import localcloud.snowflake.sql.Statement.FormatOptions;
import localcloud.snowflake.sql.Statement.ObjectKind;

/**
 * The definition of an external table, without its files.
 *
 * @param id distinguishes a table from an earlier one with its name
 * @param stageId the stage as it was when the table was created
 * @param path inside the stage, empty or ending in a slash
 * @param format as it was when the table was created
 */
public record ExternalTable(
    long id,
    Qualified name,
    List<ColumnDefinition> columns,
    List<String> partitionBy,
    Qualified stage,
    long stageId,
    String path,
    Optional<Pattern> pattern,
    FormatOptions format,
    Optional<Qualified> formatName,
    boolean autoRefresh,
    Instant created,
    String comment)
    implements Relation {

  /** The stage and path as SHOW has them. */
  public String location() {
    return "@" + stage + "/" + path;
  }

  @Override
  public ObjectKind kind() {
    return ObjectKind.EXTERNAL_TABLE;
  }

  @Override
  public ExternalTable named(Qualified newName) {
    return copy(newName, columns, autoRefresh, comment);
  }

  @Override
  public ExternalTable commented(String newComment) {
    return copy(name, columns, autoRefresh, newComment);
  }

  /** The same with other columns. */
  public ExternalTable with(List<ColumnDefinition> newColumns) {
    return copy(name, List.copyOf(newColumns), autoRefresh, comment);
  }

  /** The same with or without refreshing by itself. */
  public ExternalTable autoRefreshing(boolean newAutoRefresh) {
    return copy(name, columns, newAutoRefresh, comment);
  }

  private ExternalTable copy(
      Qualified newName,
      List<ColumnDefinition> newColumns,
      boolean newAutoRefresh,
      String newComment) {
    return new ExternalTable(
        id,
        newName,
        newColumns,
        partitionBy,
        stage,
        stageId,
        path,
        pattern,
        format,
        formatName,
        newAutoRefresh,
        created,
        newComment);
  }

  /**
   * VALUE comes first: <a
   * href="https://docs.snowflake.com/en/user-guide/tables-external-intro">Introduction to external
   * tables</a>.
   */
  @Override
  public List<Described> described() {
    List<Described> all = new ArrayList<>();
    all.add(
        new Described("VALUE", SqlType.VARIANT, true, Optional.empty(), "The value of this row"));
    for (ColumnDefinition column : columns) {
      all.add(
          new Described(
              column.name(),
              column.type(),
              !column.notNull(),
              Optional.of(column.expressionText()),
              ""));
    }
    return all;
  }
}
