package routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import run.AttemptState;
import run.ClusterState;
import run.FailureKind;
import run.OpenRun;
import run.Run;
import run.RunState;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import store.LandedObjects;
import testing.Api;
import testing.Awaiting;
import testing.LandedRuns;
import testing.LocalCloud;
import testing.Resource;
import testing.SecondPipeline;

/** The whole service against the stand-ins: real SDK, real Spark, real Snowflake driver. */
@QuarkusTest
@TestProfile(SecondPipeline.class)
@QuarkusTestResource(value = LocalCloud.class, restrictToAnnotatedClass = true)
class OneFileOneTableTest {

  private static final Path IRIS = Path.of("local-cloud/src/main/resources/iris/iris.data");

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int OK = 200;
  private static final int CONFLICT = 409;

  @TestHTTPResource("/")
  URI service;

  @TestHTTPResource(value = "/", management = true)
  URI management;

  @Inject LandedObjects objects;
  @Inject LandedRuns landed;
  @Inject S3Client s3;
  @Inject EmrClient emr;

  @Inject
  @Named("warehouse")
  DataSource warehouse;

  @BeforeEach
  void the_check_of_the_flowers_is_an_object() {
    s3.putObject(
        request -> request.bucket("landing").key("sql/red flowers.sql"),
        RequestBody.fromString(Resource.text("sql/red-flowers.sql")));
  }

  @Test
  void
      a_landed_file_becomes_rows_of_the_table_and_its_cluster_is_gone_while_a_bad_one_fails_by_name()
          throws IOException, SQLException {
    landIris();
    land(
        "flowers/späte lieferung 100%+1.csv",
        "1.5,red\nno number,blue\n".getBytes(StandardCharsets.UTF_8));

    OpenRun good = landed.ended("iris/iris.data");
    OpenRun bad = landed.ended("flowers/späte lieferung 100%+1.csv");

    assertThat(good.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(
            query("SELECT CLASS_NAME, FLOWERS FROM S3_TO_SNOWFLAKE.PUBLIC.IRIS_DATASET ORDER BY 1"))
        .hasSize(3)
        .contains("Iris-versicolor 50", "Iris-virginica 50");
    assertThatTheClusterIsGone(good);

    assertThat(bad.run().state()).isEqualTo(RunState.FAILED);
    assertThat(bad.run().outcome().orElseThrow().failure().orElseThrow())
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
              assertThat(failure.message())
                  .contains(
                      "s3://landing/flowers/späte lieferung 100%+1.csv",
                      "1 (column petal length is not double)", "/rejected/");
            });
    assertThatTheClusterIsGone(bad);
  }

  @Test
  void a_pipeline_that_replaces_reads_the_whole_folder_again_and_shows_the_latest_run_alone()
      throws Exception {
    landIris();
    OpenRun before = landed.ended("iris/iris.data");
    land("iris/one-more.data", "5.1,3.5,1.4,0.2,Iris-setosa\n".getBytes(StandardCharsets.UTF_8));

    Run run = landed.ended("iris/one-more.data").run();

    assertThat(run.objects()).isEqualTo(1);
    assertThat(
            query("SELECT CLASS_NAME, FLOWERS FROM S3_TO_SNOWFLAKE.PUBLIC.IRIS_DATASET ORDER BY 1"))
        .containsExactly("Iris-setosa 51", "Iris-versicolor 50", "Iris-virginica 50");
    Api api = new Api(service);
    assertThat(api.get("api/runs/" + run.id()).body())
        .contains(
            "\"query\":\"SELECT *\\nFROM \\\"S3_TO_SNOWFLAKE\\\".\\\"PUBLIC\\\".\\\"IRIS_DATASET\\\"\\nWHERE \\\"RUN_ID\\\" = '%s'\""
                .formatted(run.id()))
        .contains("{\"CLASS_NAME\":\"Iris-setosa\",\"FLOWERS\":\"51\"}");

    Awaiting.until(
        "the files that the table shows no more are deleted",
        PATIENCE,
        () -> !curatedFiles(before.run()).findAny().isPresent());
    assertThat(curatedFiles(run)).hasSize(1);
    assertThat(query("SELECT CLASS_NAME, FLOWERS FROM S3_TO_SNOWFLAKE.PUBLIC.IRIS_DATASET"))
        .hasSize(3);
    Awaiting.until(
        "it is reported",
        PATIENCE,
        () -> api.get("api/runs/" + before.run().id()).body().contains("\"removedAt\":\""));
  }

  @Test
  void an_empty_file_ends_as_no_data_by_name_and_costs_no_cluster() {
    land("flowers/empty.csv", new byte[0]);

    OpenRun run = landed.ended("flowers/empty.csv");

    assertThat(run.run().state()).isEqualTo(RunState.NO_DATA);
    assertThat(run.run().outcome().orElseThrow().message())
        .contains("s3://landing/flowers/empty.csv");
    assertThat(run.attempts()).isEmpty();
  }

  @Test
  void a_binary_file_fails_by_name_can_be_replayed_and_a_good_one_behind_it_is_loaded()
      throws Exception {
    byte[] binary = new byte[5_000];
    new java.util.Random(53).nextBytes(binary);
    land("flowers/binary.csv", binary);
    land("flowers/good.csv", "1.5,red\n\uFEFF2.5,blue\n?,red\n".getBytes(StandardCharsets.UTF_8));

    OpenRun bad = landed.ended("flowers/binary.csv");
    OpenRun good = landed.ended("flowers/good.csv");

    assertThat(bad.run().state()).isEqualTo(RunState.FAILED);
    assertThat(bad.run().outcome().orElseThrow().message())
        .contains("s3://landing/flowers/binary.csv");
    assertThat(objects.of(bad.run().id())).hasSize(1);
    assertThat(new Api(service).post(good.run().id(), "replay")).isEqualTo(CONFLICT);
    assertThat(new Api(service).post(bad.run().id(), "replay")).isEqualTo(OK);
    assertThat(new Api(service).post(bad.run().id(), "replay")).isEqualTo(CONFLICT);
    Run again = landed.ended("flowers/binary.csv").run();
    assertThat(again.origin().replayOf()).contains(bad.run().id());
    assertThat(new Api(service).get("api/runs/" + again.id()).body())
        .contains("\"replayOf\":\"%s\"".formatted(bad.run().id()));
    assertThat(new Api(service).get("api/runs/" + bad.run().id()).body())
        .contains("\"replayedAs\":\"%s\"".formatted(again.id()));
    assertThat(good.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(new Api(service).get("api/runs/" + good.run().id()).body())
        .as("a check that warns keeps no run from its table")
        .contains(
            "\"checks\":[{\"name\":\"red\",\"severity\":\"WARN\",\"violations\":1,\"firstRows\":[\"{\\\"CLASS\\\":\\\"red\\\",\\\"petal length\\\":1.5}\"]}]");
    assertThat(new Api(service).get("api/runs/" + good.run().id()).body())
        .as("rejected rows are reported of a run that SUCCEEDED too")
        .contains(
            "\"rejected\":{\"uri\":\"s3://curated/_work/flowers/run=%s/attempt=1/rejected/\",\"reasons\":[{\"kind\":\"column petal length is not double\",\"rows\":1,\"uri\":\"s3://landing/flowers/good.csv\",\"example\":\"column petal length is declared double and holds \\\"?\\\"\"}],\"first\":[{\"uri\":\"s3://landing/flowers/good.csv\",\"reason\":\"column petal length is declared double and holds \\\"?\\\"\",\"raw\":\"?,red\"}]}"
                .formatted(good.run().id()));
    assertThat(new Api(service).get("api/runs/" + good.run().id()).body())
        .as("so is what was stripped")
        .contains(
            "\"leftOut\":{\"skippedObjects\":0,\"skipped\":[],\"stripped\":[{\"what\":\"a byte order mark between records\",\"times\":1,\"uri\":\"s3://landing/flowers/good.csv\"}]}");
    assertThat(new Api(management).get("/q/metrics").body())
        .contains("rows_rejected_total{pipeline=\"flowers\"} ")
        .contains("checks_violated_total{check=\"red\",pipeline=\"flowers\",severity=\"WARN\"}");
    assertThat(
            query(
                "SELECT CLASS, \"petal length\" FROM S3_TO_SNOWFLAKE.PUBLIC.\"Flowers\" ORDER BY 1"))
        .containsExactly("blue 2.5", "red 1.5");
    assertThat(
            query(
                "SELECT \"petal length\", SPLIT_PART(METADATA$FILENAME, '/', -2) FROM S3_TO_SNOWFLAKE.PUBLIC.\"Flowers\" WHERE CLASS = 'blue'"))
        .as("classes are folders, and a partition column again")
        .containsExactly("2.5 CLASS=blue");
  }

  private Stream<String> curatedFiles(Run run) {
    return s3
        .listObjectsV2(request -> request.bucket("curated").prefix("iris/run=" + run.id()))
        .contents()
        .stream()
        .map(S3Object::key);
  }

  /** Once for all tests: each run is Spark's start. */
  private void landIris() throws IOException {
    if (landed.of("iris/iris.data").isEmpty()) {
      land("iris/iris.data", Files.readAllBytes(IRIS));
    }
  }

  private void land(String key, byte[] content) {
    s3.putObject(request -> request.bucket("landing").key(key), RequestBody.fromBytes(content));
  }

  private void assertThatTheClusterIsGone(OpenRun open) {
    assertThat(open.attempts())
        .singleElement()
        .satisfies(
            attempt -> {
              assertThat(attempt.state()).isEqualTo(AttemptState.ENDED);
              String state =
                  emr.describeCluster(
                          request -> request.clusterId(attempt.clusterId().orElseThrow()))
                      .cluster()
                      .status()
                      .stateAsString();
              assertThat(ClusterState.valueOf(state).isGone()).isTrue();
            });
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
