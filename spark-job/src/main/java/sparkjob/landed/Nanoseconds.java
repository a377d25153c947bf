package sparkjob.landed;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import sparkjob.failure.JobFailure;

/**
 * Timestamps with nanoseconds: INT96, of which Spark reads microseconds and silently drops the
 * rest, and TIMESTAMP(NANOS), which it only reads as whole numbers. If the last three digits are 0,
 * both become timestamps.
 */
final class Nanoseconds {
  private static final long PER_MICROSECOND = 1_000;

  private Nanoseconds() {}

  /** An object and its columns that must be checked. */
  private record Suspect(String uri, List<String> columns) implements java.io.Serializable {}

  /**
   * Checks every value with nanoseconds. This reads those columns once more; statistics would not
   * be enough.
   *
   * @throws JobFailure naming the object and the column of a value that would be cut
   */
  static void mustBeMicroseconds(
      SparkSession spark, List<ParquetObject> objects, Predicate<String> isWanted) {
    List<Suspect> suspects = new ArrayList<>();
    for (ParquetObject object : objects) {
      List<String> columns =
          object.schema().getFields().stream()
              .filter(column -> isWanted.test(column.getName()))
              .filter(column -> !object.isOfSpark() && isSuspect(column))
              .map(Type::getName)
              .toList();
      if (!columns.isEmpty()) {
        suspects.add(new Suspect(object.uri(), columns));
      }
    }
    if (!suspects.isEmpty()) {
      SerializableConfiguration hadoop =
          new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
      new JavaSparkContext(spark.sparkContext())
          .parallelize(suspects, suspects.size())
          .foreach(suspect -> look(suspect, hadoop.value()));
    }
  }

  private static boolean isSuspect(Type type) {
    return ParquetColumns.has(
        type,
        leaf ->
            leaf.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT96
                || ParquetColumns.isNanos(leaf));
  }

  private static void look(Suspect suspect, Configuration hadoop) {
    Path path = new Path(suspect.uri());
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, hadoop))) {
      MessageType all = reader.getFileMetaData().getSchema();
      MessageType wanted =
          new MessageType(all.getName(), suspect.columns().stream().map(all::getType).toList());
      reader.setRequestedSchema(wanted);
      String writer = reader.getFileMetaData().getCreatedBy();
      for (PageReadStore pages = reader.readNextRowGroup();
          pages != null;
          pages = reader.readNextRowGroup()) {
        ColumnReadStoreImpl columns =
            new ColumnReadStoreImpl(
                pages, new GroupRecordConverter(wanted).getRootConverter(), wanted, writer);
        for (ColumnDescriptor column : wanted.getColumns()) {
          if (isSuspect(column.getPrimitiveType())) {
            long values = pages.getPageReader(column).getTotalValueCount();
            look(suspect.uri(), columns.getColumnReader(column), values);
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      throw ParquetFailure.ofRows(suspect.uri(), e);
    }
  }

  private static void look(String uri, ColumnReader reader, long values) {
    ColumnDescriptor column = reader.getDescriptor();
    boolean isInt96 = column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT96;
    for (long i = 0; i < values; i++) {
      if (reader.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel()) {
        // INT96: nanoseconds of the day in eight bytes, then the day.
        long nanos =
            isInt96
                ? reader.getBinary().toByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getLong()
                : reader.getLong();
        if (nanos % PER_MICROSECOND != 0) {
          throw JobFailure.data(
              "Cannot read the column %s of %s: it has a timestamp with nanoseconds (…%03d), and Spark and the table have microseconds; have it written with those, or declare the columns without it"
                  .formatted(
                      String.join(".", column.getPath()),
                      uri,
                      Math.floorMod(nanos, PER_MICROSECOND)),
              List.of(uri));
        }
      }
      reader.consume();
    }
  }

  /** The columns as Spark reads them: those of nanoseconds are whole numbers. */
  static StructType asRead(StructType wanted, Set<String> nanos) {
    StructType read = new StructType();
    for (StructField field : wanted.fields()) {
      boolean isNumber = nanos.contains(field.name());
      read = read.add(field.name(), isNumber ? DataTypes.LongType : field.dataType(), true);
    }
    return read;
  }

  /** The rows with timestamps in place of those numbers. */
  static Dataset<Row> asTimestamps(Dataset<Row> read, StructType wanted, Set<String> nanos) {
    Column[] columns = new Column[wanted.length()];
    for (int i = 0; i < columns.length; i++) {
      StructField field = wanted.fields()[i];
      String quoted = "`" + field.name().replace("`", "``") + "`";
      columns[i] =
          nanos.contains(field.name())
              ? functions
                  .expr("timestamp_micros(%s div %d)".formatted(quoted, PER_MICROSECOND))
                  .cast(field.dataType())
                  .as(field.name())
              : functions.col(quoted);
    }
    return read.select(columns);
  }
}
