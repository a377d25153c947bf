package routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import run.AttemptState;
import run.ClusterState;
import run.FailureKind;
import run.OpenRun;
import run.Run;
import run.RunId;
import run.RunState;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.s3.S3Client;
import store.LandedObjects;
import store.RunStore;
import testing.Awaiting;
import testing.LocalCloud;
import testing.SecondPipeline;

/** The whole service against the stand-ins: real SDK, real Spark, real Snowflake driver. */
@QuarkusTest
@TestProfile(SecondPipeline.class)
@QuarkusTestResource(value = LocalCloud.class, restrictToAnnotatedClass = true)
class OneFileOneTableTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Path IRIS = Path.of("local-cloud/src/main/resources/iris/iris.data");

  private static final int OK = 200;
  private static final int CONFLICT = 409;

  @TestHTTPResource("/")
  URI service;

  @Inject RunStore runs;
  @Inject LandedObjects objects;
  @Inject S3Client s3;
  @Inject EmrClient emr;

  @Inject
  @DataSource("warehouse")
  AgroalDataSource warehouse;

  @Test
  void
      a_landed_file_becomes_rows_of_the_table_and_its_cluster_is_gone_while_a_bad_one_fails_by_name()
          throws IOException, SQLException {
    land("iris/iris.data", Files.readAllBytes(IRIS));
    land(
        "flowers/späte lieferung 100%+1.csv",
        "1.5,red\nno number,blue\n".getBytes(StandardCharsets.UTF_8));

    OpenRun good = ended("iris/iris.data");
    OpenRun bad = ended("flowers/späte lieferung 100%+1.csv");

    assertThat(good.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(
            query("SELECT CLASS_NAME, FLOWERS FROM S3_TO_SNOWFLAKE.PUBLIC.IRIS_DATASET ORDER BY 1"))
        .containsExactly("Iris-setosa 50", "Iris-versicolor 50", "Iris-virginica 50");
    assertThatTheClusterIsGone(good);

    assertThat(bad.run().state()).isEqualTo(RunState.FAILED);
    assertThat(bad.run().outcome().orElseThrow().failure().orElseThrow())
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
              assertThat(failure.message())
                  .contains("s3://landing/flowers/späte lieferung 100%+1.csv");
            });
    assertThatTheClusterIsGone(bad);
  }

  @Test
  void an_empty_file_ends_as_no_data_by_name_and_costs_no_cluster() {
    land("flowers/empty.csv", new byte[0]);

    OpenRun run = ended("flowers/empty.csv");

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
    land("flowers/good.csv", "1.5,red\n2.5,blue\n".getBytes(StandardCharsets.UTF_8));

    OpenRun bad = ended("flowers/binary.csv");
    OpenRun good = ended("flowers/good.csv");

    assertThat(bad.run().state()).isEqualTo(RunState.FAILED);
    assertThat(bad.run().outcome().orElseThrow().message())
        .contains("s3://landing/flowers/binary.csv");
    assertThat(objects.of(bad.run().id())).hasSize(1);
    assertThat(replay(good)).isEqualTo(CONFLICT);
    assertThat(replay(bad)).isEqualTo(OK);
    assertThat(replay(bad)).isEqualTo(CONFLICT);
    Run again = ended("flowers/binary.csv").run();
    assertThat(again.replayOf()).contains(bad.run().id());
    assertThat(told(again.id())).contains("\"replayOf\":\"%s\"".formatted(bad.run().id()));
    assertThat(told(bad.run().id())).contains("\"replayedAs\":\"%s\"".formatted(again.id()));
    assertThat(good.run().state()).isEqualTo(RunState.SUCCEEDED);
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

  private int replay(OpenRun open) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(service.resolve("api/runs/%s/replay".formatted(open.run().id())))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private String told(RunId run) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(service.resolve("api/runs/" + run)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private void land(String key, byte[] content) {
    s3.putObject(request -> request.bucket("landing").key(key), RequestBody.fromBytes(content));
  }

  /** The run that took the object, once it is in its last state. */
  private OpenRun ended(String key) {
    Awaiting.until(
        "the run of " + key + " has ended",
        PATIENCE,
        () -> runOf(key).filter(open -> open.run().state().isFinal()).isPresent());
    return runOf(key).orElseThrow();
  }

  private Optional<OpenRun> runOf(String key) {
    return runs.newest(100).stream()
        .filter(
            open ->
                objects.of(open.run().id()).stream().anyMatch(object -> object.key().equals(key)))
        .findFirst();
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
