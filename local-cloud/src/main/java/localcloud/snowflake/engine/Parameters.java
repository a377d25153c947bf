package localcloud.snowflake.engine;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import localcloud.snowflake.sql.Refusal;

/**
 * The session parameters that can be set: <a
 * href="https://docs.snowflake.com/en/sql-reference/parameters">Parameters</a>. A parameter that
 * would change results in a way that is not simulated is refused; a driver's own parameters are
 * accepted.
 */
final class Parameters {

  private static final Set<String> KNOWN =
      Set.of(
          "AUTOCOMMIT",
          "QUERY_TAG",
          "TIMEZONE",
          "DATE_OUTPUT_FORMAT",
          "TIME_OUTPUT_FORMAT",
          "TIMESTAMP_OUTPUT_FORMAT",
          "TIMESTAMP_NTZ_OUTPUT_FORMAT",
          "TIMESTAMP_LTZ_OUTPUT_FORMAT",
          "TIMESTAMP_TZ_OUTPUT_FORMAT",
          "STATEMENT_TIMEOUT_IN_SECONDS",
          "STATEMENT_QUEUED_TIMEOUT_IN_SECONDS",
          "LOCK_TIMEOUT",
          "USE_CACHED_RESULT",
          "MULTI_STATEMENT_COUNT");

  /** Parameters that can only have their default, which this stand-in follows. */
  private static final Map<String, String> FIXED =
      Map.of(
          "QUOTED_IDENTIFIERS_IGNORE_CASE", "FALSE",
          "ROWS_PER_RESULTSET", "0",
          "TIMESTAMP_TYPE_MAPPING", "TIMESTAMP_NTZ",
          "BINARY_INPUT_FORMAT", "HEX",
          "BINARY_OUTPUT_FORMAT", "HEX",
          "DATE_INPUT_FORMAT", "AUTO",
          "TIME_INPUT_FORMAT", "AUTO",
          "TIMESTAMP_INPUT_FORMAT", "AUTO",
          "ABORT_DETACHED_QUERY", "FALSE",
          "TRANSACTION_ABORT_ON_ERROR", "FALSE");

  private static final int MAX_TIMEOUT_SECONDS = 604_800;

  private Parameters() {}

  /** Refuses what cannot be set to this value. */
  static void check(String name, String value) {
    if (FIXED.containsKey(name)) {
      if (!FIXED.get(name).equalsIgnoreCase(value)) {
        throw Refusal.invalid(
            "the local stand-in knows %s with its default %s only"
                .formatted(name, FIXED.get(name)));
      }
      return;
    }
    boolean drivers =
        name.startsWith("JDBC_")
            || name.startsWith("CLIENT_")
            || name.startsWith("PYTHON_CONNECTOR_");
    if (!drivers && !KNOWN.contains(name)) {
      throw new Refusal(
          "001006",
          "22023",
          "SQL compilation error:\ninvalid parameter '" + name + "' (to the local stand-in)");
    }
    boolean truth = value.equalsIgnoreCase("TRUE") || value.equalsIgnoreCase("FALSE");
    if (name.equals("AUTOCOMMIT") && !truth) {
      throw invalid(name, value);
    }
    if (name.equals("STATEMENT_TIMEOUT_IN_SECONDS") && !isTimeout(value)) {
      throw invalid(name, value);
    }
    if (name.equals("TIMEZONE")) {
      zone(value);
    }
  }

  private static boolean isTimeout(String value) {
    return value.matches("[0-9]{1,6}") && Integer.parseInt(value) <= MAX_TIMEOUT_SECONDS;
  }

  /** A time zone by its name in the IANA database. */
  static String zone(String name) {
    try {
      return ZoneId.of(name).getId();
    } catch (DateTimeException e) {
      throw invalid("TIMEZONE", name);
    }
  }

  private static Refusal invalid(String name, String value) {
    return new Refusal(
        "001008",
        "22023",
        "SQL compilation error:\ninvalid value ["
            + value
            + "] for parameter '"
            + name.toUpperCase(Locale.ROOT)
            + "'");
  }
}
