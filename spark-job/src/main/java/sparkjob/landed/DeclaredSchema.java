package sparkjob.landed;

import contract.Column;
import contract.InputFormat;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import sparkjob.cluster.Settings;
import sparkjob.failure.JobFailure;
import sparkjob.text.JsonValue;
import sparkjob.text.TextValue;

/** The columns that a job description declares, as Spark's schema. */
public final class DeclaredSchema {

  private DeclaredSchema() {}

  /**
   * The declared columns; all may be null.
   *
   * @throws JobFailure naming the column whose type Spark does not know, or the format cannot hold
   */
  public static StructType of(LandedForm input) {
    StructType schema = new StructType();
    List<Column> columns = input.columns();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      DataType type = parse(column, i);
      boolean isHeld =
          switch (input.format()) {
            case CSV -> TextValue.holds(type);
            case JSON_LINES, JSON -> JsonValue.holds(type);
            case PARQUET -> true;
          };
      if (!isHeld) {
        throw refused(i, column, input.format().word() + " cannot hold this type");
      }
      if (input.format() != InputFormat.PARQUET && Settings.differInCaseOnly(type)) {
        throw refused(
            i,
            column,
            "members of an object differ in case only, and some readers of Parquet take them for one; declare it string");
      }
      schema = schema.add(column.name(), type, true);
    }
    return schema;
  }

  private static DataType parse(Column column, int index) {
    try {
      return DataType.fromDDL(column.type());
    } catch (Exception e) {
      // Scala declares no exceptions, so the compiler cannot know that Spark's ParseException is
      // thrown here.
      throw refused(index, column, "Spark SQL knows no such type").causedBy(e);
    }
  }

  private static JobFailure refused(int index, Column column, String why) {
    return JobFailure.userCode(
        "input.columns[%d].type of the column %s is %s: %s"
            .formatted(index, column.name(), column.type(), why));
  }
}
