package localcloud.snowflake.engine;

import localcloud.snowflake.sql.SqlType;

/**
 * An expression in DuckDB's SQL and its Snowflake type.
 *
 * @param sql complete in itself: it can stand as an operand
 * @param type as Snowflake would have it
 * @param duck DuckDB's type of a VARIANT, which is JSON unless the value is still what the Parquet
 *     file has; empty for any other type
 * @param isNull whether it is the constant NULL
 */
record Typed(String sql, SqlType type, String duck, boolean isNull) {

  static Typed of(String sql, SqlType type) {
    return new Typed(sql, type, type.kind().isSemiStructured() ? "JSON" : "", false);
  }

  static Typed variant(String sql, String duckType) {
    return new Typed(sql, SqlType.VARIANT, duckType, false);
  }

  /** A constant that takes any type. */
  static Typed nothing() {
    return new Typed("NULL", SqlType.TEXT, "", true);
  }

  boolean isSemiStructured() {
    return type.kind().isSemiStructured();
  }

  boolean isNumeric() {
    return type.kind() == SqlType.Kind.NUMBER || type.kind() == SqlType.Kind.FLOAT;
  }

  boolean isText() {
    return type.kind() == SqlType.Kind.VARCHAR;
  }

  /** A VARIANT as DuckDB's JSON, SQL's NULL staying NULL. */
  String json() {
    return duck.equals("JSON")
        ? sql
        : "CASE WHEN " + sql + " IS NOT NULL THEN to_json(" + sql + ") END";
  }

  /** A string constant in DuckDB's SQL. */
  static String quote(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** An identifier in DuckDB's SQL. */
  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
