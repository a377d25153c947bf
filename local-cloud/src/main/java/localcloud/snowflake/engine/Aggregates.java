package localcloud.snowflake.engine;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import localcloud.snowflake.sql.Expr;
import localcloud.snowflake.sql.SqlType;
import localcloud.snowflake.sql.SqlType.Kind;

/**
 * The aggregates that are known: <a
 * href="https://docs.snowflake.com/en/sql-reference/functions-aggregation">Aggregate functions</a>.
 */
final class Aggregates {

  private static final SqlType COUNTED = SqlType.number(18, 0);

  private Aggregates() {}

  static Optional<Typed> call(Expr.Call call, List<Typed> arguments) {
    if (call.star()) {
      return call.name().equals("COUNT")
          ? Optional.of(Typed.of("count(*)", COUNTED))
          : Optional.empty();
    }
    if (arguments.size() != 1) {
      return Optional.empty();
    }
    String distinct = call.distinct() ? "DISTINCT " : "";
    Typed value = arguments.get(0);
    return switch (call.name()) {
      case "COUNT" -> Optional.of(Typed.of("count(" + distinct + value.sql() + ")", COUNTED));
      case "COUNT_IF" ->
          Optional.of(
              Typed.of("count_if(" + Casts.align(value, SqlType.BOOLEAN).sql() + ")", COUNTED));
      case "SUM" -> Optional.of(sum(distinct, Types.numeric(value)));
      case "AVG" -> Optional.of(average(distinct, Types.numeric(value)));
      case "MIN", "MAX", "ANY_VALUE" ->
          Optional.of(
              new Typed(
                  call.name().toLowerCase(Locale.ROOT) + "(" + value.sql() + ")",
                  value.type(),
                  value.duck(),
                  false));
      case "STDDEV", "STDDEV_SAMP", "STDDEV_POP", "VARIANCE", "VAR_SAMP", "VAR_POP", "MEDIAN" ->
          Optional.of(statistic(call.name(), distinct, Types.numeric(value)));
      default -> Optional.empty();
    };
  }

  private static Typed sum(String distinct, Typed value) {
    SqlType type =
        value.type().kind() == Kind.NUMBER
            ? SqlType.number(38, value.type().scale())
            : SqlType.FLOAT;
    return Typed.of("sum(" + distinct + value.sql() + ")", type);
  }

  /** The mean of exact numbers is exact, with up to six digits more. */
  private static Typed average(String distinct, Typed value) {
    String sql = "avg(" + distinct + value.sql() + ")";
    if (value.type().kind() == Kind.FLOAT) {
      return Typed.of(sql, SqlType.FLOAT);
    }
    int scale = Math.max(value.type().scale(), Math.min(value.type().scale() + 6, 12));
    SqlType type = SqlType.number(38, scale);
    return Typed.of("CAST(" + sql + " AS " + Casts.duckType(type) + ")", type);
  }

  private static Typed statistic(String name, String distinct, Typed value) {
    String duck = name.toLowerCase(Locale.ROOT);
    return Typed.of(duck + "(" + distinct + "CAST(" + value.sql() + " AS DOUBLE))", SqlType.FLOAT);
  }
}
