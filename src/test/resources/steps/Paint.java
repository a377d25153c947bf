import java.io.OutputStream;
import java.net.URI;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A program that knows nothing of the service but the manifest's form. Arguments: manifest, output,
 * and anything else to write nonsense.
 */
public final class Paint {

  private Paint() {}

  public static void main(String[] args) throws Exception {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      if (args.length > 2) {
        FileSystem files =
            FileSystem.get(URI.create(args[1]), spark.sparkContext().hadoopConfiguration());
        try (OutputStream out = files.create(new Path(args[1] + "COLOUR=red/part-0.parquet"))) {
          out.write("no Parquet at all".getBytes("UTF-8"));
        }
        return;
      }
      String[] uris =
          spark
              .read()
              .option("multiLine", true)
              .json(args[0])
              .selectExpr("explode(objects.uri)")
              .as(Encoders.STRING())
              .collectAsList()
              .toArray(new String[0]);
      Dataset<Row> rows = spark.read().schema("LITRES decimal(6,2), COLOUR string").csv(uris);
      rows.write().partitionBy("COLOUR").parquet(args[1]);
    }
  }
}
