package sparkjob.landed;

import contract.InputFormat;
import contract.Manifest;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import sparkjob.cluster.Storage;

/**
 * Makes the view {@code landed} of CSV and JSON.
 *
 * @param rejectedUri the prefix that rejected rows go to, ends with a slash
 */
public record LandedText(
    SparkSession spark, LandedForm input, String rejectedUri, Manifest manifest) {

  /**
   * The rows.
   *
   * @param whole the URIs of objects that must not be split
   */
  public Landed rows(StructType schema, Set<String> whole) throws IOException {
    ReadCounts counts = new ReadCounts();
    spark.sparkContext().register(counts, "landed rows");
    List<List<Split>> tasks = tasks(whole);
    ReadPlan plan =
        new ReadPlan(
            input,
            tasks,
            schema,
            rejectedUri,
            counts,
            new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()));
    return new Landed(LandedSource.rows(spark, plan), counts, tasks.size());
  }

  private List<List<Split>> tasks(Set<String> misread) throws IOException {
    Set<String> whole = new HashSet<>(misread);
    if (input.format() == InputFormat.JSON || !input.forms().isUtf8()) {
      // Elements, and characters of UTF-16, can be recognised only from the beginning.
      manifest.objects().forEach(object -> whole.add(object.uri()));
    } else {
      whole.addAll(compressed());
    }
    return Splits.plan(manifest.objects(), spark.sparkContext().defaultParallelism(), whole);
  }

  /** The large objects that are compressed, although their names do not say so. */
  private List<String> compressed() throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    List<String> large =
        manifest.objects().stream()
            .filter(Splits::mayCut)
            .map(Manifest.Entry::uri)
            .filter(uri -> Compression.of(uri) == Compression.NONE)
            .toList();
    List<Boolean> areCompressed = Storage.forEach(large, uri -> isCompressed(uri, hadoop));
    return IntStream.range(0, large.size())
        .filter(areCompressed::get)
        .mapToObj(large::get)
        .toList();
  }

  private boolean isCompressed(String uri, Configuration hadoop) throws IOException {
    try {
      return ObjectStream.isCompressed(uri, hadoop);
    } catch (IOException e) {
      throw ObjectStream.unreadable(uri, input.format(), e);
    }
  }
}
