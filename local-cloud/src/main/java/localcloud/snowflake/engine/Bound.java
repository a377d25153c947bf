package localcloud.snowflake.engine;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import localcloud.snowflake.engine.ExpressionCompiler.Binds;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.SqlType;

/**
 * The value of a bind variable, as the driver sends it.
 *
 * @param type the protocol's name of its type, such as FIXED
 * @param value as text; empty for NULL
 */
public record Bound(String type, Optional<String> value) {

  static Binds typed(Map<Integer, Bound> binds) {
    return new Binds(
        binds.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().typed())));
  }

  private Typed typed() {
    if (value.isEmpty()) {
      return Typed.nothing();
    }
    String text = value.get();
    try {
      return switch (type) {
        case "TEXT" -> Typed.of(Typed.quote(text), SqlType.TEXT);
        case "FIXED" -> fixed(new BigDecimal(text));
        case "REAL" -> Typed.of("CAST(" + Typed.quote(text) + " AS DOUBLE)", SqlType.FLOAT);
        case "BOOLEAN" -> Typed.of(Boolean.parseBoolean(text) ? "TRUE" : "FALSE", SqlType.BOOLEAN);
        case "DATE" ->
            Typed.of(
                "(DATE '1970-01-01' + CAST("
                    + Math.floorDiv(Long.parseLong(text), 86_400_000L)
                    + " AS INTEGER))",
                SqlType.DATE);
        case "TIMESTAMP_NTZ" -> Typed.of("make_timestamp(" + micros(text) + ")", SqlType.NTZ);
        case "TIMESTAMP_LTZ", "TIMESTAMP", "TIMESTAMP_TZ" ->
            Typed.of(
                "(make_timestamp(" + micros(text.split(" ", 2)[0]) + ") AT TIME ZONE 'UTC')",
                SqlType.LTZ);
        default -> throw Refusal.invalid("the local stand-in knows no bind of type " + type);
      };
    } catch (NumberFormatException e) {
      throw new Refusal("100038", "22018", "Numeric value '" + text + "' is not recognized");
    }
  }

  private static long micros(String nanos) {
    return Math.floorDiv(Long.parseLong(nanos), 1000L);
  }

  private static Typed fixed(BigDecimal number) {
    BigDecimal plain = number.scale() < 0 ? number.setScale(0) : number;
    int precision = Math.max(plain.precision(), plain.scale() + 1);
    if (precision > 38) {
      throw Refusal.invalid("Numeric value out of range: " + number);
    }
    SqlType type = SqlType.number(precision, plain.scale());
    return Typed.of("CAST(" + plain.toPlainString() + " AS " + Casts.duckType(type) + ")", type);
  }
}
