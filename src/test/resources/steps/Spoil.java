import java.io.OutputStream;
import java.net.URI;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** A program that writes half a file of the contract to each of its arguments. */
public final class Spoil {

  private Spoil() {}

  public static void main(String[] args) throws Exception {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      for (String uri : args) {
        FileSystem files =
            FileSystem.get(URI.create(uri), spark.sparkContext().hadoopConfiguration());
        try (OutputStream out = files.create(new Path(uri), true)) {
          out.write("{\"version\": 1, \"pipel".getBytes("UTF-8"));
        }
      }
    }
  }
}
