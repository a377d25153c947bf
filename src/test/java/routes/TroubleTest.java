package routes;

import static org.assertj.core.api.Assertions.assertThat;

import inflight.InFlight;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import run.Attempt;
import run.AttemptState;
import run.ClusterState;
import run.Failure;
import run.FailureKind;
import run.OpenRun;
import run.Run;
import run.RunState;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.ClusterSummary;
import software.amazon.awssdk.services.emr.model.InstanceGroupConfig;
import software.amazon.awssdk.services.emr.model.InstanceRoleType;
import software.amazon.awssdk.services.emr.model.Tag;
import software.amazon.awssdk.services.s3.S3Client;
import store.LandedObjects;
import store.RunStore;
import testing.Api;
import testing.Awaiting;
import testing.LandedRuns;
import testing.LocalCloud;
import testing.TroubledPipelines;

/** What goes wrong in a cloud, made on purpose; the whole service against the stand-ins. */
@QuarkusTest
@TestProfile(TroubledPipelines.class)
@QuarkusTestResource(
    value = LocalCloud.class,
    restrictToAnnotatedClass = true,
    initArgs =
        @ResourceArg(
            name = "remembers",
            value = "_work/forgotten/run=r-20261122T120000-00002a/manifest.json"))
class TroubleTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int OK = 200;
  private static final int CONFLICT = 409;

  @TestHTTPResource("/")
  URI service;

  @Inject RunStore runs;
  @Inject LandedObjects objects;
  @Inject LandedRuns landed;
  @Inject InFlight inFlight;
  @Inject S3Client s3;
  @Inject EmrClient emr;
  LocalCloud cloud;

  @AfterEach
  void noMoreTrouble() {
    cloud.spare();
  }

  @Test
  void a_shortage_of_machines_gets_a_cluster_on_the_next_rung_and_the_first_one_is_ended() {
    cloud.strike(
        """
        {"service":"EMR", "match":"shortage", "does":"no-capacity", "instanceTypes":["m6g.xlarge"], "times":0}""");
    cloud.doWithoutSpark();

    OpenRun run = landed.ended(land("shortage"));

    assertThat(run.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(run.attempts()).hasSize(2);
    assertThat(run.attempts().get(0).failure().map(Failure::kind)).contains(FailureKind.CAPACITY);
    assertThat(run.attempts()).allSatisfy(this::isEnded);
    assertThat(run.attempts().get(1).intent().rung()).isEqualTo(1);
  }

  @Test
  void a_request_that_emr_refuses_fails_in_emrs_words_with_its_property_and_no_other_is_sent()
      throws IOException, InterruptedException {
    String key = land("unfit");

    OpenRun run = landed.ended(key);

    assertThat(run.run().state()).isEqualTo(RunState.FAILED);
    assertThat(run.attempts()).hasSize(1);
    assertThat(run.attempts().get(0).clusterId()).isEmpty();
    assertThat(named(run.attempts().get(0).clusterName())).isEmpty();
    Failure failure = run.run().outcome().orElseThrow().failure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.VALIDATION);
    assertThat(failure.message()).startsWith("EMR refused the cluster: The idle timeout must be");
    assertThat(failure.remedy())
        .isEqualTo(
            "Correct what EMR names in pipelines.unfit.cluster.request (src/test/resources/cluster/requests/unfit.json) or pipelines.unfit.cluster.* (GET /api/pipelines/unfit/plan shows the whole request); then retry the run (POST /api/runs/%s/retry)",
            run.run().id());
    assertThat(get("api/pipelines/unfit/plan")).contains("\"IdleTimeout\":59");
  }

  @Test
  void a_lost_answer_to_run_job_flow_leaves_one_cluster_which_is_adopted() {
    cloud.strike(
        """
        {"service":"EMR", "operation":"RunJobFlow", "match":" lost ", "does":"lose-reply"}""");
    cloud.doWithoutSpark();

    OpenRun run = landed.ended(land("lost"));

    assertThat(run.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(run.attempts()).hasSize(1);
    assertThat(named(run.attempts().get(0).clusterName())).hasSize(1);
  }

  @Test
  void a_call_that_never_arrived_is_an_attempt_of_its_own_and_the_next_one_has_the_cluster() {
    cloud.strike(
        """
        {"service":"EMR", "operation":"RunJobFlow", "match":" lost ", "does":"cut"}""");
    cloud.doWithoutSpark();

    OpenRun run = landed.ended(land("lost"));

    assertThat(run.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(run.attempts()).hasSize(2);
    assertThat(run.attempts().get(0).clusterId()).isEmpty();
    assertThat(named(run.attempts().get(0).clusterName())).isEmpty();
    assertThat(named(run.attempts().get(1).clusterName())).hasSize(1);
  }

  @Test
  void a_cancelled_run_is_cancelled_only_when_emr_says_that_its_cluster_is_gone()
      throws IOException, InterruptedException {
    cloud.strike(
        """
        {"service":"EMR", "match":" hangs ", "does":"step-hangs"}""");
    String key = land("hangs");
    Awaiting.until(
        "its step runs", PATIENCE, () -> isIn(key, ClusterState.RUNNING, AttemptState.LAUNCHED));
    emr.setTerminationProtection(
        request ->
            request
                .jobFlowIds(
                    landed.of(key).orElseThrow().attempts().get(0).clusterId().orElseThrow())
                .terminationProtected(true));

    assertThat(post(key, "cancel")).isEqualTo(OK);
    OpenRun run = landed.ended(key);

    assertThat(run.run().state()).isEqualTo(RunState.CANCELLED);
    assertThat(run.attempts()).singleElement().satisfies(this::isEnded);
    assertThat(post(key, "cancel")).isEqualTo(CONFLICT);
    assertThat(post(key, "retry")).isEqualTo(CONFLICT);
  }

  @Test
  void a_failed_step_shown_as_plain_terminated_is_a_failure_and_gets_another_cluster() {
    cloud.strike(
        """
        {"service":"EMR", "match":" plain ", "does":"plain-terminated"}""");
    cloud.doWithoutSpark();

    OpenRun run = landed.ended(land("plain"));

    assertThat(run.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(run.attempts()).hasSize(2);
    assertThat(run.attempts().get(0).failure().map(Failure::kind)).contains(FailureKind.INTERNAL);
  }

  @Test
  void the_log_that_comes_late_says_why_a_step_failed_also_when_the_run_has_long_failed()
      throws IOException, InterruptedException {
    cloud.strike(
        """
        {"service":"EMR", "match":" breaks ", "does":"step-fails", "message":"Exception", "delay":"6s",
         "stderr":"INFO start\\nException in thread \\"main\\" java.lang.IllegalStateException: no such column N\\n\\tat a.B.c(B.java:1)\\n"}""");
    String key = land("breaks");

    OpenRun failed = landed.ended(key);
    assertThat(failed.run().state()).isEqualTo(RunState.FAILED);
    assertThat(failed.run().outcome().orElseThrow().failure().orElseThrow().kind())
        .isEqualTo(FailureKind.INTERNAL);
    awaitLog(key);

    assertThat(get("api/runs/" + failed.run().id()))
        .contains("java.lang.IllegalStateException: no such column N")
        .contains(
            "https://us-east-1.console.aws.amazon.com/emr/home?region=us-east-1#/clusterDetails/j-");
  }

  @Test
  void the_log_of_the_bootstrap_action_that_failed_says_why_and_where()
      throws IOException, InterruptedException {
    cloud.strike(
        """
        {"service":"EMR", "match":" boots ", "does":"bootstrap-failure", "delay":"1s",
         "stderr":"+ aws s3 cp s3://scripts/fonts.zip .\\nfatal error: An error occurred (403): Forbidden\\n"}""");
    String key = land("boots");

    OpenRun failed = landed.ended(key);
    assertThat(failed.run().outcome().orElseThrow().failure().orElseThrow().kind())
        .isEqualTo(FailureKind.BOOTSTRAP);
    awaitLog(key);

    assertThat(get("api/runs/" + failed.run().id()))
        .contains("fatal error: An error occurred (403): Forbidden")
        .containsPattern("prefix=_work/logs/j-\\w+/node/i-\\w+/bootstrap-actions/1/");
  }

  @Test
  void a_load_that_failed_is_retried_without_another_cluster()
      throws IOException, InterruptedException {
    cloud.strike(
        """
        {"service":"Snowflake", "operation":"Query", "match":"REFUSED", "does":"error", "status":200, "code":"003001",
         "message":"Insufficient privileges", "times":0}""");
    cloud.doWithoutSpark();
    String key = land("refused");
    OpenRun failed = landed.ended(key);
    assertThat(failed.run().outcome().orElseThrow().failure().orElseThrow().kind())
        .isEqualTo(FailureKind.WAREHOUSE);
    cloud.spare();

    assertThat(post(key, "retry")).isEqualTo(OK);
    OpenRun run = landed.ended(key);

    assertThat(run.run().id()).isEqualTo(failed.run().id());
    assertThat(run.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(run.attempts()).hasSize(1);
  }

  @Test
  void what_exceeds_a_limit_waits_in_order_and_visibly() throws IOException, InterruptedException {
    cloud.strike(
        """
        {"service":"EMR", "match":" narrow ", "does":"step-hangs", "times":0}""");
    String first = land("narrow");
    Awaiting.until("the first has a cluster", PATIENCE, () -> hasACluster(first));
    String second = land("narrow");
    Awaiting.until(
        "the second waits",
        PATIENCE,
        () ->
            landed
                .of(second)
                .filter(open -> open.run().state() == RunState.QUEUED)
                .filter(open -> place(open.run()).isPresent())
                .isPresent());
    assertThat(get("api/clusters"))
        .contains(
            "\"pipeline\":\"narrow\"",
            "\"run\":\"%s\"".formatted(landed.of(first).orElseThrow().run().id()),
            "in the EMR console");
    assertThat(get("api/runs/" + landed.of(second).orElseThrow().run().id()))
        .contains("\"phases\":[{\"kind\":\"WAITING\"");

    assertThat(post(first, "cancel")).isEqualTo(OK);

    assertThat(landed.ended(first).run().state()).isEqualTo(RunState.CANCELLED);
    Awaiting.until("the second has a cluster", PATIENCE, () -> hasACluster(second));
    assertThat(post(second, "cancel")).isEqualTo(OK);
    landed.ended(second);
  }

  @Test
  void an_orphan_cluster_of_this_installation_is_terminated_and_anothers_is_left_alone()
      throws IOException, InterruptedException {
    cloud.strike(
        """
        {"service":"EMR", "match":" orphan ", "does":"step-hangs", "times":0}""");
    String run = " orphan r-20261122T120000-00002a attempt-1";
    String ours = cluster("transient-pipelines" + run, "transient-pipelines", runs.id());
    String named = cluster("transient-pipelines" + run, "somebody-else", runs.id());
    String twin = cluster("transient-pipelines" + run, "transient-pipelines", "another-store");
    String other = cluster("another" + run, "another", "another-store");

    Awaiting.until("the orphan is gone", PATIENCE, () -> state(ours).isGone());

    assertThat(state(named)).isEqualTo(ClusterState.WAITING);
    assertThat(state(twin)).isEqualTo(ClusterState.WAITING);
    assertThat(state(other)).isEqualTo(ClusterState.WAITING);
    assertThat(new Api(service).get("api/orphan-clusters").body())
        .containsPattern(named + "\"[^}]*\"LEFT_ALONE\"")
        .containsPattern(twin + "\"[^}]*\"LEFT_ALONE\"");
    emr.terminateJobFlows(request -> request.jobFlowIds(named, twin, other));
  }

  @Test
  void what_a_run_store_that_is_lost_has_loaded_is_not_loaded_again()
      throws IOException, InterruptedException {
    land("forgotten");

    Awaiting.until(
        "the service says why it takes nothing",
        PATIENCE,
        () ->
            inFlight
                .listings()
                .trouble("forgotten")
                .filter(trouble -> trouble.message().contains("r-20261122T120000-00002a"))
                .isPresent());
    assertThat(objects.waiting("forgotten", 10)).isEmpty();
    assertThat(get("api/pipelines"))
        .contains("pipelines.forgotten.landing.accept-unknown-runs=true");
    assertThat(get("api/pipelines/forgotten")).contains("\"state\":\"FAILING\"");
  }

  /** Lands one row, and returns the object's key. */
  private String land(String pipeline) {
    String key = pipeline + "/" + System.nanoTime() + ".csv";
    s3.putObject(request -> request.bucket("landing").key(key), RequestBody.fromString("1\n"));
    return key;
  }

  private void awaitLog(String key) {
    Awaiting.until(
        "the log has been read",
        PATIENCE,
        () -> landed.of(key).orElseThrow().attempts().get(0).rootCause().isPresent());
  }

  private boolean hasACluster(String key) {
    return landed.of(key).flatMap(OpenRun::lastAttempt).flatMap(Attempt::clusterId).isPresent();
  }

  private boolean isIn(String key, ClusterState state, AttemptState attempt) {
    return landed
        .of(key)
        .flatMap(OpenRun::lastAttempt)
        .filter(last -> last.state() == attempt)
        .flatMap(Attempt::cluster)
        .filter(cluster -> cluster.state() == state)
        .isPresent();
  }

  private Optional<String> place(Run run) {
    try {
      return Optional.of(get("api/runs/" + run.id())).filter(body -> body.contains("\"place\":1"));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void isEnded(Attempt attempt) {
    assertThat(attempt.state()).isEqualTo(AttemptState.ENDED);
    assertThat(state(attempt.clusterId().orElseThrow()).isGone()).isTrue();
  }

  private ClusterState state(String cluster) {
    return ClusterState.valueOf(
        emr.describeCluster(request -> request.clusterId(cluster))
            .cluster()
            .status()
            .stateAsString());
  }

  private List<String> named(String name) {
    return emr.listClustersPaginator().clusters().stream()
        .filter(cluster -> cluster.name().equals(name))
        .map(ClusterSummary::id)
        .toList();
  }

  private String cluster(String name, String installation, String store) {
    return emr.runJobFlow(
            request ->
                request
                    .name(name)
                    .releaseLabel("emr-7.13.0")
                    .serviceRole("EMR_DefaultRole")
                    .jobFlowRole("EMR_EC2_DefaultRole")
                    .tags(
                        Tag.builder()
                            .key("transient-pipelines:installation")
                            .value(installation)
                            .build(),
                        Tag.builder().key("transient-pipelines:store").value(store).build())
                    .instances(
                        instances ->
                            instances
                                .keepJobFlowAliveWhenNoSteps(true)
                                .instanceGroups(
                                    InstanceGroupConfig.builder()
                                        .instanceRole(InstanceRoleType.MASTER)
                                        .instanceType("m6g.xlarge")
                                        .instanceCount(1)
                                        .build())))
        .jobFlowId();
  }

  private int post(String key, String wish) throws IOException, InterruptedException {
    return new Api(service).post(landed.of(key).orElseThrow().run().id(), wish);
  }

  private String get(String path) throws IOException, InterruptedException {
    return new Api(service).get(path).body();
  }
}
