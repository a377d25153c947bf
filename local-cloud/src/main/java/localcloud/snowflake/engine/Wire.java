package localcloud.snowflake.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;

/**
 * Values in the form of the driver's JSON results, all text: a DATE in days since 1970, a timestamp
 * in seconds with nine places, a TIMESTAMP_TZ with its offset in minutes plus 1440 behind, a
 * BOOLEAN as 0 or 1, a BINARY in hexadecimal, a VARIANT as indented JSON.
 */
final class Wire {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final ObjectWriter INDENTED =
      JSON.writer(
          new DefaultPrettyPrinter(
                  Separators.createDefaultInstance()
                      .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
              .withObjectIndenter(new DefaultIndenter("  ", "\n"))
              .withArrayIndenter(new DefaultIndenter("  ", "\n")));

  private Wire() {}

  /** DuckDB's SQL that turns a value into its text. */
  static String sql(String column, Typed value) {
    return switch (value.type().kind()) {
      case NUMBER ->
          "CAST(CAST(" + column + " AS " + Casts.duckType(value.type()) + ") AS VARCHAR)";
      case FLOAT -> "CAST(CAST(" + column + " AS DOUBLE) AS VARCHAR)";
      case VARCHAR -> "CAST(" + column + " AS VARCHAR)";
      case BOOLEAN -> "CASE WHEN " + column + " THEN '1' WHEN NOT " + column + " THEN '0' END";
      case DATE -> "CAST(date_diff('day', DATE '1970-01-01', " + column + ") AS VARCHAR)";
      case TIME -> seconds("DATE '1970-01-01' + " + column);
      case TIMESTAMP_NTZ, TIMESTAMP_LTZ -> seconds(column);
      case TIMESTAMP_TZ ->
          seconds(Offsets.instant(column))
              + " || ' ' || CAST(1440 + "
              + Offsets.minutes(column)
              + " AS VARCHAR)";
      case BINARY -> "hex(" + column + ")";
      case VARIANT, OBJECT, ARRAY ->
          "CAST(" + new Typed(column, value.type(), value.duck(), false).json() + " AS VARCHAR)";
    };
  }

  private static String seconds(String column) {
    return "CAST(CAST(CAST(epoch_us("
        + column
        + ") AS DECIMAL(29,0)) * CAST(0.000001 AS DECIMAL(7,6)) AS DECIMAL(29,9)) AS VARCHAR)";
  }

  /** JSON_INDENT=2, Snowflake's default, the keys of objects in order. */
  static String indented(String json) {
    try {
      return INDENTED.writeValueAsString(JSON.readValue(json, Object.class));
    } catch (JsonProcessingException e) {
      return json;
    }
  }
}
