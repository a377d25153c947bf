import java.util.Arrays;
import org.apache.spark.sql.SparkSession;

/**
 * What somebody would write by hand for one batch of iris: the least that gives the same rows in
 * the same number of files. Arguments: output, number of files, inputs.
 *
 * <p>DROPMALFORMED leaves out the rows that the job rejects, so that both write the same rows; to
 * say which ones they were, and why, is what the job does beyond this. The other modes would write
 * them with nulls (PERMISSIVE) or end at the first one (FAILFAST). Spark's default of multiLine,
 * false, splits large files as the job does; line ends within quotes, which the job also reads,
 * would break here, and the input has none.
 */
public final class HandWritten {

  private HandWritten() {}

  public static void main(String[] args) {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      spark
          .read()
          .schema(
              "SEPAL_LENGTH double, SEPAL_WIDTH double, PETAL_LENGTH double, PETAL_WIDTH double,"
                  + " CLASS_NAME string")
          .option("mode", "DROPMALFORMED")
          .csv(Arrays.copyOfRange(args, 2, args.length))
          .coalesce(Integer.parseInt(args[1]))
          .write()
          .parquet(args[0]);
    }
  }
}
