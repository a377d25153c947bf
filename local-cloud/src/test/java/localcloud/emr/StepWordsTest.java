package localcloud.emr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import localcloud.emr.StepCommand.Limit;
import localcloud.emr.StepCommand.Program;
import localcloud.emr.StepCommand.SparkSubmit;
import localcloud.emr.StepCommand.Unsupported;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How the words of a step are read.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-spark-submit-step.html">Adding
 *     a Spark step</a>
 * @see <a href="https://spark.apache.org/docs/latest/submitting-applications.html">Submitting
 *     applications</a>
 * @see <a
 *     href="https://www.gnu.org/software/coreutils/manual/html_node/timeout-invocation.html">timeout</a>
 */
class StepWordsTest {

  @Test
  void master_and_deploy_mode_become_local_and_the_rest_stays() {
    SparkSubmit submit =
        (SparkSubmit)
            StepWords.parse(
                List.of(
                    "spark-submit",
                    "--master=yarn",
                    "--deploy-mode",
                    "cluster",
                    "--verbose",
                    "--conf",
                    "a=b",
                    "s3://code/app.jar",
                    "--master",
                    "of the application"));

    assertThat(submit.arguments())
        .containsExactly(
            "--master",
            "local[*]",
            "--deploy-mode",
            "client",
            "--verbose",
            "--conf",
            "a=b",
            "s3://code/app.jar",
            "--master",
            "of the application");
    assertThat(submit.limit()).isEmpty();
  }

  @Test
  void a_program_of_python_is_recognised_by_its_name() {
    assertThat(isPython("spark-submit", "--name", "a.py", "s3://code/job.py", "b.jar")).isTrue();
    assertThat(isPython("spark-submit", "--py-files", "a.py", "s3://code/job.jar", "b.py"))
        .isFalse();
  }

  private static boolean isPython(String... words) {
    return ((SparkSubmit) StepWords.parse(List.of(words))).isPython();
  }

  @Test
  void driver_memory_is_the_process_s_memory() {
    assertThat(driverMemory("--driver-memory", "2g")).hasValue("2g");
    assertThat(driverMemory("--conf", "spark.driver.memory=3g")).hasValue("3g");
    assertThat(driverMemory("--executor-memory", "4g")).isEmpty();
  }

  @Test
  void driver_s_java_options_are_the_process_s() {
    SparkSubmit submit =
        (SparkSubmit)
            StepWords.parse(
                List.of("spark-submit", "--driver-java-options", "-Da=b -XX:+UseZGC", "app.jar"));

    assertThat(submit.driverJavaOptions()).containsExactly("-Da=b", "-XX:+UseZGC");
  }

  private static Optional<String> driverMemory(String option, String value) {
    return ((SparkSubmit) StepWords.parse(List.of("spark-submit", option, value, "app.jar")))
        .driverMemory();
  }

  @ParameterizedTest
  @CsvSource({"90, 90000", "1.5, 1500", "2m, 120000", "1h, 3600000", "1d, 86400000", "3s, 3000"})
  void timeout_takes_coreutils_durations(String word, long millis) {
    assertThat(StepWords.parse(List.of("timeout", word, "true")).limit())
        .hasValue(new Limit(Duration.ofMillis(millis), Optional.empty()));
  }

  @Test
  void timeout_may_kill_afterwards() {
    Limit limit = new Limit(Duration.ofSeconds(60), Optional.of(Duration.ofSeconds(5)));

    assertThat(StepWords.parse(List.of("timeout", "-k", "5", "60", "bash", "-c", "x")))
        .isEqualTo(new Program(List.of("bash", "-c", "x"), Optional.of(limit)));
    assertThat(StepWords.parse(List.of("timeout", "--kill-after=5s", "1m", "true")).limit())
        .hasValue(limit);
  }

  @Test
  void what_makes_no_sense_says_so() {
    assertThat(StepWords.parse(List.of())).isInstanceOf(Unsupported.class);
    assertThat(StepWords.parse(List.of("timeout", "soon", "true")))
        .isEqualTo(new Unsupported("timeout: invalid time interval 'soon'"));
    assertThat(StepWords.parse(List.of("timeout", "5"))).isInstanceOf(Unsupported.class);
    assertThat(StepWords.parse(List.of("spark-submit", "--class")))
        .isEqualTo(new Unsupported("spark-submit: the option --class has no value"));
  }
}
