package warehouse;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spark SQL's types in Snowflake's words. */
final class SnowflakeType {

  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),\\s*(\\d+)\\)");

  private SnowflakeType() {}

  /**
   * The type of an external table's column.
   *
   * @param spark as the job's result names it
   */
  static String of(String spark) {
    String type = spark.toLowerCase(Locale.ROOT);
    Matcher decimal = DECIMAL.matcher(type);
    if (decimal.matches()) {
      return "NUMBER(%s,%s)".formatted(decimal.group(1), decimal.group(2));
    }
    return switch (type) {
      case "tinyint", "smallint", "int", "bigint" -> "NUMBER(38,0)";
      case "float", "double" -> "DOUBLE";
      case "boolean" -> "BOOLEAN";
      case "date" -> "DATE";
      case "timestamp" -> "TIMESTAMP_LTZ";
      case "timestamp_ntz" -> "TIMESTAMP_NTZ";
      case "binary" -> "BINARY";
      case "string" -> "VARCHAR";
      default -> isNested(type) ? "VARIANT" : "VARCHAR";
    };
  }

  private static boolean isNested(String type) {
    return type.startsWith("struct<") || type.startsWith("array<") || type.startsWith("map<");
  }
}
