package localcloud.snowflake.sql;

import localcloud.snowflake.sql.SqlType.Kind;

/**
 * Reads data types with all their synonyms: <a
 * href="https://docs.snowflake.com/en/sql-reference/intro-summary-data-types">Summary of data
 * types</a>. VECTOR, GEOGRAPHY, GEOMETRY and structured types are not known here.
 */
final class TypeParser {

  private static final int MAX_PRECISION = 38;

  private TypeParser() {}

  static SqlType type(Cursor cursor) {
    Token at = cursor.peek();
    String name = cursor.take().text();
    if (at.kind() != Token.Kind.WORD) {
      throw Refusal.syntax(at);
    }
    return switch (name) {
      case "NUMBER", "DECIMAL", "DEC", "NUMERIC" -> number(cursor, at);
      case "INT", "INTEGER", "BIGINT", "SMALLINT", "TINYINT", "BYTEINT" ->
          SqlType.number(MAX_PRECISION, 0);
      case "FLOAT", "FLOAT4", "FLOAT8", "REAL" -> SqlType.FLOAT;
      case "DOUBLE" -> {
        cursor.accept("PRECISION");
        yield SqlType.FLOAT;
      }
      case "VARCHAR", "STRING", "TEXT", "NVARCHAR", "NVARCHAR2" ->
          sized(cursor, Kind.VARCHAR, SqlType.MAX_TEXT);
      case "CHAR", "CHARACTER", "NCHAR" -> sized(cursor, Kind.VARCHAR, 1);
      case "BINARY", "VARBINARY" -> sized(cursor, Kind.BINARY, SqlType.BINARY.precision());
      case "BOOLEAN" -> SqlType.BOOLEAN;
      case "DATE" -> SqlType.DATE;
      case "TIME" -> time(cursor, Kind.TIME, at);
      case "DATETIME", "TIMESTAMP_NTZ", "TIMESTAMPNTZ" -> time(cursor, Kind.TIMESTAMP_NTZ, at);
      case "TIMESTAMP" -> timestamp(cursor, at);
      case "TIMESTAMP_LTZ", "TIMESTAMPLTZ" -> time(cursor, Kind.TIMESTAMP_LTZ, at);
      case "TIMESTAMP_TZ", "TIMESTAMPTZ" -> time(cursor, Kind.TIMESTAMP_TZ, at);
      case "VARIANT" -> SqlType.VARIANT;
      case "OBJECT" -> new SqlType(Kind.OBJECT, 0, 0);
      case "ARRAY" -> new SqlType(Kind.ARRAY, 0, 0);
      default ->
          throw new Refusal(
              "002040", "42601", "SQL compilation error:\nUnsupported data type '" + name + "'.");
    };
  }

  private static SqlType number(Cursor cursor, Token at) {
    int precision = MAX_PRECISION;
    int scale = 0;
    if (cursor.acceptSymbol("(")) {
      precision = cursor.integer();
      if (cursor.acceptSymbol(",")) {
        scale = cursor.integer();
      }
      cursor.expectSymbol(")");
    }
    if (precision < 1 || precision > MAX_PRECISION || scale > precision || scale > 37) {
      throw Refusal.unknownPart(at, "a NUMBER of that precision and scale");
    }
    return SqlType.number(precision, scale);
  }

  private static SqlType sized(Cursor cursor, Kind kind, int otherwise) {
    int size = otherwise;
    if (cursor.acceptSymbol("(")) {
      size = cursor.integer();
      cursor.expectSymbol(")");
    }
    return new SqlType(kind, size, 0);
  }

  private static SqlType time(Cursor cursor, Kind kind, Token at) {
    int scale = 9;
    if (cursor.acceptSymbol("(")) {
      scale = cursor.integer();
      cursor.expectSymbol(")");
    }
    if (scale > 9) {
      throw Refusal.unknownPart(at, "more than nanoseconds");
    }
    return new SqlType(kind, 0, scale);
  }

  /** TIMESTAMP is TIMESTAMP_NTZ, which is the default of TIMESTAMP_TYPE_MAPPING. */
  private static SqlType timestamp(Cursor cursor, Token at) {
    SqlType plain = time(cursor, Kind.TIMESTAMP_NTZ, at);
    if (cursor.accept("WITH", "LOCAL", "TIME", "ZONE")) {
      return new SqlType(Kind.TIMESTAMP_LTZ, 0, plain.scale());
    }
    if (cursor.accept("WITH", "TIME", "ZONE")) {
      return new SqlType(Kind.TIMESTAMP_TZ, 0, plain.scale());
    }
    cursor.accept("WITHOUT", "TIME", "ZONE");
    return plain;
  }
}
