package cluster.step;

import static org.assertj.core.api.Assertions.assertThat;

import cluster.request.ClusterSettings;
import cluster.request.RequestFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.KeyValue;
import software.amazon.awssdk.services.emr.model.StepConfig;
import testing.Iris;

/** Steps that a user wrote. */
class OwnStepTest {

  private static final StepValues VALUES =
      new StepValues("s3://c/m.json", "s3://c/out/", "s3://c/r.json", "sales", "r-1", 2);

  @Test
  void a_program_meets_its_deadline_and_gets_every_address() {
    OwnStep step =
        new OwnStep.Program(
            "job.py",
            "s3://code/job.py",
            Optional.empty(),
            List.of("{manifest}", "{output}", "--as={pipeline}/{run}/{attempt}", "{result}"));

    StepConfig request = step.of(VALUES).request(settings());

    assertThat(request.actionOnFailure()).isEqualTo(ActionOnFailure.TERMINATE_CLUSTER);
    assertThat(request.hadoopJarStep().args())
        .containsExactly(
            "timeout",
            "14400",
            "spark-submit",
            "--deploy-mode",
            "cluster",
            "--conf",
            "spark.a={run}",
            "s3://code/job.py",
            "s3://c/m.json",
            "s3://c/out/",
            "--as=sales/r-1/2",
            "s3://c/r.json");
  }

  @Test
  void a_jar_is_started_by_its_class() {
    OwnStep step =
        new OwnStep.Program("a.jar", "s3://c/a.jar", Optional.of("com.example.A"), List.of());

    assertThat(step.of(VALUES).request(Iris.cluster()).hadoopJarStep().args())
        .containsSubsequence("--class", "com.example.A", "s3://c/a.jar");
  }

  @Test
  void a_doubled_brace_is_a_brace() {
    assertThat(Placeholders.filled("{{\"run\": \"{run}\"}} {{{{run}}}}", VALUES))
        .isEqualTo("{\"run\": \"r-1\"} {{run}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ouput}|has the unknown placeholder {ouput}; known are {manifest}, {output}, {result}, {pipeline}, {run}, {attempt}, and a brace itself is written twice",
        "{\"password\": 1}|has a single brace at character 1, which belongs to no placeholder; known are",
        "a } b|has a single brace at character 3",
      })
  void braces_that_mean_nothing_are_refused_without_quoting_a_value(String text, String problem) {
    assertThat(new OwnStep.Program("a", "b", Optional.empty(), List.of("{run}", text)).problem())
        .hasValueSatisfying(
            said -> assertThat(said).startsWith(problem).doesNotContain("password"));
  }

  @Test
  void a_command_of_emr_s_own_json_gets_the_deadline_in_front() {
    StepConfig request =
        request(
            """
            {"Name": "count", "ActionOnFailure": "TERMINATE_JOB_FLOW",
             "HadoopJarStep": {"Jar": "command-runner.jar", "Args": ["spark-submit", "{output}"]}}
            """);

    assertThat(request.name()).isEqualTo("count");
    assertThat(request.actionOnFailure()).isEqualTo(ActionOnFailure.TERMINATE_CLUSTER);
    assertThat(request.hadoopJarStep().args())
        .containsExactly("timeout", "14400", "spark-submit", "s3://c/out/");
  }

  @Test
  void any_other_jar_keeps_all_that_it_says() {
    StepConfig request =
        request(
            """
            {"Name": "old", "HadoopJarStep": {"Jar": "s3://c/old.jar", "MainClass": "Old",
             "Args": ["{run}"], "Properties": [{"Key": "out", "Value": "{output}"}]}}
            """);

    assertThat(request.actionOnFailure()).isEqualTo(ActionOnFailure.TERMINATE_CLUSTER);
    assertThat(request.hadoopJarStep().mainClass()).isEqualTo("Old");
    assertThat(request.hadoopJarStep().args()).containsExactly("r-1");
    assertThat(request.hadoopJarStep().properties())
        .containsExactly(KeyValue.builder().key("out").value("s3://c/out/").build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{]|(step.json): is no JSON at line 1, column 2",
        "{\"Name\": \"a\"}|(step.json): HadoopJarStep.Jar is missing; it is what the step runs",
        "{\"Nam\": \"a\", \"HadoopJarStep\": {\"Jar\": \"a.jar\"}}|(step.json): Nam is not a member that RunJobFlow knows; did you mean Name?",
        "{\"Name\": \"a\", \"ActionOnFailure\": \"CONTINUE\", \"HadoopJarStep\": {\"Jar\": \"a.jar\"}}|(step.json): ActionOnFailure is 'CONTINUE'; a step that fails must end its cluster: write TERMINATE_CLUSTER, or leave it out",
        "{\"Name\": \"a\", \"HadoopJarStep\": {\"Jar\": \"command-runner.jar\"}}|(step.json): HadoopJarStep.Args is missing; command-runner.jar needs a command",
        "{\"Name\": \"a\", \"HadoopJarStep\": {\"Jar\": \"command-runner.jar\", \"Args\": [\"true\"], \"MainClass\": \"A\"}}|(step.json): HadoopJarStep has MainClass or Properties, which command-runner.jar does not use",
      })
  void a_file_that_is_no_sound_step_is_refused_by_member(String text, String problem) {
    StepFile file = StepFile.read(new RequestFile("step.json", text));

    assertThat(file.step()).isEmpty();
    assertThat(file.problems()).containsExactly(problem);
  }

  private static StepConfig request(String json) {
    StepFile file = StepFile.read(new RequestFile("step.json", json));
    assertThat(file.problems()).isEmpty();
    return file.step().orElseThrow().of(VALUES).request(Iris.cluster());
  }

  private static ClusterSettings settings() {
    ClusterSettings iris = Iris.cluster();
    return new ClusterSettings(
        iris.rungs(),
        Duration.ofHours(4),
        iris.startDeadline(),
        iris.bootstrapDeadline(),
        iris.maxAge(),
        iris.maxAttempts(),
        Optional.empty(),
        Map.of("spark.a", "{run}"));
  }
}
