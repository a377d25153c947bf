package warehouse;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of an external table's column.
 *
 * @param sql as it is written in SQL
 * @param shown as INFORMATION_SCHEMA.COLUMNS shows it: DATA_TYPE, and of a NUMBER precision and
 *     scale (Snowflake SQL reference, "COLUMNS view" and "Summary of data types")
 */
record ColumnType(String sql, String shown) {

  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),\\s*(\\d+)\\)");
  private static final Pattern NESTED = Pattern.compile("(struct|array|map)<.*");
  private static final ColumnType TEXT = new ColumnType("VARCHAR", "TEXT");
  private static final ColumnType WHOLE = same("NUMBER(38,0)");
  private static final ColumnType FLOATING = new ColumnType("DOUBLE", "FLOAT");

  private static final Map<String, ColumnType> SIMPLE =
      Map.ofEntries(
          Map.entry("tinyint", WHOLE),
          Map.entry("smallint", WHOLE),
          Map.entry("int", WHOLE),
          Map.entry("bigint", WHOLE),
          Map.entry("float", FLOATING),
          Map.entry("double", FLOATING),
          Map.entry("boolean", same("BOOLEAN")),
          Map.entry("date", same("DATE")),
          Map.entry("timestamp", same("TIMESTAMP_LTZ")),
          Map.entry("timestamp_ntz", same("TIMESTAMP_NTZ")),
          Map.entry("binary", same("BINARY")));

  private static ColumnType same(String sql) {
    return new ColumnType(sql, sql);
  }

  /**
   * Snowflake's type for a type of Spark SQL.
   *
   * @param spark the type in the job's result
   */
  static ColumnType of(String spark) {
    String type = spark.toLowerCase(Locale.ROOT);
    Matcher decimal = DECIMAL.matcher(type);
    if (decimal.matches()) {
      return same("NUMBER(%s,%s)".formatted(decimal.group(1), decimal.group(2)));
    }
    return NESTED.matcher(type).matches() ? same("VARIANT") : SIMPLE.getOrDefault(type, TEXT);
  }

  /** The type as a row of INFORMATION_SCHEMA.COLUMNS shows it. */
  static String shown(Row row) {
    String type = row.text("DATA_TYPE");
    return type.equals("NUMBER")
        ? "NUMBER(%d,%d)".formatted(row.number("NUMERIC_PRECISION"), row.number("NUMERIC_SCALE"))
        : type;
  }

  /** A type of Spark SQL that is shown in this form. */
  static String sparkOf(String shown) {
    if (shown.startsWith("NUMBER(")) {
      return shown.replace("NUMBER", "decimal");
    }
    if (shown.equals("VARIANT")) {
      return "map<string,string>";
    }
    return SIMPLE.entrySet().stream()
        .filter(simple -> simple.getValue().shown().equals(shown))
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst()
        .orElse("string");
  }
}
