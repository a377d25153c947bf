package sparkjob.text;

import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of CSV records. An empty field without quotes is null; an empty field in quotes is the empty
 * text, or null if the column is not text.
 */
public final class CsvRows implements RowParser {
  private final CsvRecords records;
  private final StructField[] columns;
  private final TextValue[] values;
  private final ValueForms forms;
  private final NullValues nulls;
  private final int width;
  private final int[] fields;

  /**
   * Prepares to make rows of the current records of {@code records}.
   *
   * @param layout the positions of the schema's columns
   * @throws IllegalArgumentException if a column is of a type that CSV cannot hold
   */
  public CsvRows(CsvRecords records, StructType schema, CsvLayout layout, ValueForms forms) {
    this.records = records;
    this.columns = schema.fields();
    this.values = new TextValue[columns.length];
    this.forms = forms;
    this.nulls = new NullValues(forms.nullValues());
    this.width = layout.width();
    this.fields = layout.places().stream().mapToInt(Integer::intValue).toArray();
    for (int i = 0; i < columns.length; i++) {
      String type = columns[i].dataType().catalogString();
      values[i] =
          TextValue.of(columns[i].dataType(), forms)
              .orElseThrow(() -> new IllegalArgumentException("No CSV of type " + type));
    }
  }

  @Override
  public InternalRow parse() throws Unparsable {
    records.check();
    if (records.fields() != width) {
      throw new Unparsable(
          (width == columns.length
                  ? count(width, "column") + " declared"
                  : count(width, "column") + " in the header")
              + " and the line has "
              + records.fields());
    }
    Object[] row = new Object[columns.length];
    for (int i = 0; i < row.length; i++) {
      int field = fields[i];
      if (field != Names.NOWHERE && !nulls.has(records, field)) {
        row[i] = value(i, field);
      }
    }
    return new GenericInternalRow(row);
  }

  private Object value(int column, int field) throws Unparsable {
    byte[] text = records.text(field);
    int from = records.from(field, text);
    int to = records.to(field, text);
    Object value = values[column].parse(text, from, to);
    if (value != null || (from == to && !columns[column].dataType().equals(DataTypes.StringType))) {
      return value;
    }
    String written = new String(text, from, to - from, StandardCharsets.UTF_8);
    throw new Unparsable(
        misfit(columns[column].name(), columns[column].dataType()),
        "column %s is declared %s and holds %s%s"
            .formatted(
                columns[column].name(),
                columns[column].dataType().catalogString(),
                shown(written),
                TextValue.whyNot(written, columns[column].dataType(), forms)));
  }

  /** The kind of reason for a value that is not of its column's type. */
  static String misfit(String column, DataType declared) {
    return "column %s is not %s".formatted(column, declared.catalogString());
  }

  static String shown(String text) {
    return '"' + (text.length() > 100 ? text.substring(0, 100) + "…" : text) + '"';
  }

  private static String count(int count, String thing) {
    return count == 1 ? "1 " + thing + " is" : count + " " + thing + "s are";
  }
}
