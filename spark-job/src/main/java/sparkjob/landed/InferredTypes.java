package sparkjob.landed;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import sparkjob.text.CsvRecords;
import sparkjob.text.TextValue;

/** Which types still fit all values that were seen, by column. */
final class InferredTypes implements Serializable {
  /** The first that fits is taken; a text where none does, or where nothing was seen. */
  private static final List<DataType> CANDIDATES =
      List.of(
          DataTypes.LongType,
          DataTypes.DoubleType,
          DataTypes.BooleanType,
          DataTypes.DateType,
          DataTypes.TimestampType);

  private static final List<TextValue> VALUES =
      CANDIDATES.stream().map(type -> TextValue.of(type).orElseThrow()).toList();

  private static final int ALL = (1 << CANDIDATES.size()) - 1;

  private final int[] fitting;

  InferredTypes(int width) {
    fitting = new int[width];
    Arrays.fill(fitting, ALL);
  }

  /** Takes a record into account, unless it has another width and will be rejected. */
  void see(CsvRecords records) {
    if (!records.isWhole() || records.fields() != fitting.length) {
      return;
    }
    for (int column = 0; column < fitting.length; column++) {
      if (fitting[column] == 0 || records.isAbsent(column)) {
        continue;
      }
      byte[] text = records.text(column);
      int from = records.from(column, text);
      int to = records.to(column, text);
      for (int i = 0; i < VALUES.size(); i++) {
        if ((fitting[column] & (1 << i)) != 0 && VALUES.get(i).parse(text, from, to) == null) {
          fitting[column] &= ~(1 << i);
        }
      }
    }
  }

  /** What fits both. */
  InferredTypes and(InferredTypes other) {
    InferredTypes both = new InferredTypes(fitting.length);
    for (int i = 0; i < fitting.length; i++) {
      both.fitting[i] = fitting[i] & other.fitting[i];
    }
    return both;
  }

  /** The columns under these names. */
  StructType schema(List<String> names) {
    StructType schema = new StructType();
    for (int column = 0; column < fitting.length; column++) {
      int first = Integer.numberOfTrailingZeros(fitting[column]);
      boolean isText = fitting[column] == 0 || fitting[column] == ALL;
      schema =
          schema.add(
              names.get(column), isText ? DataTypes.StringType : CANDIDATES.get(first), true);
    }
    return schema;
  }
}
