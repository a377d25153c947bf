package routes;

import static org.assertj.core.api.Assertions.assertThat;

import inflight.InFlight;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import run.OpenRun;
import run.RunState;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import store.RunStore;
import testing.Api;
import testing.Awaiting;
import testing.BackfilledPipelines;
import testing.LocalCloud;

/** A backfill of older objects: the whole service against the stand-ins. */
@QuarkusTest
@TestProfile(BackfilledPipelines.class)
@QuarkusTestResource(value = LocalCloud.class, restrictToAnnotatedClass = true)
class BackfillTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String BACKFILLS = "api/pipelines/history/backfills";

  @TestHTTPResource("/")
  URI service;

  @Inject RunStore runs;
  @Inject S3Client s3;
  @Inject InFlight inFlight;

  @Inject
  @Named("warehouse")
  DataSource warehouse;

  LocalCloud cloud;

  @BeforeEach
  void without_spark() {
    cloud.doWithoutSpark();
  }

  @Test
  void what_is_too_old_is_loaded_on_demand_one_cluster_at_a_time_and_never_twice()
      throws IOException, InterruptedException, SQLException {
    for (String name : List.of("2024/a", "2025/a", "2025/b", "2025/c")) {
      s3.putObject(
          request -> request.bucket("landing").key("history/%s.csv".formatted(name)),
          RequestBody.fromString("1\n"));
    }
    Awaiting.until("the prefix was listed", PATIENCE, () -> inFlight.mayCollect("history"));
    long listings = listed();
    Awaiting.until("it was listed again", PATIENCE, () -> listed() > listings);
    assertThat(runs.newest(10)).as("nothing lands by itself").isEmpty();

    String id = begin("?prefix=history/2025/&max-objects=2");
    AtomicLong most = new AtomicLong();
    Awaiting.until(
        "the backfill is done",
        PATIENCE,
        () -> {
          most.accumulateAndGet(
              runs.open().stream().filter(run -> run.run().outcome().isEmpty()).count(), Math::max);
          return answer("api/backfills/" + id).contains("\"state\":\"DONE\"");
        });

    assertThat(most).as("open at once").hasValue(1);
    assertThat(answer("api/backfills/" + id))
        .contains("\"inRange\":3", "\"known\":0", "\"taken\":3", "\"waiting\":0")
        .contains("\"runs\":{\"SUCCEEDED\":2}");
    assertThat(runs.newest(10))
        .extracting(OpenRun::run)
        .allSatisfy(run -> assertThat(run.state()).isEqualTo(RunState.SUCCEEDED))
        .extracting(run -> run.objects())
        .containsExactly(1, 2);
    assertThat(rows()).isEqualTo(3);

    String again = begin("?from=2020-01-01T00:00:00Z&until=2020-01-02T00:00:00Z");
    Awaiting.until(
        "nothing is that old",
        PATIENCE,
        () -> answer("api/backfills/" + again).contains("\"state\":\"DONE\""));
    String rest = begin("?prefix=history/&max-runs=2");
    Awaiting.until(
        "the rest is loaded",
        PATIENCE,
        () -> answer("api/backfills/" + rest).contains("\"state\":\"DONE\""));
    assertThat(answer("api/backfills/" + rest))
        .contains("\"inRange\":4", "\"known\":3", "\"taken\":1");
    assertThat(rows()).isEqualTo(4);
    assertThat(answer(BACKFILLS)).containsSubsequence(rest, again, id);
  }

  @Test
  void a_wish_that_cannot_be_met_is_refused_with_all_that_is_wrong()
      throws IOException, InterruptedException {
    HttpResponse<String> bad =
        new Api(service).post(BACKFILLS + "?prefix=other/&from=yesterday&max-objects=0");
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(bad.body())
        .contains("prefix is 'other/'", "from is 'yesterday'", "max-objects is '0'");
    assertThat(new Api(service).post(BACKFILLS + "?max-run=1").body())
        .contains("unknown query parameters max-run");
    assertThat(new Api(service).post(BACKFILLS).body()).contains("neither prefix nor from");
    assertThat(new Api(service).post("api/pipelines/nobody/backfills").statusCode()).isEqualTo(404);
    assertThat(new Api(service).post("api/backfills/b-1/cancel").statusCode()).isEqualTo(404);
  }

  private String begin(String query) throws IOException, InterruptedException {
    HttpResponse<String> answer = new Api(service).post(BACKFILLS + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return answer.body().replaceAll(".*(b-\\d{8}T\\d{6}-[0-9a-f]{6}).*", "$1");
  }

  private String answer(String path) {
    try {
      return new Api(service).get(path).body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private long listed() {
    return inFlight.listedFrom("history").map(then -> then.toEpochMilli()).orElse(0L);
  }

  private long rows() throws SQLException {
    try (Connection connection = warehouse.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM BACKFILLS.PUBLIC.HISTORY")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
