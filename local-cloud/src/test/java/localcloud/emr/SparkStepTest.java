package localcloud.emr;

import static localcloud.emr.LocalEmr.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.Configuration;
import software.amazon.awssdk.services.emr.model.FailureDetails;
import software.amazon.awssdk.services.emr.model.StepConfig;
import software.amazon.awssdk.services.emr.model.StepState;
import software.amazon.awssdk.services.emr.model.StepSummary;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Steps that run real Spark.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-spark-submit-step.html">Adding
 *     a Spark step</a>
 * @see <a href="https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-commandrunner.html">Run
 *     commands and scripts on an Amazon EMR cluster</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-manage-view-web-log-files.html">View
 *     Amazon EMR log files</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_FailureDetails.html">FailureDetails</a>
 */
class SparkStepTest {
  private static final String JAR = "s3://code/count.jar";

  @TempDir static Path data;
  static LocalEmr local;
  static Path home;

  @BeforeAll
  static void start() throws IOException {
    // Where a checkout may be, as far as this machine's locale can name it.
    String folder =
        Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode('ü')
            ? "my \"own\" clouds' ü"
            : "my \"own\" clouds'";
    home = Files.createDirectories(data.resolve(folder));
    local = new LocalEmr(home);
    SparkRuntime spark = SparkRuntime.load(Path.of("spark/target/spark.classpath"));
    byte[] jar = SparkProgram.jar(spark, data.resolve("classes"));
    local.s3Server.createBucket("code");
    local.s3Server.createBucket("landing");
    local.s3Server.createBucket("curated");
    local.s3Server.put("code", "count.jar", "application/java-archive", jar);
    local.s3Server.put("landing", "in/with space+plus.csv", "text/csv", SparkProgram.input());
  }

  @AfterAll
  static void stop() throws IOException {
    local.close();
  }

  @Test
  void spark_reads_and_writes_s3_in_either_deploy_mode_with_the_user_s_settings() {
    String id =
        local.run(
            cluster(
                    submit(
                            "--deploy-mode",
                            "cluster",
                            "--driver-memory",
                            "600m",
                            "--class",
                            "Count")
                        .args(JAR, "s3://landing/in/with space+plus.csv", "s3://curated/one/"),
                    submit("--master", "yarn", "--deploy-mode=client", "--class", "Count", "--conf")
                        .args(
                            "spark.test.setting=of-the-step",
                            JAR,
                            "s3a://landing/in/",
                            "s3a://curated/two/"))
                .configurations(
                    Configuration.builder()
                        .classification("spark-defaults")
                        .properties(Map.of("spark.test.setting", "of-the-cluster"))
                        .build()));

    assertThat(local.awaitEnd(id).status().state())
        .as(() -> log(id, local.steps(id).get(1), "stderr"))
        .isEqualTo(ClusterState.TERMINATED);

    StepSummary first = local.steps(id).get(1);
    assertThat(log(id, first, "stdout"))
        .contains("wrote 2 rows", "setting of-the-cluster", "memory 6");
    assertThat(log(id, first, "controller")).contains("Step succeeded with exitCode 0");
    StepSummary second = local.steps(id).get(0);
    assertThat(log(id, second, "stdout")).contains("wrote 2 rows", "setting of-the-step");
    assertThat(keys("one/")).anyMatch(key -> key.endsWith(".parquet")).contains("one/_SUCCESS");
    assertThat(keys("two/")).hasSameSizeAs(keys("one/"));
    assertThat(home.resolve("emr").resolve(id).resolve(first.id()))
        .isDirectoryNotContaining("glob:**/work");
  }

  @Test
  void the_classes_of_a_step_that_ended_well_are_archived_for_those_after_it() throws Exception {
    SparkRuntime spark = SparkRuntime.load(Path.of("spark/target/spark.classpath"));
    SparkArchive archive = new SparkArchive(spark);

    local.run(
        cluster(submit("--class", "Count").args(JAR, "s3://landing/in/", "s3://curated/three/")));
    LocalEmr.await(() -> Files.exists(archive.file()));

    // This JVM would not start if it could not use the archive.
    List<String> java = new ArrayList<>(List.of(SparkCommandLine.java(), "-Xshare:on"));
    java.addAll(archive.options());
    java.addAll(List.of("-cp", spark.classPath() + File.pathSeparator + home, "-version"));
    assertThat(new ProcessBuilder(java).inheritIO().start().waitFor()).isZero();
  }

  @Test
  void failed_step_says_why_and_where_its_log_is() {
    String id =
        local.run(
            cluster(submit("--deploy-mode", "cluster", "--class", "Count").args(JAR, "fail")));

    assertThat(local.awaitEnd(id).status().state()).isEqualTo(ClusterState.TERMINATED_WITH_ERRORS);

    StepSummary step = local.steps(id).get(0);
    FailureDetails details = step.status().failureDetails();
    assertThat(step.status().state()).isEqualTo(StepState.FAILED);
    assertThat(details.message()).contains("IllegalStateException: no such luck");
    assertThat(details.logFile())
        .isEqualTo("s3://logs/emr/%s/steps/%s/stderr.gz".formatted(id, step.id()));
    assertThat(log(id, step, "stderr")).contains("no such luck");
  }

  @Test
  void timeout_ends_a_step_that_hangs() {
    String id =
        local.run(
            cluster(
                LocalEmr.step(
                    ActionOnFailure.TERMINATE_CLUSTER,
                    "timeout",
                    "0.5",
                    "bash",
                    "-c",
                    "sleep 77")));

    assertThat(local.awaitEnd(id).status().state()).isEqualTo(ClusterState.TERMINATED_WITH_ERRORS);

    StepSummary step = local.steps(id).get(0);
    assertThat(step.status().failureDetails().reason()).contains("exit code 124");
    assertThat(log(id, step, "controller")).contains("Step failed with exitCode 124");
  }

  @Test
  void what_the_stand_in_cannot_run_fails_with_its_reason() {
    String id =
        local.run(
            cluster(
                LocalEmr.step(ActionOnFailure.CONTINUE, "x").toBuilder()
                    .hadoopJarStep(jar -> jar.jar("s3://code/mapreduce.jar"))
                    .build()));

    local.awaitEnd(id);

    assertThat(local.steps(id).get(0).status().failureDetails().reason())
        .contains("not s3://code/mapreduce.jar");
  }

  @Test
  void script_runner_runs_a_script_from_s3() {
    byte[] script = "#!/bin/sh\necho \"hello $1\"\n".getBytes(StandardCharsets.UTF_8);
    local.s3Server.put("code", "hello.sh", "text/x-sh", script);
    String id =
        local.run(
            cluster(
                LocalEmr.step(ActionOnFailure.TERMINATE_CLUSTER).toBuilder()
                    .hadoopJarStep(
                        jar ->
                            jar.jar(
                                    "s3://us-east-1.elasticmapreduce/libs/script-runner/script-runner.jar")
                                .args("s3://code/hello.sh", "world"))
                    .build()));

    assertThat(local.awaitEnd(id).status().state()).isEqualTo(ClusterState.TERMINATED);
    assertThat(log(id, local.steps(id).get(0), "stdout")).isEqualTo("hello world\n");
  }

  private static Submit submit(String... options) {
    return new Submit(List.of(options));
  }

  /** A spark-submit step with a deadline, as pipelines send it. */
  private record Submit(List<String> options) {
    StepConfig args(String... rest) {
      List<String> words = new ArrayList<>(List.of("timeout", "-k", "5", "280", "spark-submit"));
      words.addAll(options);
      words.addAll(List.of(rest));
      return LocalEmr.step(ActionOnFailure.TERMINATE_CLUSTER, words.toArray(String[]::new));
    }
  }

  private static String log(String cluster, StepSummary step, String name) {
    String key = "emr/%s/steps/%s/%s.gz".formatted(cluster, step.id(), name);
    byte[] gzip = local.s3.getObjectAsBytes(b -> b.bucket("logs").key(key)).asByteArray();
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> keys(String prefix) {
    return local.s3.listObjectsV2(b -> b.bucket("curated").prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .toList();
  }
}
