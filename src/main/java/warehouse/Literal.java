package warehouse;

/** A string in SQL. */
final class Literal {

  private Literal() {}

  /**
   * The text as a literal; Snowflake reads backslashes as escapes ("String constants" in its SQL
   * reference).
   */
  static String of(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
