package actions;

import static org.assertj.core.api.Assertions.assertThat;

import aws.ApiCalls;
import aws.AwsSettings;
import aws.RealClients;
import cluster.emr.CannedGateway;
import cluster.emr.EmrApi;
import cluster.emr.EmrQuotas;
import inflight.Dependencies;
import inflight.Dependencies.Dependency;
import inflight.Dependencies.Probe;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pipeline.Pipelines;
import pipeline.ServiceSettings;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import testing.CannedEmr;
import testing.Iris;
import testing.MovableClock;

/** What counts as an answer of S3, EMR and Snowflake. */
class ProbeDependenciesTest {

  private static final Duration PROBE = Duration.ofSeconds(30);

  private final MovableClock clock = new MovableClock(Iris.NOON);
  private final Dependencies dependencies = new Dependencies(clock);
  private final Buckets s3 = new Buckets();
  private CannedEmr server;
  private EmrClient client;
  private EmrQuotas quotas;
  private ProbeDependencies probe;

  @BeforeEach
  void connect() {
    server = new CannedEmr().on("ListClusters", CannedEmr.answer(200, "{\"Clusters\":[]}"));
    client = RealClients.emr(server.endpoint(), PROBE, new ApiCalls());
    AwsSettings aws = RealClients.settings(server.endpoint(), PROBE);
    quotas = new EmrQuotas(aws, clock);
    probe =
        new ProbeDependencies(
            new Pipelines(
                Map.of("iris", Iris.pipeline(), "other", Iris.pipeline("other", Optional.empty()))),
            s3,
            CannedGateway.over(client, quotas, aws),
            quotas,
            dependencies,
            new ServiceSettings("test", PROBE, PROBE, PROBE, PROBE, 1, PROBE, PROBE, 1),
            new SnowflakeRefusals(SendSqlTest.SETTINGS, clock),
            clock);
  }

  @AfterEach
  void disconnect() {
    client.close();
    server.close();
  }

  @Test
  void s3_is_asked_for_each_bucket_once_and_every_one_that_it_refuses_is_named() {
    s3.refused = Set.of("landing", "curated");
    probe.probeS3();

    assertThat(s3.asked).containsExactlyInAnyOrder("curated", "landing");
    assertThat(trouble(Dependency.S3).orElseThrow())
        .contains("landing: no")
        .contains("; ")
        .contains("curated: no");

    s3.refused = Set.of();
    probe.probeS3();
    assertThat(trouble(Dependency.S3)).isEmpty();
  }

  @Test
  void emr_is_asked_only_where_no_poll_has_asked_lately_and_within_its_quota() {
    dependencies.answered(Dependency.EMR);
    clock.move(PROBE.minusSeconds(1));
    probe.probeEmr();
    assertThat(server.requests("ListClusters")).isEmpty();

    clock.move(Duration.ofSeconds(1));
    while (quotas.take(EmrApi.LIST_CLUSTERS)) {
      assertThat(quotas.has(EmrApi.RUN_JOB_FLOW)).isTrue();
    }
    probe.probeEmr();
    assertThat(server.requests("ListClusters")).isEmpty();

    clock.move(PROBE);
    probe.probeEmr();
    assertThat(server.requests("ListClusters")).hasSize(1);
    assertThat(trouble(Dependency.EMR)).isEmpty();
  }

  @Test
  void emr_that_is_asked_too_often_answers_and_one_that_denies_does_not() {
    server.on("ListClusters", CannedEmr.error(400, "ThrottlingException", "Rate exceeded"));
    probe.probeEmr();
    assertThat(trouble(Dependency.EMR)).isEmpty();

    server.on("ListClusters", CannedEmr.error(400, "AccessDeniedException", "not yours"));
    clock.move(Duration.ofMinutes(10));
    probe.probeEmr();
    assertThat(trouble(Dependency.EMR)).isPresent();
  }

  @Test
  void what_snowflake_refuses_is_reported_with_what_to_do() {
    assertThat(probe.askSnowflake()).isEqualTo("SELECT 1");
    probe.snowflakeFailed(new SQLException("Incorrect username or password", "08001", 390_100));
    assertThat(trouble(Dependency.SNOWFLAKE).orElseThrow())
        .startsWith("Snowflake does not accept user SERVICE with that password");

    probe.askSnowflake();
    probe.snowflakeAnswered();
    assertThat(trouble(Dependency.SNOWFLAKE)).isEmpty();
  }

  @Test
  void a_probe_without_an_answer_is_reported_after_a_while() {
    probe.askSnowflake();
    probe.snowflakeAnswered();
    probe.askSnowflake();
    clock.move(PROBE);

    assertThat(trouble(Dependency.SNOWFLAKE)).contains("It has not answered since " + Iris.NOON);
  }

  /** Why it does not answer; empty when it does. */
  private Optional<String> trouble(Dependency dependency) {
    return dependencies.last(dependency, PROBE).map(Probe::trouble).orElseThrow();
  }

  /** An S3 that is only asked for its buckets. */
  private static final class Buckets implements S3Client {

    private final List<String> asked = new ArrayList<>();
    private Set<String> refused = Set.of();

    @Override
    public HeadBucketResponse headBucket(HeadBucketRequest request) {
      asked.add(request.bucket());
      if (refused.contains(request.bucket())) {
        throw (S3Exception)
            S3Exception.builder().statusCode(403).message(request.bucket() + ": no").build();
      }
      return HeadBucketResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
