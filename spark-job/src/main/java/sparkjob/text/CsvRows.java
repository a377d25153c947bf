package sparkjob.text;

import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of CSV records. A field with nothing in it, not even quotes, is null; an empty field in
 * quotes is the empty text, or null where the column is no text.
 */
public final class CsvRows implements RowParser {
  private final CsvRecords records;
  private final StructField[] columns;
  private final TextValue[] values;

  /**
   * Prepares to make rows of the records that {@code records} will stand at.
   *
   * @throws IllegalArgumentException if a column is of a type that CSV cannot hold
   */
  public CsvRows(CsvRecords records, StructType schema) {
    this.records = records;
    this.columns = schema.fields();
    this.values = new TextValue[columns.length];
    for (int i = 0; i < columns.length; i++) {
      String type = columns[i].dataType().catalogString();
      values[i] =
          TextValue.of(columns[i].dataType())
              .orElseThrow(() -> new IllegalArgumentException("No CSV of type " + type));
    }
  }

  @Override
  public InternalRow parse() throws Unparsable {
    records.check();
    if (records.fields() != columns.length) {
      throw new Unparsable(
          count(columns.length, "column") + " declared and the line has " + records.fields());
    }
    Object[] row = new Object[columns.length];
    for (int i = 0; i < row.length; i++) {
      if (!records.isAbsent(i)) {
        row[i] = value(i);
      }
    }
    return new GenericInternalRow(row);
  }

  private Object value(int column) throws Unparsable {
    byte[] text = records.text(column);
    int from = records.from(column, text);
    int to = records.to(column, text);
    Object value = values[column].parse(text, from, to);
    if (value != null || (from == to && !columns[column].dataType().equals(DataTypes.StringType))) {
      return value;
    }
    throw new Unparsable(
        "column %s is declared %s and holds %s"
            .formatted(
                columns[column].name(),
                columns[column].dataType().catalogString(),
                shown(new String(text, from, to - from, StandardCharsets.UTF_8))));
  }

  static String shown(String text) {
    return '"' + (text.length() > 100 ? text.substring(0, 100) + "…" : text) + '"';
  }

  private static String count(int count, String thing) {
    return count == 1 ? "1 " + thing + " is" : count + " " + thing + "s are";
  }
}
