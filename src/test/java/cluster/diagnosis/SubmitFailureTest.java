package cluster.diagnosis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubmitFailureTest {

  private static final String SUBMIT =
      """
      \tat org.apache.spark.deploy.SparkSubmit.prepareSubmitEnvironment(SparkSubmit.scala:364)
      \tat org.apache.spark.deploy.SparkSubmit.org$apache$spark$deploy$SparkSubmit$$runMain(SparkSubmit.scala:969)
      \tat org.apache.spark.deploy.SparkSubmit$$anon$2.doSubmit(SparkSubmit.scala:1151)
      \tat org.apache.spark.deploy.SparkSubmit$.main(SparkSubmit.scala:1160)
      \tat org.apache.spark.deploy.SparkSubmit.main(SparkSubmit.scala)
      """;

  /** Between spark-submit and the code that it calls. */
  private static final String CALLED =
      """
      \tat java.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke0(Native Method)
      \tat java.base/java.lang.reflect.Method.invoke(Method.java:569)
      \tat org.apache.spark.deploy.JavaMainApplication.start(SparkApplication.scala:52)
      """;

  @Test
  void a_setting_of_the_environment_that_stops_spark_submit_is_reported_with_its_cause()
      throws IOException {
    List<String> cause =
        causeOf(
            """
            Exception in thread "main" java.lang.IllegalArgumentException: java.net.URISyntaxException: Relative path in absolute URI: ${env.LOCAL_DIRS:-/mnt/s3}/s3a
            \tat org.apache.hadoop.fs.Path.initialize(Path.java:263)
            \tat org.apache.hadoop.fs.s3a.S3AFileSystem.initialize(S3AFileSystem.java:560)
            \tat org.apache.spark.util.DependencyUtils$.downloadFile(DependencyUtils.scala:264)
            """
                + SUBMIT
                + """
                \tat localcloud.emr.StepProcess.main(StepProcess.java:44)
                Caused by: java.net.URISyntaxException: Relative path in absolute URI: ${env.LOCAL_DIRS:-/mnt/s3}/s3a
                \tat java.base/java.net.URI.checkPath(URI.java:1990)
                \t... 24 more
                """);

    assertThat(cause).first().asString().contains("URISyntaxException: Relative path");
    assertThat(SubmitFailure.explains(cause)).isTrue();
    assertThat(SubmitFailure.lacksCode(cause)).isFalse();
  }

  @Test
  void what_the_users_code_throws_is_his_also_where_only_its_cause_is_in_it() throws IOException {
    String failed = "Exception in thread \"main\" java.lang.IllegalStateException: no orders\n";

    assertThat(
            SubmitFailure.explains(
                causeOf(failed + "\tat com.acme.Orders.main(Orders.java:9)\n" + CALLED + SUBMIT)))
        .isFalse();
    assertThat(
            SubmitFailure.explains(
                causeOf(
                    failed
                        + "\tat org.apache.spark.examples.Pi.main(Pi.scala:9)\n"
                        + CALLED
                        + SUBMIT)))
        .isFalse();
    assertThat(
            SubmitFailure.explains(
                causeOf(
                    "Exception in thread \"main\" java.lang.ExceptionInInitializerError\n"
                        + "\tat java.base/java.lang.Class.forName0(Native Method)\n"
                        + SUBMIT
                        + "Caused by: java.lang.NullPointerException: settings\n"
                        + "\tat com.acme.Orders.<clinit>(Orders.java:7)\n")))
        .isFalse();
  }

  @Test
  void a_jar_that_cannot_be_read_or_is_for_a_newer_java_is_code_that_lacks() throws IOException {
    List<String> denied =
        causeOf(
            "Exception in thread \"main\" java.nio.file.AccessDeniedException: s3a://code/a.jar:"
                + " getFileStatus on s3a://code/a.jar: Forbidden (Service: S3, Status Code: 403)\n"
                + "\tat org.apache.hadoop.fs.s3a.S3AUtils.translateException(S3AUtils.java:255)\n"
                + SUBMIT);
    List<String> newer =
        causeOf(
            "Exception in thread \"main\" java.lang.UnsupportedClassVersionError: com/acme/Orders has"
                + " been compiled by a more recent version of the Java Runtime\n"
                + "\tat java.base/java.lang.ClassLoader.defineClass1(Native Method)\n"
                + SUBMIT);

    assertThat(List.of(denied, newer)).allMatch(SubmitFailure::lacksCode);
    assertThat(SubmitFailure.lacksCode(causeOf("Error: Failed to load class com.acme.Absent.\n")))
        .isTrue();
    assertThat(
            SubmitFailure.lacksCode(
                causeOf(
                    "Exception in thread \"main\" java.io.FileNotFoundException: s3a://landing/a.csv\n"
                        + "\tat com.acme.Orders.main(Orders.java:9)\n"
                        + CALLED
                        + SUBMIT)))
        .isFalse();
  }

  @Test
  void a_full_disk_before_anything_ran_is_no_code_that_lacks() throws IOException {
    List<String> full =
        causeOf(
            "Exception in thread \"main\" java.io.IOException: No space left on device\n"
                + "\tat java.base/java.io.FileOutputStream.writeBytes(Native Method)\n"
                + SUBMIT);

    assertThat(SubmitFailure.explains(full)).isTrue();
    assertThat(SubmitFailure.lacksCode(full)).isFalse();
  }

  @Test
  void a_container_that_yarn_could_not_start_ran_nothing() throws IOException {
    assertThat(
            SubmitFailure.explains(
                causeOf(
                    """
                    \t diagnostics: Application application_1_0001 failed 2 times due to AM Container for appattempt_1_0001_000002 exited with  exitCode: -1000
                    Failing this attempt.Diagnostics: [2026-11-24 09:20:31.114]No space available in any of the local directories.
                    \t final status: FAILED
                    """)))
        .isTrue();
    assertThat(
            SubmitFailure.explains(
                causeOf(
                    """
                    \t diagnostics: User class threw exception: java.lang.IllegalStateException: no orders
                    \tat com.acme.Orders.main(Orders.java:9)
                    \t final status: FAILED
                    Exception in thread "main" org.apache.spark.SparkException: Application application_1_0001 finished with failed status
                    \tat org.apache.spark.deploy.yarn.Client.run(Client.scala:1324)
                    """
                        + SUBMIT)))
        .isFalse();
  }

  private static List<String> causeOf(String stderr) throws IOException {
    return RootCause.of(new ByteArrayInputStream(stderr.getBytes(UTF_8)));
  }
}
