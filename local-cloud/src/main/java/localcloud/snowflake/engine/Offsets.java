package localcloud.snowflake.engine;

import localcloud.snowflake.sql.SqlType;
import localcloud.snowflake.sql.SqlType.Kind;

/**
 * TIMESTAMP_TZ, an instant that keeps its offset from UTC: <a
 * href="https://docs.snowflake.com/en/sql-reference/data-types-datetime#timestamp-ltz-timestamp-ntz-timestamp-tz">
 * TIMESTAMP_LTZ, TIMESTAMP_NTZ, TIMESTAMP_TZ</a>. DuckDB's own type keeps only the instant, so the
 * offset, in minutes, is kept beside it. If a text has none, or the value has another type, it is
 * the session's offset at that instant.
 */
final class Offsets {

  static final String DUCK_TYPE = "STRUCT(t TIMESTAMP WITH TIME ZONE, o BIGINT)";

  /** Of a time that ends so; a date's day is no offset. */
  private static final String WRITTEN =
      "[0-9]:[0-9]{2}(?:[.][0-9]*)? *(Z|[+-][0-9]{2}(?::?[0-9]{2})?)$";

  private Offsets() {}

  /**
   * A text that is an instant.
   *
   * @param instant DuckDB's SQL for the instant, NULL if the text is none
   */
  static String ofText(String text, String instant) {
    String offset = "regexp_extract(" + text + ", " + Typed.quote(WRITTEN) + ", 1)";
    String minutes =
        "CASE WHEN %1$s = '' THEN %2$s WHEN %1$s = 'Z' THEN 0 ELSE (CASE WHEN %1$s[1] = '-' THEN -1 ELSE 1 END) * (CAST(%1$s[2:3] AS BIGINT) * 60 + coalesce(TRY_CAST(nullif(replace(%1$s[4:], ':', ''), '') AS BIGINT), 0)) END"
            .formatted(offset, ofSession(instant));
    return struct(instant, minutes);
  }

  /** An instant in the session's time zone. */
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

  /** The local time at that offset. */
  private static String clock(String sql) {
    return "((%s AT TIME ZONE 'UTC') + to_minutes(%s))".formatted(instant(sql), minutes(sql));
  }

  static String text(String sql) {
    return "strftime(%1$s, '%%Y-%%m-%%d %%H:%%M:%%S.%%g') || CASE WHEN %2$s < 0 THEN ' -' ELSE ' +' END || lpad(CAST(abs(%2$s) // 60 AS VARCHAR), 2, '0') || lpad(CAST(abs(%2$s) %% 60 AS VARCHAR), 2, '0')"
        .formatted(clock(sql), minutes(sql));
  }

  /** A cast from TIMESTAMP_TZ: the instant for TIMESTAMP_LTZ, the local time for all others. */
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
