package localcloud.snowflake.engine;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import localcloud.snowflake.catalog.Relation;
import localcloud.snowflake.sql.SqlType;
import localcloud.snowflake.sql.SqlType.Kind;

/**
 * A row of <a href="https://docs.snowflake.com/en/sql-reference/info-schema/columns">COLUMNS</a>.
 *
 * @param position counted from 1
 */
record SchemaColumn(Relation relation, int position, Relation.Described column) {

  /** Bytes of the longest text. */
  private static final long MAX_BYTES = SqlType.MAX_TEXT;

  static final ValueRows<SchemaColumn> ROWS =
      new ValueRows<>(
          List.of(
              ValueRows.text("TABLE_CATALOG", row -> row.relation().name().database()),
              ValueRows.text("TABLE_SCHEMA", row -> row.relation().name().schema()),
              ValueRows.text("TABLE_NAME", row -> row.relation().name().name()),
              ValueRows.text("COLUMN_NAME", row -> row.column().name()),
              ValueRows.number("ORDINAL_POSITION", row -> (long) row.position()),
              ValueRows.text("IS_NULLABLE", row -> row.column().nullable() ? "YES" : "NO"),
              ValueRows.text("DATA_TYPE", SchemaColumn::dataType),
              ValueRows.number("CHARACTER_MAXIMUM_LENGTH", SchemaColumn::length),
              ValueRows.number("CHARACTER_OCTET_LENGTH", SchemaColumn::bytes),
              ValueRows.number(
                  "NUMERIC_PRECISION", row -> row.isNumber() ? (long) row.precision() : null),
              ValueRows.number("NUMERIC_PRECISION_RADIX", row -> row.isNumber() ? 10L : null),
              ValueRows.number("NUMERIC_SCALE", row -> row.isNumber() ? (long) row.scale() : null),
              ValueRows.number(
                  "DATETIME_PRECISION", row -> row.hasFraction() ? (long) row.scale() : null),
              ValueRows.text(
                  "COMMENT",
                  row -> row.column().comment().isEmpty() ? null : row.column().comment())));

  /** The columns of a table or view. */
  static Stream<SchemaColumn> of(Relation relation) {
    List<Relation.Described> columns = relation.described();
    return IntStream.range(0, columns.size())
        .mapToObj(i -> new SchemaColumn(relation, i + 1, columns.get(i)));
  }

  private Kind kind() {
    return column.type().kind();
  }

  private int precision() {
    return column.type().precision();
  }

  private int scale() {
    return column.type().scale();
  }

  private boolean isNumber() {
    return kind() == Kind.NUMBER;
  }

  private boolean hasFraction() {
    return kind() == Kind.TIME || kind().isTimestamp();
  }

  /** A VARCHAR of any length is TEXT. */
  private String dataType() {
    return kind() == Kind.VARCHAR ? "TEXT" : kind().name();
  }

  private Long length() {
    return kind() == Kind.VARCHAR || kind() == Kind.BINARY ? (long) precision() : null;
  }

  private Long bytes() {
    return kind() == Kind.VARCHAR ? Long.valueOf(Math.min(MAX_BYTES, 4L * precision())) : length();
  }
}
