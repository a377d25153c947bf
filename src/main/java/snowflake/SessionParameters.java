package snowflake;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The session parameters that each sign-in sets, because an administrator may have set them
 * differently for the account or the user, and a statement of the service depends on them. Each has
 * Snowflake's own default value, unless its reason says more (Snowflake SQL reference,
 * "Parameters").
 */
final class SessionParameters {

  /**
   * A session parameter.
   *
   * @param reason what depends on it
   */
  record Parameter(String name, String value, String reason) {}

  private static final List<Parameter> ALL =
      List.of(
          new Parameter(
              "QUOTED_IDENTIFIERS_IGNORE_CASE",
              "FALSE",
              "every name is sent in double quotes, and means exactly what is in them"),
          new Parameter(
              "ROWS_PER_RESULTSET",
              "0",
              "the list of a table's registered files is compared whole; a limit would cut it"),
          new Parameter(
              "MULTI_STATEMENT_COUNT", "1", "a text is one statement, and is refused if it is two"),
          new Parameter(
              "USE_CACHED_RESULT",
              "FALSE",
              "a proof asks the table, and is not answered with an earlier result"),
          new Parameter(
              "TIMEZONE",
              "UTC",
              "timestamps with a zone are compared in a rebuild, and shown in a run's first rows"),
          new Parameter(
              "TIMESTAMP_TYPE_MAPPING",
              "TIMESTAMP_NTZ",
              "what TIMESTAMP means in statements of your own"),
          new Parameter(
              "DATE_INPUT_FORMAT",
              "AUTO",
              "a partition column's date is cast from a folder's name"),
          new Parameter(
              "TIMESTAMP_INPUT_FORMAT", "AUTO", "casts of text in statements of your own"),
          new Parameter("BINARY_INPUT_FORMAT", "HEX", "casts of text in statements of your own"),
          new Parameter(
              "DATE_OUTPUT_FORMAT", "YYYY-MM-DD", "a run's first rows are fetched as text"),
          new Parameter(
              "TIME_OUTPUT_FORMAT", "HH24:MI:SS", "a run's first rows are fetched as text"),
          new Parameter(
              "TIMESTAMP_OUTPUT_FORMAT",
              "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM",
              "a run's first rows are fetched as text"),
          new Parameter(
              "TIMESTAMP_NTZ_OUTPUT_FORMAT",
              "YYYY-MM-DD HH24:MI:SS.FF3",
              "a run's first rows are fetched as text"),
          new Parameter("TIMESTAMP_LTZ_OUTPUT_FORMAT", "", "as TIMESTAMP_OUTPUT_FORMAT"),
          new Parameter("TIMESTAMP_TZ_OUTPUT_FORMAT", "", "as TIMESTAMP_OUTPUT_FORMAT"),
          new Parameter("BINARY_OUTPUT_FORMAT", "HEX", "a run's first rows are fetched as text"));

  private SessionParameters() {}

  static List<Parameter> all() {
    return ALL;
  }

  /** Their values by name. */
  static Map<String, String> values() {
    return ALL.stream().collect(Collectors.toMap(Parameter::name, Parameter::value));
  }
}
