package sparkjob.landed;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows that a transform sees as the view {@code landed}.
 *
 * @param rows not read yet
 * @param counts what reading them gives, once it is done; for Parquet it is known before
 * @param tasks how many tasks will read them; 0 where Spark alone knows
 */
public record Landed(Dataset<Row> rows, ReadCounts counts, int tasks) {}
