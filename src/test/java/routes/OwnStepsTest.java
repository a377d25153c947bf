package routes;

import static org.assertj.core.api.Assertions.assertThat;

import contract.JobResult;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import run.Failure;
import run.FailureKind;
import run.OpenRun;
import run.Run;
import run.RunState;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import testing.Api;
import testing.LandedRuns;
import testing.LocalCloud;
import testing.OwnSteps;

/**
 * Steps of the user's own, against the stand-ins. Each runs real Spark; without it {@code
 * UnusableTest}, {@code WrittenFilesTest} and {@code SubmitFailureTest} judge what they leave.
 */
@Tag("full")
@QuarkusTest
@TestProfile(OwnSteps.class)
@QuarkusTestResource(value = LocalCloud.class, restrictToAnnotatedClass = true)
class OwnStepsTest {

  @TestHTTPResource("/")
  URI service;

  @Inject LandedRuns landed;
  @Inject S3Client s3;

  @Inject
  @Named("warehouse")
  DataSource warehouse;

  @Test
  void a_jar_that_leaves_no_result_file_fills_a_table_by_its_files_footers() throws Exception {
    land("paints/a.csv", "1.5,red\n2.25,deep blue\n0.75,red\n");

    Run run = landed.ended("paints/a.csv").run();

    assertThat(run.state()).as(String.valueOf(run.outcome())).isEqualTo(RunState.SUCCEEDED);
    assertThat(
            query(
                "SELECT COLOUR, SUM(LITRES) FROM S3_TO_SNOWFLAKE.PUBLIC.PAINTS GROUP BY COLOUR ORDER BY 1"))
        .containsExactly("deep blue 2.25", "red 2.25");
    JobResult kept =
        JobResult.read(
            "the result",
            s3.getObjectAsBytes(
                    request ->
                        request
                            .bucket("curated")
                            .key("_work/paints/run=%s/attempt=1/result.json".formatted(run.id())))
                .asUtf8String());
    assertThat(kept.partitionBy()).containsExactly("COLOUR");
    assertThat(kept.rows().written()).isEqualTo(3);
    assertThat(new Api(service).get("api/pipelines/paints/plan").body())
        .contains("\"Paint\"", "/paint.jar\"", "/manifest.json\"", "/attempt=1/\"")
        .contains("or the footers of their Parquet files")
        .doesNotContain("jobDescription", "sparkjob");
  }

  @Test
  void a_step_of_emr_s_own_json_that_writes_nonsense_is_user_code_and_the_file_is_named() {
    s3.putObject(
        request -> request.bucket("landing").key(OwnSteps.JAR_KEY),
        RequestBody.fromFile(OwnSteps.jar()));
    land("walls/a.csv", "1.5,red\n");

    Run run = landed.ended("walls/a.csv").run();

    Failure failure = run.outcome().orElseThrow().failure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.USER_CODE);
    assertThat(failure.message())
        .isEqualTo(
            "The file s3://curated/walls/run=%s/attempt=1/COLOUR=red/part-0.parquet is no Parquet file, or a truncated one"
                .formatted(run.id()));
    assertThat(failure.remedy()).startsWith("Correct pipelines.walls.steps.* and replay the run");
  }

  @Test
  void half_a_result_file_fails_the_run_at_once_and_is_named() {
    land("spoils/a.csv", "1.5,red\n");

    OpenRun open = landed.ended("spoils/a.csv");

    Failure failure = open.run().outcome().orElseThrow().failure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.USER_CODE);
    assertThat(failure.message())
        .startsWith(
            "The file s3://curated/_work/spoils/run=%s/attempt=1/result.json cannot be used. Cannot read the result: "
                .formatted(open.run().id()));
    assertThat(failure.remedy()).startsWith("Let pipelines.spoils.steps.* write a result file");
    assertThat(open.attempts()).hasSize(1);
  }

  @Test
  void a_class_that_the_jar_does_not_have_is_no_users_code_and_is_corrected_where_it_is_named() {
    land("ghosts/a.csv", "1.5,red\n");

    OpenRun open = landed.ended("ghosts/a.csv");

    Failure failure = open.run().outcome().orElseThrow().failure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.VALIDATION);
    assertThat(failure.remedy())
        .startsWith(
            "Correct what spark-submit could not fetch or load of pipelines.ghosts.steps.*");
    assertThat(open.attempts()).hasSize(1);
    assertThat(open.attempts().get(0).rootCause().orElseThrow())
        .contains("Error: Failed to load class Absent.");
  }

  private void land(String key, String content) {
    s3.putObject(
        request -> request.bucket("landing").key(key),
        RequestBody.fromBytes(content.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> query(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = warehouse.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(result.getString(1) + " " + result.getString(2));
      }
    }
    return rows;
  }
}
