package localcloud.snowflake.engine;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.snowflake.sql.Refusal;

/** Errors on their way through DuckDB: written into its SQL, and read back from its messages. */
final class Failures {

  private static final Pattern RAISED =
      Pattern.compile("<<([0-9]{6})/([0-9A-Z]{5})>>(.*?)<<end>>", Pattern.DOTALL);

  private static final Pattern UNGROUPED =
      Pattern.compile("column \"(?:c[0-9]+:)?(.*?)\" must appear in the GROUP BY clause");

  private Failures() {}

  /** The argument of DuckDB's {@code error} for a message with a value in it. */
  static String raise(String code, String state, String before, String valueSql, String after) {
    return Typed.quote("<<" + code + "/" + state + ">>" + before)
        + " || coalesce("
        + valueSql
        + ", 'NULL') || "
        + Typed.quote(after + "<<end>>");
  }

  /** What DuckDB's failure means in Snowflake's terms. */
  static Refusal refusal(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    Matcher raised = RAISED.matcher(message);
    if (raised.find()) {
      return new Refusal(raised.group(1), raised.group(2), raised.group(3));
    }
    if (message.contains("INTERRUPT")) {
      return Refusal.cancelled();
    }
    Matcher ungrouped = UNGROUPED.matcher(message);
    if (ungrouped.find()) {
      return new Refusal(
          "000979",
          "42601",
          "SQL compilation error:\n'"
              + ungrouped.group(1)
              + "' in select clause is neither an aggregate nor in the group by clause.");
    }
    if (message.startsWith("Conversion Error") || message.startsWith("Out of Range Error")) {
      return new Refusal("100038", "22018", firstLine(message));
    }
    return new Refusal(
        "000603",
        "XX000",
        "SQL execution error: the local stand-in could not run this: " + firstLine(message));
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
