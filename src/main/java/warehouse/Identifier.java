package warehouse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One part of a name in Snowflake, always sent in double quotes, so that nothing in it can change a
 * statement's meaning. A plain name in the configuration folds to upper case, as Snowflake would
 * fold it (Snowflake SQL reference, "Identifier requirements"); a name in double quotes keeps its
 * case.
 *
 * @param value the name as Snowflake stores it
 */
public record Identifier(String value) {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");
  private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\x00]++|\"\")++\"");

  /** How long a name may be, in characters. */
  static final int MAX_LENGTH = 255;

  public Identifier {
    if (value.isEmpty() || value.length() > MAX_LENGTH || value.indexOf(0) >= 0) {
      throw new IllegalArgumentException("'" + value + "' cannot be a name in Snowflake");
    }
  }

  /** Whether a name can be written in SQL without quotes; it is then read in upper case. */
  static boolean isPlain(String name) {
    return PLAIN.matcher(name).matches();
  }

  /**
   * Reads an identifier in the form of SQL.
   *
   * @throws IllegalArgumentException if it is neither a plain nor a quoted identifier
   */
  public static Identifier parse(String written) {
    if (PLAIN.matcher(written).matches()) {
      return new Identifier(written.toUpperCase(Locale.ROOT));
    }
    if (QUOTED.matcher(written).matches()) {
      return new Identifier(written.substring(1, written.length() - 1).replace("\"\"", "\""));
    }
    throw new IllegalArgumentException(
        "'%s' is not an identifier: write letters, digits, _ and $, or put it in double quotes"
            .formatted(written));
  }

  /**
   * Reads several identifiers in the form of SQL.
   *
   * @param separator between them; inside double quotes it is part of a name
   * @throws IllegalArgumentException if one of them is no identifier
   */
  public static List<Identifier> parseAll(String written, char separator) {
    List<Identifier> parts = new ArrayList<>();
    boolean isQuoted = false;
    int begin = 0;
    for (int at = 0; at <= written.length(); at++) {
      if (at == written.length() || (written.charAt(at) == separator && !isQuoted)) {
        parts.add(parse(written.substring(begin, at).strip()));
        begin = at + 1;
      } else if (written.charAt(at) == '"') {
        isQuoted = !isQuoted;
      }
    }
    return parts;
  }

  /** The identifier in SQL. */
  public String sql() {
    return "\"" + value.replace("\"", "\"\"") + "\"";
  }

  @Override
  public String toString() {
    return PLAIN.matcher(value).matches() && value.equals(value.toUpperCase(Locale.ROOT))
        ? value
        : sql();
  }
}
