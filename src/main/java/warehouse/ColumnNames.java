package warehouse;

import contract.Column;
import contract.JobDescription;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a table calls the columns of its files, and which names it cannot have. The job is told the
 * same rules ({@link #rules()}), so that it refuses what the table would.
 */
public enum ColumnNames {
  /** As the files do, to the letter: whatever is not in upper case needs quotes in SQL. */
  AS_IS("as-is"),
  /**
   * As Snowflake reads a name that has no quotes: letters, digits, _ and $ become upper case, what
   * else there is stays as it is. Columns are found in the files whatever their case, by the
   * expression that Snowflake's own INFER_SCHEMA gives for external tables with IGNORE_CASE.
   */
  UPPER("upper");

  /**
   * What no column of an external table may be called, even in quotes: VALUE is Snowflake's own
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

  /** Of the pseudo-columns of files and streams. */
  private static final String RESERVED_PREFIX = "METADATA$";

  private static final int MOST_SHOWN = 60;

  private final String word;

  ColumnNames(String word) {
    this.word = word;
  }

  /** What {@code warehouse.column-names} calls it. */
  public String word() {
    return word;
  }

  /** What the job is told of it. */
  public JobDescription.ColumnNames rules() {
    return new JobDescription.ColumnNames(
        this == UPPER, Identifier.MAX_LENGTH, RESERVED, RESERVED_PREFIX);
  }

  /** The table's name of a column of the files. */
  String of(String column) {
    return this == UPPER && Identifier.isPlain(column) ? column.toUpperCase(Locale.ROOT) : column;
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
   * Looks whether a table can have these columns.
   *
   * @return the first that it cannot have, why, and the way out: {@code 'x': it is …; give it …}
   */
  public Optional<String> refused(List<Column> columns) {
    Map<String, String> taken = new HashMap<>();
    for (Column column : columns) {
      String name = of(column.name());
      Optional<String> why = refused(name).or(() -> collision(taken.get(name), name));
      if (why.isPresent()) {
        return Optional.of("'%s': %s".formatted(shown(column.name()), why.get()));
      }
      taken.put(name, column.name());
    }
    return Optional.empty();
  }

  private static Optional<String> refused(String name) {
    if (name.isEmpty()) {
      return Optional.of("it has no name; give it one");
    }
    if (name.length() > Identifier.MAX_LENGTH || name.indexOf(0) >= 0) {
      return Optional.of(
          "its name has %d characters, and Snowflake takes %d and no NUL among them; give it another name"
              .formatted(name.length(), Identifier.MAX_LENGTH));
    }
    boolean isReserved =
        RESERVED.contains(name) || name.toUpperCase(Locale.ROOT).startsWith(RESERVED_PREFIX);
    return isReserved
        ? Optional.of(
            "the table would call it %s, which every external table has already or Snowflake reserves; give it another name"
                .formatted(name))
        : Optional.empty();
  }

  private Optional<String> collision(String other, String name) {
    return Optional.ofNullable(other)
        .map(
            column ->
                "the table would call it %s, and '%s' too; %sgive one of them another name"
                    .formatted(
                        name,
                        shown(column),
                        this == UPPER ? "set warehouse.column-names=as-is, or " : ""));
  }

  /** A message is one line, however a name is. */
  private static String shown(String name) {
    String line = name.replaceAll("\\p{Cntrl}", "\uFFFD");
    return line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "…" : line;
  }
}
