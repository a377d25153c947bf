package localcloud.snowflake.engine;

import java.util.List;
import localcloud.snowflake.sql.Expr.Infix.Operator;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.SqlType;
import localcloud.snowflake.sql.SqlType.Kind;

/**
 * The result types of operations: <a
 * href="https://docs.snowflake.com/en/sql-reference/operators-arithmetic">Arithmetic operators</a>,
 * <a href="https://docs.snowflake.com/en/sql-reference/data-type-conversion">Data type
 * conversion</a>.
 */
final class Types {

  private static final int MAX = 38;

  private Types() {}

  /** A value as a number; text and VARIANT are cast. */
  static Typed numeric(Typed value) {
    if (value.isNumeric()) {
      return value;
    }
    return Casts.cast(
        value,
        value.isText() || value.isSemiStructured() || value.isNull()
            ? SqlType.FLOAT
            : SqlType.number(MAX, 0),
        false);
  }

  static Typed arithmetic(Operator operator, Typed left, Typed right) {
    if (left.type().kind() == Kind.DATE && !left.isNull()) {
      return onDate(operator, left, right);
    }
    Typed a = numeric(left);
    Typed b = numeric(right);
    if (operator == Operator.DIVIDED || operator == Operator.MODULO) {
      return divided(operator, a, b);
    }
    SqlType type =
        a.type().kind() == Kind.FLOAT || b.type().kind() == Kind.FLOAT
            ? SqlType.FLOAT
            : exact(operator, a.type(), b.type());
    String sql = "(" + a.sql() + " " + operator.spelling() + " " + b.sql() + ")";
    return Typed.of(sql, type);
  }

  private static SqlType exact(Operator operator, SqlType a, SqlType b) {
    int leadA = a.precision() - a.scale();
    int leadB = b.precision() - b.scale();
    if (operator == Operator.TIMES) {
      int scale = Math.min(a.scale() + b.scale(), Math.max(Math.max(a.scale(), b.scale()), 12));
      return SqlType.number(Math.min(MAX, leadA + leadB + scale), scale);
    }
    int scale = Math.max(a.scale(), b.scale());
    return SqlType.number(Math.min(MAX, Math.max(leadA, leadB) + scale + 1), scale);
  }

  /** Division has at least six digits more than its dividend, up to twelve. */
  private static Typed divided(Operator operator, Typed a, Typed b) {
    String safe =
        "CASE WHEN "
            + b.sql()
            + " = 0 THEN error("
            + Failures.raise("100051", "22012", "Division by zero", "''", "")
            + ") ELSE "
            + b.sql()
            + " END";
    boolean inexact = a.type().kind() == Kind.FLOAT || b.type().kind() == Kind.FLOAT;
    if (operator == Operator.MODULO) {
      SqlType type = inexact ? SqlType.FLOAT : exact(Operator.PLUS, a.type(), b.type());
      return Typed.of("(" + a.sql() + " % " + safe + ")", type);
    }
    String quotient = "(CAST(" + a.sql() + " AS DOUBLE) / (" + safe + "))";
    if (inexact) {
      return Typed.of(quotient, SqlType.FLOAT);
    }
    int scale = Math.max(a.type().scale(), Math.min(a.type().scale() + 6, 12));
    int lead = a.type().precision() - a.type().scale() + b.type().scale();
    SqlType type = SqlType.number(Math.min(MAX, lead + scale), scale);
    return Typed.of("CAST(" + quotient + " AS " + Casts.duckType(type) + ")", type);
  }

  private static Typed onDate(Operator operator, Typed date, Typed other) {
    if (operator == Operator.MINUS && other.type().kind() == Kind.DATE) {
      return Typed.of(
          "CAST(date_diff('day', " + other.sql() + ", " + date.sql() + ") AS DECIMAL(9,0))",
          SqlType.number(9, 0));
    }
    if (operator != Operator.PLUS && operator != Operator.MINUS) {
      throw Refusal.invalid(
          "Invalid argument types for function '" + operator.spelling() + "': (DATE)");
    }
    String days = "CAST(" + numeric(other).sql() + " AS INTEGER)";
    return Typed.of("(" + date.sql() + " " + operator.spelling() + " " + days + ")", SqlType.DATE);
  }

  /** Values made comparable: to the type of the most particular of them. */
  static List<Typed> comparable(List<Typed> values) {
    SqlType common = common(values);
    // Compares instants, whatever their offsets from UTC.
    SqlType type = common.kind() == Kind.TIMESTAMP_TZ ? SqlType.LTZ : common;
    boolean allNumeric = values.stream().allMatch(Typed::isNumeric);
    if (allNumeric) {
      return values;
    }
    return values.stream().map(value -> comparableTo(value, type)).toList();
  }

  private static Typed comparableTo(Typed value, SqlType type) {
    if (type.kind().isSemiStructured()) {
      return Typed.of("CAST(" + value.json() + " AS VARCHAR)", SqlType.TEXT);
    }
    if (value.type().kind() == type.kind() && !value.isNull()) {
      return value;
    }
    boolean toNumber = type.kind() == Kind.NUMBER;
    return Casts.cast(value, toNumber ? SqlType.FLOAT : type, false);
  }

  /**
   * The type that all values can have: any other type goes before VARIANT, and any except VARIANT
   * before text.
   */
  static SqlType common(List<Typed> values) {
    SqlType found = null;
    for (Typed value : values) {
      if (!value.isNull()) {
        found = found == null ? value.type() : common(found, value.type());
      }
    }
    return found == null ? SqlType.TEXT : found;
  }

  private static SqlType common(SqlType a, SqlType b) {
    if (a.kind() == b.kind()) {
      return sameKind(a, b);
    }
    if (rank(a) != rank(b)) {
      return rank(a) > rank(b) ? a : b;
    }
    throw Refusal.invalid("Can not convert parameter of type [" + b + "] into type [" + a + "]");
  }

  private static SqlType sameKind(SqlType a, SqlType b) {
    return switch (a.kind()) {
      case NUMBER -> {
        int scale = Math.max(a.scale(), b.scale());
        int lead = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
        yield SqlType.number(Math.min(MAX, lead + scale), scale);
      }
      case VARCHAR, BINARY -> new SqlType(a.kind(), Math.max(a.precision(), b.precision()), 0);
      case FLOAT, BOOLEAN, DATE, VARIANT, OBJECT, ARRAY -> a;
      case TIME, TIMESTAMP_NTZ, TIMESTAMP_LTZ, TIMESTAMP_TZ ->
          new SqlType(a.kind(), 0, Math.max(a.scale(), b.scale()));
    };
  }

  private static int rank(SqlType type) {
    return switch (type.kind()) {
      case VARIANT, OBJECT, ARRAY -> 0;
      case VARCHAR -> 1;
      case BOOLEAN, BINARY, TIME -> 2;
      case NUMBER, DATE -> 3;
      case FLOAT, TIMESTAMP_NTZ -> 4;
      case TIMESTAMP_LTZ -> 5;
      case TIMESTAMP_TZ -> 6;
    };
  }
}
