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
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import run.Failure;
import run.OpenRun;
import run.Outcome;
import run.Run;
import run.RunId;
import run.RunState;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import store.RunStore;
import store.SentStatements;
import testing.Api;
import testing.Awaiting;
import testing.LandedRuns;
import testing.LocalCloud;
import testing.RefusedLoads;

/** Each way out of a load that fails, followed to the letter; the whole service, the stand-ins. */
@QuarkusTest
@TestProfile(RefusedLoads.class)
@QuarkusTestResource(value = LocalCloud.class, restrictToAnnotatedClass = true)
class RemediesTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int OK = 200;
  private static final int CONFLICT = 409;
  private static final Pattern POST = Pattern.compile("POST /(api/runs/[^/]+/([a-z]+))");

  @TestHTTPResource("/")
  URI service;

  @Inject RunStore runs;
  @Inject SentStatements statements;
  @Inject LandedRuns landed;
  @Inject InFlight inFlight;
  @Inject S3Client s3;

  @Inject
  @Named("warehouse")
  DataSource snowflake;

  LocalCloud cloud;

  @BeforeEach
  void without_spark() {
    cloud.doWithoutSpark();
  }

  @AfterEach
  void noMoreTrouble() {
    cloud.spare();
  }

  private void mend() {
    cloud.spare();
    cloud.doWithoutSpark();
  }

  @Test
  void what_is_in_the_table_and_cannot_be_proven_is_discarded_and_its_objects_are_loaded_once()
      throws Exception {
    refuse("EXTERNAL_TABLE_FILES.*UNPROVEN");
    OpenRun failed = landed.ended(land("unproven"));
    Run run = failed.run();
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.mayBeInTable()).isTrue();
    assertThat(rows("UNPROVEN")).as("the REFRESH had worked").isEqualTo(1);
    assertThat(api().post(run.id(), "replay")).isEqualTo(CONFLICT);
    mend();

    follow(run, "discard");
    awaitState(run.id(), RunState.CANCELLED);
    assertThat(rows("UNPROVEN")).isZero();
    follow(run, "replay");

    OpenRun again = replayOf(run.id());
    assertThat(again.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(rows("UNPROVEN")).isEqualTo(1);
    assertThat(api().post(run.id(), "retry")).isEqualTo(CONFLICT);
  }

  @Test
  void a_load_that_has_registered_nothing_is_cancelled_and_replayed() throws Exception {
    refuse("CREATE EXTERNAL TABLE.*UNREGISTERED");
    String key = land("unregistered");
    Awaiting.until(
        "its load is refused",
        PATIENCE,
        () ->
            landed
                .of(key)
                .filter(open -> open.run().state() == RunState.LOADING)
                .flatMap(open -> inFlight.runs().trouble(open.run().id()))
                .isPresent());
    RunId run = landed.of(key).orElseThrow().run().id();
    assertThat(api().get("api/runs/" + run).body())
        .contains("its table is being prepared; no file is registered yet");

    assertThat(api().post(run, "cancel")).isEqualTo(OK);
    awaitState(run, RunState.CANCELLED);
    mend();
    assertThat(api().post(run, "replay")).isEqualTo(OK);

    assertThat(replayOf(run).run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(rows("UNREGISTERED")).isEqualTo(1);
  }

  @Test
  void a_load_that_is_cancelled_while_a_statement_is_under_way_sends_no_refresh() throws Exception {
    cloud.strike(
        """
        {"service":"Snowflake", "operation":"Query", "match":"CREATE EXTERNAL TABLE.*RACED", "does":"delay", "delay":"10s"}""");
    String key = land("raced");
    Awaiting.until("the statement before it is answered", PATIENCE, () -> isSent(key, "STAGES"));
    RunId run = landed.of(key).orElseThrow().run().id();

    assertThat(api().post(run, "cancel")).isEqualTo(OK);
    awaitState(run, RunState.CANCELLED);

    assertThat(isSent(key, "CREATE EXTERNAL TABLE")).isTrue();
    assertThat(isSent(key, " REFRESH ")).isFalse();
    assertThat(runs.find(run).orElseThrow().run().mayBeInTable()).isFalse();
  }

  @Test
  void a_foreign_file_is_found_before_anything_is_registered_and_the_load_succeeds_without_it()
      throws Exception {
    refuse("CREATE EXTERNAL TABLE.*INVADED");
    String key = land("invaded");
    Awaiting.until("its load is repeated", PATIENCE, () -> isSent(key, "CREATE EXTERNAL TABLE"));
    String foreign =
        "invaded/run=%s/attempt=1/foreign.parquet"
            .formatted(landed.of(key).orElseThrow().run().id());
    putCurated(foreign);
    Run run = landed.ended(key).run();
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(failure(run).message()).contains("not written by a run [foreign.parquet]");
    assertThat(failure(run).remedy()).contains("delete in S3 what the job did not write");
    assertThat(isSent(key, " REFRESH ")).isFalse();
    cloud.spare();

    s3.deleteObject(request -> request.bucket("curated").key(foreign));
    follow(run, "retry");

    awaitState(run.id(), RunState.SUCCEEDED);
  }

  private void putCurated(String key) {
    s3.putObject(request -> request.bucket("curated").key(key), RequestBody.fromString("x"));
  }

  private boolean isSent(String key, String words) {
    return landed.of(key).stream()
        .flatMap(open -> statements.of(open.run().id()).stream())
        .anyMatch(statement -> statement.sql().contains(words));
  }

  @Test
  void a_load_that_no_repetition_fixes_fails_at_once_and_is_retried_when_the_table_is_fixed()
      throws Exception {
    send("CREATE DATABASE IF NOT EXISTS REFUSED");
    send("CREATE TABLE REFUSED.PUBLIC.FOREIGN (N NUMBER(38, 0))");
    Run run = landed.ended(land("foreign")).run();
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(failure(run).message()).contains("is no external table");

    send("DROP TABLE REFUSED.PUBLIC.FOREIGN");
    follow(run, "retry");

    awaitState(run.id(), RunState.SUCCEEDED);
  }

  /** Does what the run's remedy says, at the address that it gives. */
  private void follow(Run run, String way) throws IOException, InterruptedException {
    Matcher post = POST.matcher(failure(run).remedy());
    while (post.find()) {
      if (post.group(2).equals(way)) {
        assertThat(api().post(post.group(1)).statusCode()).isEqualTo(OK);
        return;
      }
    }
    throw new AssertionError("No %s in: %s".formatted(way, failure(run).remedy()));
  }

  private static Failure failure(Run run) {
    return run.outcome().flatMap(Outcome::failure).orElseThrow();
  }

  private OpenRun replayOf(RunId run) {
    RunId again = runs.find(run).orElseThrow().run().replayedAs().orElseThrow();
    Awaiting.until(
        "the replay has ended",
        PATIENCE,
        () -> runs.find(again).orElseThrow().run().state().isFinal());
    return runs.find(again).orElseThrow();
  }

  private void awaitState(RunId run, RunState state) {
    Awaiting.until(
        "run %s is %s".formatted(run, state),
        PATIENCE,
        () -> runs.find(run).orElseThrow().run().state() == state);
  }

  private void refuse(String statement) {
    cloud.strike(
        """
        {"service":"Snowflake", "operation":"Query", "match":"(?s)%s", "does":"error", "status":200, "code":"000603",
         "message":"Processing aborted by error", "times":0}"""
            .formatted(statement));
  }

  /** Lands one row, and returns the object's key. */
  private String land(String pipeline) {
    String key = pipeline + "/" + System.nanoTime() + ".csv";
    s3.putObject(request -> request.bucket("landing").key(key), RequestBody.fromString("1\n"));
    return key;
  }

  private long rows(String table) throws SQLException {
    try (Connection connection = snowflake.getConnection();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("SELECT COUNT(*) FROM REFUSED.PUBLIC." + table)) {
      answer.next();
      return answer.getLong(1);
    }
  }

  private void send(String sql) throws SQLException {
    try (Connection connection = snowflake.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Api api() {
    return new Api(service);
  }
}
