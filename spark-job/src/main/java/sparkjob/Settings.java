package sparkjob;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * The settings of Spark SQL that decide what a value means; a cluster's own must not change a
 * result.
 */
final class Settings {
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
  static void apply(SparkSession spark) {
    SETTINGS.forEach((name, value) -> spark.conf().set(name, value));
  }
}
