package warehouse;

import contract.Column;
import java.util.List;
import java.util.Optional;

/**
 * How a table names the columns of its files, and which names it cannot have. The job gets the same
 * rules ({@link #rules()}), so that it refuses what the table would refuse.
 */
public enum ColumnNames {
  /** Exactly as the files: a name that is not in upper case needs quotes in SQL. */
  AS_IS("as-is"),
  /**
   * As Snowflake reads a name without quotes: names of letters, digits, _ and $ become upper case,
   * others stay as they are. Columns are found in the files whatever their case, by the expression
   * that Snowflake's own INFER_SCHEMA gives for external tables with IGNORE_CASE.
   */
  UPPER("upper");

  /**
   * Names that no column of an external table may have, even in quotes: VALUE is Snowflake's own
   * ("Introduction to external tables"), RUN_ID the service's; of the reserved words those of which
   * "Reserved & limited keywords" says "Cannot be used as column name" are refused in quotes too,
   * in upper case only (users of Airbyte, issues 30190 and 76262).
   */
  private static final List<String> RESERVED =
      List.of(
          ExternalTable.VALUE_COLUMN,
          ExternalTable.RUN_COLUMN,
          "CURRENT_DATE",
          "CURRENT_TIME",
          "CURRENT_TIMESTAMP",
          "CURRENT_USER",
          "LOCALTIME",
          "LOCALTIMESTAMP");

  /** The prefix of the pseudo-columns of files and streams. */
  private static final String RESERVED_PREFIX = "METADATA$";

  private final String word;

  ColumnNames(String word) {
    this.word = word;
  }

  /** Its value of {@code warehouse.column-names}. */
  public String word() {
    return word;
  }

  /** The rules for the job. */
  public contract.ColumnNames rules() {
    return new contract.ColumnNames(
        this == UPPER, Identifier.MAX_LENGTH, RESERVED, RESERVED_PREFIX);
  }

  /** The table's name for a column of the files. */
  String of(String column) {
    return rules().of(column);
  }

  /** The columns under the table's names. */
  public List<Column> of(List<Column> columns) {
    return columns.stream().map(column -> new Column(of(column.name()), column.type())).toList();
  }

  /** The expression that finds a column's value in a file. */
  String value(String name) {
    boolean isAnyCase = this == UPPER && Identifier.isPlain(name) && of(name).equals(name);
    return isAnyCase
        ? "GET_IGNORE_CASE(value, %s)".formatted(Literal.of(name))
        : "value:%s".formatted(new Identifier(name).sql());
  }

  /**
   * Checks whether a table can have these columns.
   *
   * @return the first that it cannot have, why, and the way out: {@code 'x': it is …; give it …}
   */
  public Optional<String> refused(List<Column> columns) {
    return rules()
        .refused(columns.stream().map(Column::name).toList())
        .map(contract.ColumnNames.Refused::toString);
  }
}
