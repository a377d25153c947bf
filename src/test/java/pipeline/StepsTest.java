package pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cluster.step.OwnStep;
import configuration.InvalidConfiguration;
import configuration.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import testing.Configuration;

/** What {@code steps.*} mean. */
class StepsTest {

  private static final String P = "pipelines.p.";

  @TempDir Path folder;

  @Test
  void steps_keep_their_order_and_the_words_of_their_arguments() throws IOException {
    Path json =
        Files.writeString(
            folder.resolve("step.json"),
            "{\"Name\": \"c\", \"HadoopJarStep\": {\"Jar\": \"command-runner.jar\", \"Args\": [\"true\"]}}");

    Steps steps =
        Reading.pipeline(
                withSteps()
                    .with(P + "steps.1.pyspark", "s3://code/first.py")
                    .with(P + "steps.1.args", "{manifest}  --title \"two words\" \"\" a\"\"\"b\"")
                    .with(P + "steps.2.jar", "s3://code/second.jar")
                    .with(P + "steps.2.class", "com.example.Second")
                    .with(P + "steps.3.request", json.toString()))
            .steps();

    assertThat(steps.files()).isEmpty();
    assertThat(steps.own())
        .startsWith(
            new OwnStep.Program(
                "first.py",
                "s3://code/first.py",
                Optional.empty(),
                List.of("{manifest}", "--title", "two words", "", "a\"b")),
            new OwnStep.Program(
                "second.jar", "s3://code/second.jar", Optional.of("com.example.Second"), List.of()))
        .hasSize(3);
  }

  @Test
  void a_local_program_is_staged_under_the_hash_of_its_content() throws IOException {
    Path program = Files.writeString(folder.resolve("job.py"), "print(1)");

    Steps steps =
        Reading.pipeline(withSteps().with(P + "steps.1.pyspark", program.toString())).steps();

    assertThat(steps.files())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.key()).matches("_work/jobs/[0-9a-f]{64}/job[.]py");
              assertThat(new String(file.bytes(), StandardCharsets.UTF_8)).isEqualTo("print(1)");
              assertThat(((OwnStep.Program) steps.own().get(0)).code())
                  .isEqualTo("s3://curated/" + file.key());
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "steps.1.args=a|steps.1 has no pyspark, jar or request; write one of them",
        "steps.1.pyspark=s3://c/a.py;steps.1.jar=s3://c/a.jar|steps.1 has pyspark and jar; write one of them",
        "steps.1.jar=s3://c/a.jar|steps.1.class is not set; name the jar's main class",
        "steps.1.pyspark=s3://c/a.py;steps.1.class=A|steps.1.class is a jar's; a Python file has none",
        "steps.2.pyspark=s3://c/a.py|steps.2 is there without steps.1; number the steps 1, 2, … without a gap",
        "steps.0.pyspark=s3://c/a.py|steps.0.pyspark is no step's; write steps.1.pyspark, steps.1.jar or steps.1.request, and up to steps.20",
        "steps.1.pyspark=s3a://c/a.py|steps.1.pyspark is 's3a://c/a.py'; write s3://bucket/key without blanks",
        "steps.1.pyspark=/no/such.py|steps.1.pyspark is '/no/such.py', and there is no such file",
        "steps.1.pyspark=s3://c/a.jar|steps.1.pyspark is 's3://c/a.jar'; spark-submit wants a name that ends with .py",
        "steps.1.pyspark=s3://c/a.py;steps.1.args=\"a|steps.1.args has a double quote that is not closed",
        "steps.1.pyspark=s3://c/a.py;steps.1.args={in}|steps.1.args has the unknown placeholder {in}; known are {manifest}",
        "steps.1.pyspark=s3://c/a.py;transform.sql=SELECT 1|transform.sql is set beside steps.*, and only the service's own job does what it says",
        "steps.1.pyspark=s3://c/a.py;input.format=csv|input.format is set beside steps.*",
        "steps.1.pyspark=s3://c/a.py;curated.files=1|curated.files is set beside steps.*",
        "steps.1.pysparc=s3://c/a.py|steps.1.pysparc is not a property that this service knows; did you mean pipelines.p.steps.1.pyspark?",
      })
  void what_makes_no_sense_is_refused_by_name(String written, String problem) {
    Configuration configuration = withSteps();
    for (String property : written.split(";", -1)) {
      configuration.with(P + property.split("=", 2)[0], property.split("=", 2)[1]);
    }

    assertThatThrownBy(() -> Reading.pipeline(configuration))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageContaining(P + problem);
  }

  /** The least that a pipeline with steps of its own needs. */
  private static Configuration withSteps() {
    return Configuration.ofPipeline("p").without(P + "input.columns");
  }
}
