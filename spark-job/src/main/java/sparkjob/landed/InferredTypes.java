package sparkjob.landed;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import sparkjob.text.CsvRecords;
import sparkjob.text.ExactNumbers;
import sparkjob.text.Names;
import sparkjob.text.NullValues;
import sparkjob.text.TextValue;
import sparkjob.text.ValueForms;

/** The types that still fit all values seen, by column. */
final class InferredTypes implements Serializable {
  /** Tried after numbers: the first that fits is taken, text if none does. */
  private static final List<DataType> CANDIDATES =
      List.of(DataTypes.BooleanType, DataTypes.DateType, DataTypes.TimestampType);

  private static final int NUMBER = 1 << CANDIDATES.size();

  private static final int ALL = 2 * NUMBER - 1;

  private final int[] fitting;
  private final ExactNumbers[] numbers;

  InferredTypes(int width) {
    fitting = new int[width];
    numbers = new ExactNumbers[width];
    Arrays.fill(fitting, ALL);
    Arrays.setAll(numbers, any -> new ExactNumbers());
  }

  /** The forms of the candidates, in their order. */
  static List<TextValue> values(ValueForms forms) {
    return CANDIDATES.stream().map(type -> TextValue.of(type, forms).orElseThrow()).toList();
  }

  /**
   * Takes a record into account, unless it has another width and will be rejected.
   *
   * @param values what {@link #values} gave
   */
  void see(CsvRecords records, List<TextValue> values, NullValues nulls) {
    if (!records.isWhole() || records.fields() != fitting.length) {
      return;
    }
    for (int column = 0; column < fitting.length; column++) {
      if (fitting[column] == 0 || nulls.has(records, column)) {
        continue;
      }
      byte[] text = records.text(column);
      int from = records.from(column, text);
      int to = records.to(column, text);
      for (int i = 0; i < values.size(); i++) {
        if ((fitting[column] & (1 << i)) != 0 && values.get(i).parse(text, from, to) == null) {
          fitting[column] &= ~(1 << i);
        }
      }
      if ((fitting[column] & NUMBER) != 0 && !numbers[column].see(text, from, to)) {
        fitting[column] &= ~NUMBER;
      }
    }
  }

  /** The types that fit both. */
  InferredTypes and(InferredTypes other) {
    InferredTypes both = new InferredTypes(fitting.length);
    for (int i = 0; i < fitting.length; i++) {
      both.fitting[i] = fitting[i] & other.fitting[i];
      both.numbers[i] = numbers[i].and(other.numbers[i]);
    }
    return both;
  }

  /**
   * The same among others, of which nothing was seen.
   *
   * @param places of each column its place among them, or {@link Names#NOWHERE}
   */
  InferredTypes among(int width, int[] places) {
    InferredTypes all = new InferredTypes(width);
    for (int i = 0; i < places.length; i++) {
      if (places[i] != Names.NOWHERE) {
        all.fitting[places[i]] = fitting[i];
        all.numbers[places[i]] = numbers[i];
      }
    }
    return all;
  }

  /** The columns under these names. */
  StructType schema(List<String> names) {
    StructType schema = new StructType();
    for (int column = 0; column < fitting.length; column++) {
      schema = schema.add(names.get(column), type(column), true);
    }
    return schema;
  }

  private DataType type(int column) {
    if (fitting[column] == ALL) {
      return DataTypes.StringType;
    }
    if ((fitting[column] & NUMBER) != 0) {
      return numbers[column].type().orElse(DataTypes.StringType);
    }
    return fitting[column] == 0
        ? DataTypes.StringType
        : CANDIDATES.get(Integer.numberOfTrailingZeros(fitting[column]));
  }
}
