package pipeline;

import contract.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import warehouse.Identifier;

/** Reads declared columns: {@code NAME type, "another name" decimal(10,2)}. */
final class Columns {

  private static final Pattern COLUMN =
      Pattern.compile(
          "\\s*(?:\"((?:[^\"]++|\"\")++)\"|([^\\s\",]+))\\s+([A-Za-z_]+(?:\\s*\\([^)]*\\))?)\\s*(,|$)");
  private static final Pattern TYPE =
      Pattern.compile(
          "tinyint|smallint|int|bigint|float|double|boolean|date|timestamp|timestamp_ntz|binary|string"
              + "|decimal\\(\\d{1,2},\\d{1,2}\\)");

  private Columns() {}

  /**
   * @throws IllegalArgumentException that says what is wrong
   */
  static List<Column> parse(String written) {
    List<Column> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Matcher matcher = COLUMN.matcher(written);
    int at = 0;
    while (at < written.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new IllegalArgumentException(
            "cannot be read from '%s'; write NAME type, NAME type, …"
                .formatted(written.substring(at).trim()));
      }
      Column column = new Column(name(matcher), type(matcher.group(3)));
      if (!names.add(column.name())) {
        throw new IllegalArgumentException("names '%s' twice".formatted(column.name()));
      }
      columns.add(column);
      at = matcher.end();
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

  private static String type(String written) {
    String type = written.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
    if (!TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException(
          "has the type '%s'; write string, int, bigint, double, decimal(p,s), boolean, date, timestamp, timestamp_ntz or binary"
              .formatted(written));
    }
    return type;
  }
}
