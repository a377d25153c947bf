package sparkjob.landed;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import sparkjob.contract.JobDescription;
import sparkjob.contract.Manifest;

/** Makes the view {@code landed} of CSV and JSON. */
public record LandedText(SparkSession spark, JobDescription job, Manifest manifest) {

  /**
   * The rows.
   *
   * @param whole the URIs of objects that must not be split
   */
  public Landed rows(StructType schema, Set<String> whole) {
    ReadCounts counts = new ReadCounts();
    spark.sparkContext().register(counts, "landed rows");
    List<List<Split>> tasks = tasks(whole);
    ReadPlan plan =
        new ReadPlan(
            job.input(),
            tasks,
            schema,
            job.rejected().uri(),
            counts,
            new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()));
    return new Landed(LandedSource.rows(spark, plan), counts, tasks.size());
  }

  private List<List<Split>> tasks(Set<String> misread) {
    Set<String> whole = new HashSet<>(misread);
    if (job.input().format() == JobDescription.Format.JSON || !job.input().forms().isUtf8()) {
      // Only from the beginning can be told what is an element, or a character of UTF-16.
      manifest.objects().forEach(object -> whole.add(object.uri()));
    }
    return Splits.plan(manifest.objects(), spark.sparkContext().defaultParallelism(), whole);
  }
}
