package configuration;

import contract.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import warehouse.Identifier;

/** Reads declared columns: {@code NAME type, "another name" decimal(10,2), TAGS array<string>}. */
final class Columns {

  private static final Pattern NAME =
      Pattern.compile("\\s*(?:\"((?:[^\"]++|\"\")++)\"|([^\\s\",]+))\\s+(?=[A-Za-z_])");

  private Columns() {}

  /**
   * The columns that a user has written, as in {@code name type, "another name" type}.
   *
   * @throws IllegalArgumentException whose message says what is wrong
   */
  static List<Column> parse(String written) {
    List<Column> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    SparkType text = new SparkType(written);
    while (!text.isAtEnd()) {
      String rest = text.rest();
      Matcher name = text.next(NAME).orElseThrow(() -> unreadable(rest));
      String type = text.type();
      if (!text.isNext(',') && !text.isAtEnd()) {
        throw unreadable(rest);
      }
      Column column = new Column(name(name), type);
      if (!names.add(column.name())) {
        throw new IllegalArgumentException("names '%s' twice".formatted(column.name()));
      }
      columns.add(column);
    }
    return columns;
  }

  private static String name(Matcher matcher) {
    String name =
        matcher.group(1) == null ? matcher.group(2) : matcher.group(1).replace("\"\"", "\"");
    try {
      return new Identifier(name).value();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "has the name '%s', which cannot be a name in Snowflake".formatted(name), e);
    }
  }

  private static IllegalArgumentException unreadable(String rest) {
    return new IllegalArgumentException(
        "cannot be read from '%s'; write NAME type, NAME type, …".formatted(rest.trim()));
  }
}
