package localcloud.snowflake.engine;

import localcloud.snowflake.sql.SqlType;
import localcloud.snowflake.sql.SqlType.Kind;

/**
 * TIMESTAMP_TZ, a moment that keeps its offset from UTC: <a
 * href="https://docs.snowflake.com/en/sql-reference/data-types-datetime#timestamp-ltz-timestamp-ntz-timestamp-tz">
 * TIMESTAMP_LTZ, TIMESTAMP_NTZ, TIMESTAMP_TZ</a>. DuckDB's own type keeps the moment only, so the
 * offset, in minutes, is carried beside it. Where a text has none, or the value is none, it is the
 * session's at that moment.
 */
final class Offsets {

  static final String DUCK_TYPE = "STRUCT(t TIMESTAMP WITH TIME ZONE, o BIGINT)";

  /** Of a time that ends so; a date's day is no offset. */
  private static final String WRITTEN =
      "[0-9]:[0-9]{2}(?:[.][0-9]*)? *(Z|[+-][0-9]{2}(?::?[0-9]{2})?)$";

  private Offsets() {}

  /**
   * A text that is a moment.
   *
   * @param instant DuckDB's SQL for the moment, NULL where the text is none
   */
  static String ofText(String text, String instant) {
    String offset = "regexp_extract(" + text + ", " + Typed.quote(WRITTEN) + ", 1)";
    String minutes =
        "CASE WHEN %1$s = '' THEN %2$s WHEN %1$s = 'Z' THEN 0 ELSE (CASE WHEN %1$s[1] = '-' THEN -1 ELSE 1 END) * (CAST(%1$s[2:3] AS BIGINT) * 60 + coalesce(TRY_CAST(nullif(replace(%1$s[4:], ':', ''), '') AS BIGINT), 0)) END"
            .formatted(offset, ofSession(instant));
    return struct(instant, minutes);
  }

  /** A moment as the session's time zone has it. */
  static String ofInstant(String instant) {
    return struct(instant, ofSession(instant));
  }

  private static String struct(String instant, String minutes) {
    return "CASE WHEN %1$s IS NOT NULL THEN struct_pack(t := %1$s, o := CAST(%2$s AS BIGINT)) END"
        .formatted(instant, minutes);
  }

  private static String ofSession(String instant) {
    return "((epoch_us(CAST(%1$s AS TIMESTAMP)) - epoch_us(%1$s)) // 60000000)".formatted(instant);
  }

  static String instant(String sql) {
    return "struct_extract(" + sql + ", 't')";
  }

  static String minutes(String sql) {
    return "struct_extract(" + sql + ", 'o')";
  }

  /** What a clock with that offset shows. */
  private static String clock(String sql) {
    return "((%s AT TIME ZONE 'UTC') + to_minutes(%s))".formatted(instant(sql), minutes(sql));
  }

  static String text(String sql) {
    return "strftime(%1$s, '%%Y-%%m-%%d %%H:%%M:%%S.%%g') || CASE WHEN %2$s < 0 THEN ' -' ELSE ' +' END || lpad(CAST(abs(%2$s) // 60 AS VARCHAR), 2, '0') || lpad(CAST(abs(%2$s) %% 60 AS VARCHAR), 2, '0')"
        .formatted(clock(sql), minutes(sql));
  }

  /** A cast from TIMESTAMP_TZ: the moment for TIMESTAMP_LTZ, the clock's time for all others. */
  static Typed cast(Typed from, SqlType to, boolean nullOnFailure) {
    if (to.kind() == Kind.TIMESTAMP_TZ) {
      return new Typed(from.sql(), to, from.duck(), from.isNull());
    }
    if (to.kind().isSemiStructured()) {
      return new Typed(text(from.sql()), to, "VARCHAR", false);
    }
    Typed plain =
        switch (to.kind()) {
          case TIMESTAMP_LTZ -> Typed.of(instant(from.sql()), SqlType.LTZ);
          case VARCHAR -> Typed.of(text(from.sql()), SqlType.TEXT);
          case NUMBER,
              FLOAT,
              BOOLEAN,
              DATE,
              TIME,
              TIMESTAMP_NTZ,
              TIMESTAMP_TZ,
              BINARY,
              VARIANT,
              OBJECT,
              ARRAY ->
              Typed.of(clock(from.sql()), SqlType.NTZ);
        };
    return Casts.cast(plain, to, nullOnFailure);
  }
}
