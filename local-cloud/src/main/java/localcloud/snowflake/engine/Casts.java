package localcloud.snowflake.engine;

import java.util.Locale;
import localcloud.snowflake.sql.SqlType;
import localcloud.snowflake.sql.SqlType.Kind;

/**
 * Casts, with Snowflake's errors where a value does not fit: see <a
 * href="https://docs.snowflake.com/en/sql-reference/data-type-conversion">Data type conversion</a>.
 * DuckDB reports them through its {@code error} function, {@link Failures} turns them back.
 */
final class Casts {

  private Casts() {}

  /** CAST, TRY_CAST when failures become NULL. */
  static Typed cast(Typed from, SqlType to, boolean nullOnFailure) {
    if (from.isNull()) {
      return Typed.of("CAST(NULL AS " + duckType(to) + ")", to);
    }
    if (from.type().kind() == Kind.TIMESTAMP_TZ) {
      return Offsets.cast(from, to, nullOnFailure);
    }
    if (to.kind().isSemiStructured()) {
      return from.isSemiStructured()
          ? new Typed(from.sql(), to, from.duck(), false)
          : new Typed(from.sql(), to, duckType(from.type()), false);
    }
    String attempt = from.isSemiStructured() ? fromVariant(from, to) : plain(from, to);
    if (nullOnFailure || cannotFail(from, to)) {
      return Typed.of(attempt, to);
    }
    return Typed.of(
        "CASE WHEN "
            + isSqlNull(from)
            + " THEN NULL ELSE coalesce("
            + attempt
            + ", error("
            + complaint(from, to)
            + ")) END",
        to);
  }

  /** Converts the other side of a comparison or a branch of CASE to one type. */
  static Typed align(Typed value, SqlType to) {
    return value.type().equals(to) && !value.isNull() ? value : cast(value, to, false);
  }

  private static String isSqlNull(Typed from) {
    boolean json = from.duck().equals("JSON");
    return json
        ? "(" + from.sql() + " IS NULL OR json_type(" + from.sql() + ") = 'NULL')"
        : from.sql() + " IS NULL";
  }

  private static boolean cannotFail(Typed from, SqlType to) {
    boolean unlimited = to.kind() == Kind.VARCHAR && to.precision() == SqlType.MAX_TEXT;
    boolean wider =
        from.type().kind() == Kind.NUMBER
            && to.kind() == Kind.NUMBER
            && to.scale() >= from.type().scale()
            && to.precision() - to.scale() >= from.type().precision() - from.type().scale();
    return unlimited || wider || (from.isNumeric() && to.kind() == Kind.FLOAT);
  }

  private static String plain(Typed from, SqlType to) {
    return switch (to.kind()) {
      case VARCHAR -> limited(text(from), to);
      case BINARY -> from.isText() ? "try(unhex(" + from.sql() + "))" : attempt(from.sql(), to);
      case BOOLEAN -> from.isText() ? truth(from.sql()) : attempt(from.sql(), to);
      case TIMESTAMP_LTZ -> from.isText() ? instant(from.sql()) : attempt(from.sql(), to);
      case TIMESTAMP_TZ ->
          from.isText()
              ? Offsets.ofText(from.sql(), instant(from.sql()))
              : Offsets.ofInstant(attempt(from.sql(), SqlType.LTZ));
      case TIMESTAMP_NTZ, TIME, DATE, NUMBER, FLOAT -> attempt(from.sql(), to);
      case VARIANT, OBJECT, ARRAY -> from.json();
    };
  }

  /** DuckDB accepts no space before the offset, which Snowflake's own output has. */
  private static String instant(String text) {
    return attempt(
        "regexp_replace(" + text + ", ' ([+-][0-9]{2}:?[0-9]{2})$', '\\1')", SqlType.LTZ);
  }

  private static String fromVariant(Typed from, SqlType to) {
    String scalar = from.duck().equals("JSON") ? "(" + from.sql() + " ->> '$')" : from.sql();
    boolean text = from.duck().equals("JSON") || from.duck().equals("VARCHAR");
    return switch (to.kind()) {
      case VARCHAR -> limited(variantText(from), to);
      case BOOLEAN -> text ? truth(scalar) : attempt(scalar, to);
      case BINARY -> text ? "try(unhex(" + scalar + "))" : attempt(scalar, to);
      // Parquet's instants are UTC, and stay so in any session time zone.
      case TIMESTAMP_NTZ ->
          from.duck().equals("TIMESTAMP WITH TIME ZONE")
              ? "(" + scalar + " AT TIME ZONE 'UTC')"
              : attempt(scalar, to);
      case TIMESTAMP_LTZ -> text ? instant(scalar) : attempt(scalar, to);
      case TIMESTAMP_TZ ->
          text
              ? Offsets.ofText(scalar, instant(scalar))
              : Offsets.ofInstant(attempt(scalar, SqlType.LTZ));
      case TIME, DATE, NUMBER, FLOAT -> attempt(scalar, to);
      case VARIANT, OBJECT, ARRAY -> from.json();
    };
  }

  private static String attempt(String sql, SqlType to) {
    return "TRY_CAST(" + sql + " AS " + duckType(to) + ")";
  }

  /** Text that is longer than its type allows fails, and is not truncated. */
  private static String limited(String sql, SqlType to) {
    return to.precision() == SqlType.MAX_TEXT
        ? sql
        : "CASE WHEN length(" + sql + ") <= " + to.precision() + " THEN " + sql + " END";
  }

  private static String truth(String sql) {
    return "CASE WHEN lower("
        + sql
        + ") IN ('true','t','yes','y','on','1') THEN TRUE WHEN lower("
        + sql
        + ") IN ('false','f','no','n','off','0') THEN FALSE END";
  }

  /** A value as text, in Snowflake's default output formats. */
  static String text(Typed from) {
    return switch (from.type().kind()) {
      case VARCHAR -> from.sql();
      case FLOAT -> doubleText(from.sql());
      case BINARY -> "hex(" + from.sql() + ")";
      case TIMESTAMP_NTZ -> "strftime(" + from.sql() + ", '%Y-%m-%d %H:%M:%S.%g')";
      case TIMESTAMP_TZ -> Offsets.text(from.sql());
      case TIMESTAMP_LTZ ->
          "regexp_replace(strftime("
              + from.sql()
              + ", '%Y-%m-%d %H:%M:%S.%g %z') || '00', '([+-][0-9]{2}):?([0-9]{2}).*$', '\\1\\2')";
      case VARIANT, OBJECT, ARRAY -> variantText(from);
      case NUMBER, BOOLEAN, DATE, TIME -> "CAST(" + from.sql() + " AS VARCHAR)";
    };
  }

  private static String variantText(Typed from) {
    String duck = from.duck();
    if (duck.equals("DOUBLE") || duck.equals("FLOAT")) {
      return doubleText(from.sql());
    }
    if (duck.equals("TIMESTAMP") || duck.equals("TIMESTAMP WITH TIME ZONE")) {
      return "strftime(CAST(" + from.sql() + " AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%g')";
    }
    if (duck.equals("VARCHAR")) {
      return from.sql();
    }
    return duck.equals("BLOB") ? "hex(" + from.sql() + ")" : "((" + from.json() + ") ->> '$')";
  }

  /** Whole numbers have no point, as in Snowflake. */
  private static String doubleText(String sql) {
    return "CASE WHEN abs("
        + sql
        + ") < 1e15 AND "
        + sql
        + " = floor("
        + sql
        + ") THEN CAST(CAST("
        + sql
        + " AS BIGINT) AS VARCHAR) ELSE CAST("
        + sql
        + " AS VARCHAR) END";
  }

  /** DuckDB's type for the values of a Snowflake type. */
  static String duckType(SqlType type) {
    return switch (type.kind()) {
      case NUMBER -> "DECIMAL(" + type.precision() + "," + type.scale() + ")";
      case FLOAT -> "DOUBLE";
      case VARCHAR -> "VARCHAR";
      case BOOLEAN -> "BOOLEAN";
      case DATE -> "DATE";
      case TIME -> "TIME";
      case TIMESTAMP_NTZ -> "TIMESTAMP";
      case TIMESTAMP_LTZ -> "TIMESTAMP WITH TIME ZONE";
      case TIMESTAMP_TZ -> Offsets.DUCK_TYPE;
      case BINARY -> "BLOB";
      case VARIANT, OBJECT, ARRAY -> "JSON";
    };
  }

  private static String complaint(Typed from, SqlType to) {
    if (to.kind() == Kind.VARCHAR) {
      return Failures.raise(
          "100078", "22000", "String '", text(from), "' is too long and would be truncated");
    }
    if (from.isSemiStructured()) {
      String shown = "CAST(" + from.json() + " AS VARCHAR)";
      String target = to.kind().wire().toUpperCase(Locale.ROOT);
      return Failures.raise(
          "100071", "22000", "Failed to cast variant value ", shown, " to " + target);
    }
    if (from.isNumeric() && to.kind() == Kind.NUMBER) {
      return Failures.raise(
          "100132",
          "22003",
          "Number out of representable range: type " + to + ", value ",
          text(from),
          "");
    }
    String shown = text(from);
    return switch (to.kind()) {
      case NUMBER, FLOAT ->
          Failures.raise("100038", "22018", "Numeric value '", shown, "' is not recognized");
      case BOOLEAN ->
          Failures.raise("100037", "22018", "Boolean value '", shown, "' is not recognized");
      case DATE -> Failures.raise("100040", "22007", "Date '", shown, "' is not recognized");
      case TIME -> Failures.raise("100108", "22007", "Time '", shown, "' is not recognized");
      case TIMESTAMP_NTZ, TIMESTAMP_LTZ, TIMESTAMP_TZ ->
          Failures.raise("100035", "22007", "Timestamp '", shown, "' is not recognized");
      case BINARY ->
          Failures.raise(
              "100115",
              "22000",
              "The following string is not a legal hex-encoded value: '",
              shown,
              "'");
      case VARCHAR, VARIANT, OBJECT, ARRAY ->
          Failures.raise("100069", "22000", "Failed to cast '", shown, "'");
    };
  }
}
