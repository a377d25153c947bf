import java.util.Arrays;
import org.apache.spark.sql.SparkSession;

/**
 * The smallest hand-written program for one batch that gives the same rows in the same number of files. Arguments: Spark's name of the format, the columns, output, number of files,
 * inputs.
 *
 * <p>DROPMALFORMED leaves out the rows that the job rejects, so that both write the same rows; the job also reports which ones they were, and why. The other modes would write
 * them with nulls (PERMISSIVE) or end at the first one (FAILFAST). Spark's default of multiLine,
 * false, splits large files as the job does; line ends within quotes, which the job also reads,
 * would break here, and the input has none. Quotes within quotes are doubled, as in RFC 4180, while Spark's default is a backslash. Formats without such an option ignore it.
 */
public final class HandWritten {

  private HandWritten() {}

  public static void main(String[] args) {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      spark
          .read()
          .format(args[0])
          .schema(args[1])
          .option("mode", "DROPMALFORMED")
          .option("escape", "\"")
          .load(Arrays.copyOfRange(args, 4, args.length))
          .coalesce(Integer.parseInt(args[3]))
          .write()
          .parquet(args[2]);
    }
  }
}
