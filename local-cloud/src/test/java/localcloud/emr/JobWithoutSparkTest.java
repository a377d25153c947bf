package localcloud.emr;

import static localcloud.emr.LocalEmr.cluster;
import static localcloud.faults.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.StepConfig;
import software.amazon.awssdk.services.emr.model.StepTimeline;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The fault {@code step-succeeds}: what the service's own job leaves, without Spark. */
class JobWithoutSparkTest {

  private static final String MANIFEST =
      """
      {"version": 1, "pipeline": "paints", "run": "r-1", "objects": [
        {"uri": "s3://landing/paints/it's a.csv", "etag": "e", "size": 9},
        {"uri": "s3://landing/paints/b.csv", "etag": "f", "size": 7}]}""";

  private static final String JOB =
      """
      {"version": 1, "pipeline": "paints", "run": "r-1", "attempt": 2,
       "input": {"format": "csv", "columns": [{"name": "LITRES", "type": "double"}, {"name": "COLOUR", "type": "string"}]},%s
       "output": {"uri": "s3://curated/paints/run=r-1/attempt=2/"},
       "result": {"uri": "s3://curated/_work/result.json"}}""";

  private LocalEmr local;
  @TempDir Path data;

  @BeforeEach
  void start() throws IOException {
    local = new LocalEmr(data);
    local.s3Server.createBucket("landing");
    local.s3Server.createBucket("curated");
    put("landing", "paints/it's a.csv", "1.5,red\n2,blue\n");
    put("landing", "paints/b.csv", "4,green\n");
    put("curated", "_work/manifest.json", MANIFEST);
  }

  @AfterEach
  void stop() throws IOException {
    local.close();
  }

  @Test
  void its_rows_are_one_parquet_file_and_its_result_file_describes_it() throws Exception {
    put("curated", "_work/job.json", JOB.formatted(""));

    String id = run(job(), "0s");

    assertThat(local.awaitEnd(id).status().state()).isEqualTo(ClusterState.TERMINATED);
    String key = "paints/run=r-1/attempt=2/part-00000.parquet";
    assertThat(rows(data.resolve("s3/curated").resolve(key)))
        .containsExactlyInAnyOrder("1.5 red", "2.0 blue", "4.0 green");
    long size = local.s3.headObject(request -> request.bucket("curated").key(key)).contentLength();
    JsonNode told =
        JsonMapper.shared()
            .readTree(
                """
                {"version": 1, "pipeline": "paints", "run": "r-1", "attempt": 2, "status": "SUCCEEDED",
                 "rows": {"read": 3, "written": 3, "rejected": 0},
                 "schema": [{"name": "LITRES", "type": "double"}, {"name": "COLOUR", "type": "string"}],
                 "files": [{"uri": "s3://curated/%s", "size": %d, "rows": 3}], "rejects": []}"""
                    .formatted(key, size));
    assertThat(JsonMapper.shared().readTree(text("_work/result.json")).toString())
        .isEqualTo(told.toString());
  }

  @Test
  void it_runs_as_long_as_it_was_told_to_take() {
    put("curated", "_work/job.json", JOB.formatted(""));
    String id = run(job(), "300ms");

    local.awaitEnd(id);
    StepTimeline took = local.steps(id).get(0).status().timeline();
    assertThat(Duration.between(took.startDateTime(), took.endDateTime()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));
  }

  @Test
  void its_own_limit_ends_it_when_it_takes_longer() {
    assertThat(reason(job(), "2m")).contains("Timed out after 1 seconds");
  }

  @Test
  void a_job_that_has_more_to_do_fails_with_the_reason() {
    put("curated", "_work/job.json", JOB.formatted("\"transform\": {\"sql\": \"SELECT 1\"},"));

    assertThat(reason(job(), "0s")).contains("neither header, transform nor checks");
  }

  @Test
  void another_program_fails_with_the_reason() {
    assertThat(reason(LocalEmr.shell(ActionOnFailure.TERMINATE_CLUSTER, "true"), "0s"))
        .contains("step-succeeds is for the service's own job only");
  }

  private String run(StepConfig step, String takes) {
    order(local.faults, "{'service':'EMR','does':'step-succeeds','takes':'" + takes + "'}");
    return local.run(cluster(step));
  }

  private String reason(StepConfig step, String takes) {
    String id = run(step, takes);
    assertThat(local.awaitEnd(id).status().state()).isEqualTo(ClusterState.TERMINATED_WITH_ERRORS);
    return local.steps(id).get(0).status().failureDetails().reason();
  }

  private static StepConfig job() {
    return LocalEmr.step(
        ActionOnFailure.TERMINATE_CLUSTER,
        "timeout",
        "1",
        "spark-submit",
        "--class",
        "Job",
        "s3://curated/job.jar",
        "s3://curated/_work/manifest.json",
        "s3://curated/_work/job.json");
  }

  private void put(String bucket, String key, String text) {
    local.s3Server.put(bucket, key, "text/plain", text.getBytes(StandardCharsets.UTF_8));
  }

  private String text(String key) {
    return local.s3.getObjectAsBytes(request -> request.bucket("curated").key(key)).asUtf8String();
  }

  private static List<String> rows(Path parquet) throws Exception {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT LITRES, COLOUR FROM '%s'".formatted(parquet))) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        all.add(rows.getDouble(1) + " " + rows.getString(2));
      }
      return all;
    }
  }
}
