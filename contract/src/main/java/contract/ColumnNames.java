package contract;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules for names of the output's columns, because a table is made of them.
 *
 * @param upperCase whether the table writes a name in upper case if it consists of letters, digits,
 *     _ and $ and does not begin with a digit or $; no two columns may have the same name in the
 *     table
 * @param longest the most characters of a name
 * @param reserved names that no column of the table may have
 * @param reservedPrefix the prefix that no name may have, in upper or lower case
 */
public record ColumnNames(
    boolean upperCase, int longest, List<String> reserved, String reservedPrefix) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");
  private static final int MOST_SHOWN = 60;

  public ColumnNames {
    reserved = List.copyOf(reserved);
  }

  /**
   * A column that the table cannot have.
   *
   * @param why what is wrong with it and the way out
   */
  public record Refused(String column, String why) {
    /** Both in one line, whatever the name contains. */
    @Override
    public String toString() {
      return "'%s': %s".formatted(shown(column), why);
    }
  }

  static ColumnNames of(Members members) {
    return new ColumnNames(
        members.flag("upperCase").orElse(false),
        (int) members.number("longest", 1, Integer.MAX_VALUE),
        members.texts("reserved"),
        members.text("reservedPrefix"));
  }

  /** The table's name of a column. */
  public String of(String column) {
    return upperCase && PLAIN.matcher(column).matches() ? column.toUpperCase(Locale.ROOT) : column;
  }

  /** The first of the columns that the table cannot have. */
  public Optional<Refused> refused(List<String> columns) {
    Map<String, String> taken = new HashMap<>();
    for (String column : columns) {
      String name = of(column);
      Optional<String> why = refused(name).or(() -> collision(taken.get(name), name));
      if (why.isPresent()) {
        return Optional.of(new Refused(column, why.get()));
      }
      taken.put(name, column);
    }
    return Optional.empty();
  }

  private Optional<String> refused(String name) {
    if (name.isEmpty()) {
      return Optional.of("it has no name; give it one");
    }
    if (name.length() > longest || name.indexOf(0) >= 0) {
      return Optional.of(
          "its name has %d characters, and Snowflake takes %d and no NUL among them; give it another name"
              .formatted(name.length(), longest));
    }
    boolean isReserved =
        reserved.contains(name)
            || name.regionMatches(true, 0, reservedPrefix, 0, reservedPrefix.length());
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
                        upperCase ? "set warehouse.column-names=as-is, or " : ""));
  }

  private static String shown(String name) {
    String line = name.replaceAll("\\p{Cntrl}", "\uFFFD");
    return line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "…" : line;
  }
}
