package configuration;

import static configuration.Reading.pipeline;
import static configuration.Reading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import contract.JobDescription.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pipeline.Pipeline;
import testing.Configuration;

/** What a pipeline's SQL may be, and where. */
class TransformPropertiesTest {

  @TempDir Path folder;

  @Test
  void sql_in_a_file_is_read_at_start_and_a_byte_order_mark_is_no_part_of_it() throws IOException {
    Path file = Files.writeString(folder.resolve("my query.sql"), "\uFEFFSELECT 'ü' AS A\n");

    Pipeline pipeline = pipeline(with("transform.sql-file", file.toString()));

    assertThat(pipeline.transform().orElseThrow().sql()).contains("SELECT 'ü' AS A\n");
  }

  @Test
  void files_that_cannot_be_used_are_reported_together() throws IOException {
    Path latin = folder.resolve("latin.sql");
    Files.write(latin, "SELECT 'ü'".getBytes(StandardCharsets.ISO_8859_1));
    Path empty = Files.writeString(folder.resolve("empty.sql"), " \n");
    Configuration configuration =
        with("transform.views", "a, b, c")
            .with("pipelines.x.transform.view.a.sql-file", latin.toString())
            .with("pipelines.x.transform.view.b.sql-file", empty.toString())
            .with("pipelines.x.transform.view.c.sql-file", "s3://bucket/folder/")
            .with("pipelines.x.transform.sql-file", "classpath:sql/absent.sql")
            .with("pipelines.x.checks.c.sql-file", folder + "/absent.sql");

    assertThat(problems(configuration))
        .containsExactly(
            "pipelines.x.transform.view.a.sql-file is '%s', which is not UTF-8; save it as that"
                .formatted(latin),
            "pipelines.x.transform.view.b.sql-file is '%s', which is empty; write one query of Spark SQL into it"
                .formatted(empty),
            "pipelines.x.transform.view.c.sql-file is 's3://bucket/folder/'; write s3://bucket/key, the key of one object",
            "pipelines.x.transform.sql-file is 'classpath:sql/absent.sql', and the service carries no such resource; put it into src/main/resources/sql/absent.sql and build again, or name a path",
            "pipelines.x.checks.c.sql-file is '%s/absent.sql', and there is no such file; name one by its path, beginning with / or from the working directory %s, or by s3:// or classpath:"
                .formatted(folder, Path.of("").toAbsolutePath()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,a|has 'a', which is another view's name (landed and curated are the job's own); give each its own, not in upper and lower case alone",
        "a,A|has 'A', which is another view's name (landed and curated are the job's own); give each its own, not in upper and lower case alone",
        "Landed|has 'Landed', which is another view's name (landed and curated are the job's own); give each its own, not in upper and lower case alone",
        "a,,b|has ''; write names of up to 64 letters, digits and underscores with commas between them, for instance cleaned, daily",
        "a-b|has 'a-b'; write names of up to 64 letters, digits and underscores with commas between them, for instance cleaned, daily"
      })
  void impossible_names_of_views_are_refused(String views, String problem) {
    assertThat(problems(with("transform.views", views)))
        .containsExactly("pipelines.x.transform.views " + problem);
  }

  @Test
  void views_without_a_query_a_query_without_a_view_and_views_without_an_end_are_refused() {
    Configuration configuration =
        with("transform.views", "a").with("pipelines.x.transform.view.b.sql", "SELECT 1");

    assertThat(problems(configuration))
        .containsExactly(
            "pipelines.x.transform.view.a.sql is not set; write one query of Spark SQL, or name a file that has it with transform.view.a.sql-file",
            "pipelines.x.transform.view.b.sql is of a view that transform.views does not have; that property names the views in their order",
            "pipelines.x.transform.sql is not set; write one query of Spark SQL, or name a file that has it with transform.sql-file");
  }

  @Test
  void a_query_that_is_written_twice_is_refused() {
    assertThat(
            problems(
                with("transform.sql", "SELECT 1")
                    .with("pipelines.x.transform.sql-file", "s3://sql/a.sql")))
        .containsExactly("pipelines.x.transform.sql and transform.sql-file are both set; keep one");
  }

  @Test
  void impossible_checks_are_refused() {
    Configuration configuration =
        with("checks.a.severity", "warn")
            .with("pipelines.x.checks.b", "SELECT 1")
            .with("pipelines.x.checks.b.severity", "error")
            .with("pipelines.x.checks.b.severty", "warn");

    assertThat(problems(configuration))
        .containsExactly(
            "pipelines.x.checks.a is not set; write one query of Spark SQL, or name a file that has it with checks.a.sql-file",
            "pipelines.x.checks.b.severity is 'error'; write one of fail, warn",
            "pipelines.x.checks.b.severty is not a property that this service knows; did you mean pipelines.x.checks.b.severity?");
    assertThat(problems(Configuration.ofPipeline("x").with("checks.a", "SELECT 1")))
        .containsExactly(
            "checks.a is not a property that this service knows; did you mean pipelines.<name>.checks.a?");
  }

  @Test
  void an_environment_variable_changes_a_check_that_a_file_describes() {
    Map<String, String> environment = Map.of("PIPELINES_X_CHECKS_A_SEVERITY", "fail");

    Pipeline pipeline =
        Reading.of(
                with("checks.a", "SELECT 1")
                    .with("pipelines.x.checks.a.severity", "warn")
                    .config(environment))
            .pipelines
            .all()
            .get(0);

    assertThat(pipeline.checks())
        .singleElement()
        .satisfies(check -> assertThat(check.severity()).isEqualTo(Severity.FAIL));
  }

  private static Configuration with(String property, String value) {
    return Configuration.ofPipeline("x").with("pipelines.x." + property, value);
  }
}
