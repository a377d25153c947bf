import java.util.Arrays;
import org.apache.spark.sql.SparkSession;

/**
 * What somebody would write by hand for one batch: the least that gives the same rows in the same
 * number of files. Arguments: Spark's name of the format, the columns, output, number of files,
 * inputs.
 *
 * <p>DROPMALFORMED leaves out the rows that the job rejects, so that both write the same rows; to
 * say which ones they were, and why, is what the job does beyond this. The other modes would write
 * them with nulls (PERMISSIVE) or end at the first one (FAILFAST). Spark's default of multiLine,
 * false, splits large files as the job does; line ends within quotes, which the job also reads,
 * would break here, and the input has none. Quotes within quotes are doubled, as RFC 4180 has them,
 * where Spark's default is a backslash. Formats that know no such option pass it over.
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
