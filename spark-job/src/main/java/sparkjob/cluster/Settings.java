package sparkjob.cluster;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The settings of Spark SQL that decide what a value means; a cluster's own must not change a
 * result.
 */
public final class Settings {
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          // A time without an offset means the same wherever the cluster is.
          Map.entry("spark.sql.session.timeZone", "UTC"),
          // Snowflake reads microseconds; Spark's default is INT96, which Parquet has deprecated.
          Map.entry("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS"),
          // Parquet's dates always use today's calendar, and so do the INT96 of other writers.
          // Spark 3 refuses those before 1900 without this setting.
          Map.entry("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED"),
          Map.entry("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED"),
          Map.entry("spark.sql.parquet.int96RebaseModeInRead", "CORRECTED"),
          Map.entry("spark.sql.parquet.int96TimestampConversion", "false"),
          // Spark reads nanoseconds only in this way; landed.Nanoseconds makes timestamps of them.
          Map.entry("spark.sql.legacy.parquet.nanosAsLong", "true"),
          // A page whose checksum is wrong is no data.
          Map.entry("parquet.page.verify-checksum.enabled", "true"),
          // An object that cannot be read is reported, never ignored.
          Map.entry("spark.sql.files.ignoreCorruptFiles", "false"),
          Map.entry("spark.sql.files.ignoreMissingFiles", "false"),
          Map.entry("spark.sql.parquet.binaryAsString", "false"),
          Map.entry("spark.sql.parquet.inferTimestampNTZ.enabled", "true"),
          Map.entry("spark.sql.timestampType", "TIMESTAMP_LTZ"),
          // Spark 4 would make one task of a union of parts that have one each.
          Map.entry("spark.sql.unionOutputPartitioning", "false"));

  private Settings() {}

  /**
   * Sets them in this session.
   *
   * @param ansi whether arithmetic that overflows and casts that do not succeed are errors, as is
   *     Spark 4's default, rather than another value or null, as is Spark 3's
   */
  public static void apply(SparkSession spark, boolean ansi) {
    SETTINGS.forEach((name, value) -> spark.conf().set(name, value));
    spark.conf().set("spark.sql.ansi.enabled", String.valueOf(ansi));
  }

  /**
   * Makes Spark read Parquet row by row: its faster vectorised reader does not support all
   * encodings.
   */
  public static void readRowByRow(SparkSession spark) {
    spark.conf().set("spark.sql.parquet.enableVectorizedReader", "false");
  }

  /**
   * Makes SQL case-sensitive if columns differ only in case; otherwise Spark's default stays, which
   * ignores case.
   */
  public static void tellApart(SparkSession spark, StructType columns) {
    // Before the columns are known, all possible ones must be accepted.
    boolean isNeeded = columns.isEmpty() || differInCaseOnly(columns);
    spark.conf().set("spark.sql.caseSensitive", String.valueOf(isNeeded));
  }

  /** Whether there are such two names, of columns or of members of one struct. */
  public static boolean differInCaseOnly(DataType type) {
    if (type instanceof ArrayType array) {
      return differInCaseOnly(array.elementType());
    }
    if (type instanceof MapType map) {
      return differInCaseOnly(map.keyType()) || differInCaseOnly(map.valueType());
    }
    if (!(type instanceof StructType struct)) {
      return false;
    }
    Set<String> names = new HashSet<>();
    for (StructField field : struct.fields()) {
      if (!names.add(field.name().toLowerCase(Locale.ROOT)) || differInCaseOnly(field.dataType())) {
        return true;
      }
    }
    return false;
  }
}
