package sparkjob;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import sparkjob.failure.JobFailure;

/**
 * The folders of an output, {@code REGION=eu/DAY=2026-11-22/}: Spark leaves these columns out of
 * the files and makes folders of their values.
 *
 * <p>Readers have only the text of a value, and Snowflake cannot decode what Spark escapes in it:
 * none of the functions that a partition column's expression may use replaces a text (its SQL
 * reference, CREATE EXTERNAL TABLE, "part_expr"). So a value must be its own text.
 *
 * @param columns their names in the rows
 */
record Folders(List<String> columns) {
  private static final String PROPERTY = "output.partitionBy (the pipeline's curated.partition-by)";

  /** Smaller decimals have texts such as 0E-7. */
  private static final int MOST_PLACES = 6;

  private static final int MOST_SHOWN = 100;

  private static final List<DataType> TYPES =
      List.of(
          DataTypes.ByteType,
          DataTypes.ShortType,
          DataTypes.IntegerType,
          DataTypes.LongType,
          DataTypes.BooleanType,
          DataTypes.DateType,
          DataTypes.StringType);

  /**
   * The folders that these columns make.
   *
   * @param names each means the column of exactly that name, or else the only one of that name in
   *     upper or lower case
   * @throws JobFailure if there is no such column, if it has a type whose values cannot be folders,
   *     or if no other column is left
   */
  static Folders of(Dataset<Row> rows, List<String> names) {
    List<String> columns = new ArrayList<>();
    for (String name : names) {
      StructField field = field(rows.schema().fields(), name);
      boolean isPlain =
          field.dataType() instanceof DecimalType decimal
              ? decimal.scale() <= MOST_PLACES
              : TYPES.contains(field.dataType());
      if (!isPlain) {
        throw refused(
            "the column %s is %s; its values can be folders if they are texts, whole numbers, decimals of up to %d places, booleans or dates: cast it in transform.sql"
                .formatted(field.name(), field.dataType().catalogString(), MOST_PLACES));
      }
      if (columns.contains(field.name())) {
        throw refused("it names the column %s twice".formatted(field.name()));
      }
      columns.add(field.name());
    }
    if (!columns.isEmpty() && columns.size() == rows.schema().size()) {
      throw refused("it names every column of the result, and no column is left for the files");
    }
    return new Folders(List.copyOf(columns));
  }

  private static StructField field(StructField[] fields, String name) {
    List<StructField> exact =
        Arrays.stream(fields).filter(field -> field.name().equals(name)).toList();
    List<StructField> found =
        exact.isEmpty()
            ? Arrays.stream(fields).filter(field -> field.name().equalsIgnoreCase(name)).toList()
            : exact;
    if (found.size() != 1) {
      throw refused(
          "the result has %s column %s; its columns are %s"
              .formatted(
                  found.isEmpty() ? "no" : "more than one",
                  name,
                  String.join(", ", Arrays.stream(fields).map(StructField::name).toList())));
    }
    return found.get(0);
  }

  /** The rows; a value that cannot be a folder's name as it is fails the job. */
  Dataset<Row> checked(Dataset<Row> rows) {
    Dataset<Row> checked = rows;
    for (String column : columns) {
      if (rows.schema().apply(column).dataType().equals(DataTypes.StringType)) {
        UDF1<String, String> check = value -> plain(column, value);
        checked =
            checked.withColumn(
                column, functions.udf(check, DataTypes.StringType).apply(expression(column)));
      }
    }
    return checked;
  }

  private static String plain(String column, String value) {
    if (value == null) {
      return null;
    }
    if (value.isEmpty() || value.equals(ExternalCatalogUtils.DEFAULT_PARTITION_NAME())) {
      throw refused(
          "a row has '%s' in the column %s, which as a folder would mean null; write NULLIF(%s, '%s') in transform.sql"
              .formatted(value, column, column, value));
    }
    if (!ExternalCatalogUtils.escapePathName(value).equals(value) || value.indexOf(0) >= 0) {
      throw refused(
          "a row has '%s' in the column %s, which cannot be a folder that Snowflake reads back: no control character and none of \" # %% ' * / : = ? [ \\ ] ^ { may be in it; replace them in transform.sql"
              .formatted(shown(value), column));
    }
    return value;
  }

  /** A failure is one line, whatever a value contains. */
  private static String shown(String value) {
    String line = value.replaceAll("\\p{Cntrl}", "\uFFFD");
    return line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "…" : line;
  }

  /** The columns as a hint takes them under every Spark; a Column is taken since Spark 4 only. */
  Object[] expressions() {
    return columns.stream().map(UnresolvedAttribute::quoted).toArray();
  }

  private static Column expression(String column) {
    return functions.col("`" + column.replace("`", "``") + "`");
  }

  /** The beginning of the names of a column's folders. */
  static String begin(String column) {
    return ExternalCatalogUtils.escapePathName(column) + "=";
  }

  private static JobFailure refused(String why) {
    return JobFailure.userCode("Cannot write the output by " + PROPERTY + ": " + why);
  }
}
