package kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import localcloud.Cloud;
import localcloud.emr.EmrServer;
import localcloud.emr.SparkRuntime;
import localcloud.faults.Faults;
import localcloud.s3.S3Server;
import localcloud.snowflake.SnowflakeServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.StepConfig;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A harness that finds nothing must be one that could have: each wrong is planted here. */
class JudgeTest {

  private static final String UNION = " UNION ALL ";
  private static final String SUCCEEDED = "{'pipeline':'lane01','id':'r-1','state':'SUCCEEDED'}";

  private final Lane lane = new Lane("lane01", List.of());
  private final List<AutoCloseable> servers = new ArrayList<>();
  private Cloud cloud;
  private Path buckets;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    Faults faults = new Faults(Clock.systemUTC());
    S3Server s3 = new S3Server(0, folder.resolve("s3"), faults);
    servers.add(s3);
    s3.start();
    s3.createBucket(lane.curatedBucket());
    buckets = s3.root();
    EmrServer emr =
        new EmrServer(
            new EmrServer.Settings(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, false),
            SparkRuntime.load(Path.of("../local-cloud/spark/target/spark.classpath")),
            s3,
            folder,
            Clock.systemUTC(),
            faults);
    servers.add(emr);
    emr.start();
    SnowflakeServer snowflake = new SnowflakeServer(0, s3.root(), faults);
    servers.add(snowflake);
    snowflake.start();
    cloud =
        new Cloud(
            s3.endpoint(),
            emr.endpoint(),
            "jdbc:snowflake://localhost:%d/?ssl=off&account=local".formatted(snowflake.port()),
            URI.create("http://127.0.0.1/"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    lane.land(Instant.EPOCH);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable server : servers) {
      server.close();
    }
  }

  @Test
  void an_object_with_all_its_rows_once_and_one_cluster_that_is_gone_is_good() throws Exception {
    manifest("r-1");
    table(row(1, 0));
    cluster("kills lane01 r-1 attempt-1", "true");

    Judgement judgement = judge(SUCCEEDED);

    assertThat(judgement.findings()).isEmpty();
    assertThat(judgement.isGood()).isTrue();
  }

  @Test
  void an_object_without_rows_or_with_too_few_or_without_a_manifest_is_lost() throws Exception {
    manifest("r-1");
    assertThat(judge(SUCCEEDED).lost()).isEqualTo(1);

    table(row(1, -1));
    assertThat(judge(SUCCEEDED).lost()).isEqualTo(1);

    lane.land(Instant.EPOCH);
    table(row(1, 0) + UNION + row(2, 0));
    Judgement judgement = judge(SUCCEEDED, SUCCEEDED);
    assertThat(judgement.lost()).isEqualTo(1);
    assertThat(judgement.findings()).singleElement().asString().contains("lane01/2.csv");
  }

  @Test
  void an_object_with_two_rows_or_two_manifests_is_doubled() throws Exception {
    manifest("r-1");
    table(row(1, 0) + UNION + row(1, 0));
    assertThat(judge(SUCCEEDED).doubled()).isEqualTo(1);

    table(row(1, 0));
    assertThat(judge(SUCCEEDED).doubled()).isZero();

    manifest("r-2");
    assertThat(judge(SUCCEEDED).doubled()).isEqualTo(1);
  }

  @Test
  void two_clusters_of_a_run_that_ran_to_the_end_are_one_too_many_whatever_their_attempt()
      throws Exception {
    manifest("r-1");
    table(row(1, 0));
    cluster("kills lane01 r-1 attempt-1", "true");
    cluster("kills lane01 r-1 attempt-1", "false");
    assertThat(judge(SUCCEEDED).secondClusters()).isZero();

    cluster("kills lane01 r-1 attempt-2", "true");
    assertThat(judge(SUCCEEDED).secondClusters()).isEqualTo(1);
  }

  @Test
  void a_cluster_that_is_alive_is_leaked_and_counts_as_a_second_one() throws Exception {
    manifest("r-1");
    table(row(1, 0));
    cluster("kills lane01 r-1 attempt-1", "true");
    launch("kills lane01 r-1 attempt-1", "sleep", "600");

    Judgement judgement = judge(SUCCEEDED);

    assertThat(judgement.leaked()).isEqualTo(1);
    assertThat(judgement.secondClusters()).isEqualTo(1);
  }

  @Test
  void a_run_that_did_not_succeed_or_is_one_too_many_counts() throws Exception {
    manifest("r-1");
    table(row(1, 0));

    assertThat(judge().notSucceeded()).isEqualTo(1);
    assertThat(judge(SUCCEEDED, SUCCEEDED).notSucceeded()).isEqualTo(1);
    assertThat(judge(SUCCEEDED.replace("SUCCEEDED", "FAILED")).notSucceeded()).isEqualTo(1);
  }

  private Judgement judge(String... runs) throws SQLException {
    JsonNode all = JsonMapper.shared().readTree(Arrays.toString(runs).replace('\'', '"'));
    return new Judge(cloud).judge(List.of(lane), all);
  }

  /** The table's row for an object of the lane, with so many rows more than were landed. */
  private static String row(int number, int more) {
    Landed landed = new Landed("lane01", number);
    return "SELECT '%s' AS C, %d AS N".formatted(landed.className(), landed.rows() + more);
  }

  private void manifest(String run) {
    Landed landed = lane.landed().get(lane.landed().size() - 1);
    String json =
        "{\"objects\":[{\"uri\":\"s3://%s/%s\"}]}".formatted(lane.landingBucket(), landed.key());
    try (S3Client s3 = cloud.s3Client()) {
      s3.putObject(
          request ->
              request
                  .bucket(lane.curatedBucket())
                  .key("_work/lane01/run=%s/manifest.json".formatted(run)),
          RequestBody.fromString(json));
    }
  }

  /** The lane's table with the rows of a DuckDB query over C and N. */
  private void table(String query) throws Exception {
    Path file = Files.createDirectories(buckets.resolve(lane.curatedBucket() + "/t"));
    run("jdbc:duckdb:", "COPY (%s) TO '%s/rows.parquet' (FORMAT parquet)".formatted(query, file));
    run(
        cloud.signedIn() + "&disablePlatformDetection=true&CLIENT_TELEMETRY_ENABLED=false",
        "CREATE DATABASE IF NOT EXISTS LANE01",
        "CREATE SCHEMA IF NOT EXISTS LANE01.CURATED",
        "CREATE STAGE IF NOT EXISTS LANE01.CURATED.S URL = 's3://curated-lane01/t/'",
        """
        CREATE OR REPLACE EXTERNAL TABLE LANE01.CURATED.FLOWERS (
          CLASS_NAME VARCHAR AS (value:C::VARCHAR), FLOWERS NUMBER AS (value:N::NUMBER))
        LOCATION = @LANE01.CURATED.S FILE_FORMAT = (TYPE = PARQUET)""");
  }

  private static void run(String url, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement jdbc = connection.createStatement()) {
      for (String statement : statements) {
        jdbc.execute(statement);
      }
    }
  }

  /** A cluster that is gone. */
  private void cluster(String name, String... step) {
    String id = launch(name, step);
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> cloud.cluster(id).stateAsString().startsWith("TERMINATED"));
  }

  private String launch(String name, String... step) {
    try (EmrClient emr = cloud.emrClient()) {
      return emr.runJobFlow(
              request ->
                  request
                      .name(name)
                      .releaseLabel("emr-7.13.0")
                      .serviceRole("EMR_DefaultRole")
                      .jobFlowRole("EMR_EC2_DefaultRole")
                      .instances(
                          instances -> instances.masterInstanceType("m5.xlarge").instanceCount(1))
                      .steps(
                          StepConfig.builder()
                              .name("step")
                              .actionOnFailure(ActionOnFailure.TERMINATE_CLUSTER)
                              .hadoopJarStep(jar -> jar.jar("command-runner.jar").args(step))
                              .build()))
          .jobFlowId();
    }
  }
}
