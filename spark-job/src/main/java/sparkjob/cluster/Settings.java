package sparkjob.cluster;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The settings of Spark SQL that decide what a value means; a cluster's own must not change a
 * result.
 */
public final class Settings {
  private static final Map<String, String> SETTINGS =
      Map.of(
          // A time without an offset means the same wherever the cluster is.
          "spark.sql.session.timeZone", "UTC",
          // Snowflake reads microseconds; Spark's default is INT96, which Parquet has deprecated.
          "spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS",
          // Parquet's dates are of today's calendar throughout. Spark 3 refuses those before 1900
          // unless told so.
          "spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED",
          "spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED");

  private Settings() {}

  /** Sets them in this session. */
  public static void apply(SparkSession spark) {
    SETTINGS.forEach((name, value) -> spark.conf().set(name, value));
  }

  /**
   * Makes SQL tell upper case from lower case in names where columns differ in that only; elsewhere
   * Spark's default stays, under which it does not matter.
   */
  public static void tellApart(SparkSession spark, StructType columns) {
    Set<String> names = new HashSet<>();
    for (String name : columns.fieldNames()) {
      names.add(name.toLowerCase(Locale.ROOT));
    }
    // Before the columns are known, as many as there may be must be let through.
    boolean isNeeded = columns.isEmpty() || names.size() < columns.length();
    spark.conf().set("spark.sql.caseSensitive", String.valueOf(isNeeded));
  }
}
