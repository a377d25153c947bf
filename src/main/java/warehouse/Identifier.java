package warehouse;

import java.util.regex.Pattern;

/**
 * One part of a name in Snowflake, always sent in double quotes, so that nothing in it can change a
 * statement's meaning. What the configuration writes plain folds to upper case as Snowflake would
 * fold it (Snowflake SQL reference, "Identifier requirements"); what it writes in double quotes
 * keeps its case.
 *
 * @param value the name as Snowflake stores it
 */
public record Identifier(String value) {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");
  private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\x00]++|\"\")++\"");
  private static final int MAX_LENGTH = 255;

  public Identifier {
    if (value.isEmpty() || value.length() > MAX_LENGTH || value.indexOf(0) >= 0) {
      throw new IllegalArgumentException("'" + value + "' cannot be a name in Snowflake");
    }
  }

  /**
   * An identifier as a person writes it in SQL.
   *
   * @throws IllegalArgumentException if it is neither a plain nor a quoted identifier
   */
  public static Identifier parse(String written) {
    if (PLAIN.matcher(written).matches()) {
      return new Identifier(written.toUpperCase(java.util.Locale.ROOT));
    }
    if (QUOTED.matcher(written).matches()) {
      return new Identifier(written.substring(1, written.length() - 1).replace("\"\"", "\""));
    }
    throw new IllegalArgumentException(
        "'%s' is not an identifier: write letters, digits, _ and $, or put it in double quotes"
            .formatted(written));
  }

  /** The identifier in SQL. */
  public String sql() {
    return "\"" + value.replace("\"", "\"\"") + "\"";
  }

  @Override
  public String toString() {
    return PLAIN.matcher(value).matches() && value.equals(value.toUpperCase(java.util.Locale.ROOT))
        ? value
        : sql();
  }
}
