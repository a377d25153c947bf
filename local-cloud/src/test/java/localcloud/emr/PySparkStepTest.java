package localcloud.emr;

import static localcloud.emr.LocalEmr.cluster;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A program of PySpark as a step.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-spark-submit-step.html">Adding
 *     a Spark step</a>
 */
class PySparkStepTest {

  /** With a function of its own, so that Spark needs Python in its executors too. */
  private static final String PROGRAM =
      """
      import sys
      from pyspark.sql import SparkSession
      from pyspark.sql.functions import udf

      spark = SparkSession.builder.getOrCreate()
      loud = udf(lambda text: text.upper())
      rows = spark.read.csv(sys.argv[1])
      rows.select(loud(rows["_c1"]).alias("CLASS_NAME")).coalesce(1).write.parquet(sys.argv[2])
      print("classes", sorted(row[0] for row in spark.read.parquet(sys.argv[2]).collect()))
      spark.stop()
      """;

  @TempDir static Path data;

  @Test
  void a_program_of_pyspark_runs_or_says_what_it_needs() throws IOException {
    try (LocalEmr local = new LocalEmr(data)) {
      local.s3Server.createBucket("data");
      local.s3Server.put(
          "data", "job.py", "text/x-python", PROGRAM.getBytes(StandardCharsets.UTF_8));
      local.s3Server.put("data", "in/a.csv", "text/csv", SparkProgram.input());
      String id =
          local.run(
              cluster(
                  LocalEmr.step(
                      ActionOnFailure.TERMINATE_CLUSTER,
                      "timeout",
                      "280",
                      "spark-submit",
                      "--deploy-mode",
                      "cluster",
                      "s3://data/job.py",
                      "s3://data/in/",
                      "s3://data/out/")));
      ClusterState state = local.awaitEnd(id).status().state();

      String version = SparkRuntime.load(Path.of("spark/target/spark.classpath")).version();
      Optional<String> lacking = Python.of(System.getenv(), version).lacking();
      lacking.ifPresent(
          reason ->
              assertThat(local.steps(id).get(0).status().failureDetails().reason())
                  .isEqualTo(reason));
      assumeTrue(lacking.isEmpty(), () -> "PySpark was not run: " + lacking.orElseThrow());
      assertThat(state)
          .as(() -> String.valueOf(local.steps(id).get(0).status().failureDetails()))
          .isEqualTo(ClusterState.TERMINATED);
      assertThat(local.s3.listObjectsV2(b -> b.bucket("data").prefix("out/")).contents())
          .extracting(S3Object::key)
          .anyMatch(key -> key.endsWith(".parquet"));
    }
  }
}
