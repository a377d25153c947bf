package sparkjob.landed;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows that a transform sees as the view {@code landed}.
 *
 * @param rows not read yet
 * @param counts the counts of reading them, known after reading; for Parquet before
 * @param tasks how many tasks will read them; 0 if only Spark knows
 */
public record Landed(Dataset<Row> rows, ReadCounts counts, int tasks) {}
