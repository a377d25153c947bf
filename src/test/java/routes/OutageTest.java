package routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import polling.ClusterPoller;
import run.Attempt;
import run.OpenRun;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import store.RunStore;
import testing.AbsentCloud;
import testing.Api;
import testing.Awaiting;
import testing.Records;

/**
 * S3, EMR and Snowflake are out of reach when the service starts, and come later; before they do,
 * the run store fails as well.
 */
@QuarkusTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@QuarkusTestResource(value = AbsentCloud.class, restrictToAnnotatedClass = true)
class OutageTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  @TestHTTPResource("/")
  URI service;

  @TestHTTPResource(value = "/", management = true)
  URI management;

  @Inject RunStore runs;
  @Inject S3Client s3;

  @Inject
  @DataSource("runs")
  AgroalDataSource store;

  AbsentCloud cloud;

  @Test
  @Order(1)
  void a_run_store_that_fails_is_told_in_one_line_by_every_route_that_time_drives()
      throws SQLException {
    try (Records log = new Records()) {
      assertThat(runs.open()).isEmpty();
      execute("ALTER TABLE attempt RENAME TO hidden");
      try {
        for (Class<?> route : List.of(ErrorHandling.class, ClusterPoller.class)) {
          Awaiting.until(
              route + " has met it", PATIENCE, () -> log.count(route, Level.WARNING) > 1);
        }
      } finally {
        execute("ALTER TABLE hidden RENAME TO attempt");
      }

      assertThat(log.thrown()).isEmpty();
    }
  }

  @Test
  @Order(2)
  void the_service_stays_up_says_which_does_not_answer_and_recovers_by_itself()
      throws IOException, InterruptedException {
    Awaiting.until(
        "every probe has failed once",
        PATIENCE,
        () ->
            new Api(management)
                    .get("/q/health/group/dependencies")
                    .body()
                    .split("\"trouble\"", -1)
                    .length
                == 4);
    assertThat(new Api(management).get("/q/health/group/dependencies").statusCode())
        .isEqualTo(UNAVAILABLE);
    for (String probe : new String[] {"live", "ready", "started"}) {
      HttpResponse<String> health = new Api(management).get("/q/health/" + probe);
      assertThat(health.statusCode()).isEqualTo(OK);
      assertThat(health.body())
          .contains("\"list-landing\"", "\"launch-cluster\"", "\"load\"")
          .doesNotContain("\tat ");
    }

    cloud.turnOn();

    Awaiting.until(
        "the dependencies are up",
        PATIENCE,
        () -> new Api(management).get("/q/health/group/dependencies").statusCode() == OK);
    s3.putObject(
        request -> request.bucket("landing").key("iris/iris.data"),
        RequestBody.fromFile(Path.of("local-cloud/src/main/resources/iris/iris.data")));
    Awaiting.until("the object has a run with a cluster", PATIENCE, this::hasACluster);
    assertThat(new Api(management).get("/q/metrics").body())
        .contains("runs{pipeline=\"iris\",state=\"PROCESSING\"}")
        .contains("landed_objects_total{pipeline=\"iris\"} 1.0")
        .contains("api_calls_total{operation=\"RunJobFlow\",outcome=\"ok\",service=\"EMR\"} 1.0")
        .contains("run_state_seconds_sum{pipeline=\"iris\",state=\"COLLECTED\"}");
    assertThat(new Api(service).get("api/runs").body())
        .contains("\"pipeline\":\"iris\"", "\"clusterId\":\"j-");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = store.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private boolean hasACluster() {
    return runs.open().stream()
        .map(OpenRun::lastAttempt)
        .anyMatch(attempt -> attempt.flatMap(Attempt::clusterId).isPresent());
  }
}
