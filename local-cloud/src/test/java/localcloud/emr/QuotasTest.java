package localcloud.emr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.EmrException;
import software.amazon.awssdk.services.emr.model.StepConfig;

/**
 * What a client that does not try again sees of an account's quotas.
 *
 * @see <a href="https://docs.aws.amazon.com/general/latest/gr/emr.html">Amazon EMR endpoints and
 *     quotas</a>
 */
class QuotasTest {
  @TempDir Path data;
  private final MovableClock clock = MovableClock.standing();
  private Duration passed = Duration.ZERO;
  private LocalEmr local;
  private EmrClient emr;

  private void start(boolean quotas) throws IOException {
    local = new LocalEmr(data, clock, quotas);
    emr =
        EmrClient.builder()
            .endpointOverride(local.server.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
  }

  @AfterEach
  void stop() throws IOException {
    emr.close();
    local.close();
  }

  @Test
  void eleventh_cluster_of_a_burst_is_throttled_and_not_made() throws IOException {
    start(true);
    times(10, this::runCluster);

    assertThrottled(this::runCluster);

    assertThat(emr.listClusters().clusters()).hasSize(10);
    assertThat(local.server.calls())
        .filteredOn(call -> !call.outcome().equals("OK"))
        .extracting(ApiCall::operation, ApiCall::clusters, ApiCall::outcome, ApiCall::message)
        .containsExactly(tuple("RunJobFlow", "", "ThrottlingException", "Rate exceeded"));
    assertThat(Files.readString(data.resolve("emr/calls.jsonl")))
        .contains("\"outcome\":\"ThrottlingException\",\"message\":\"Rate exceeded\"");
  }

  @Test
  void one_more_cluster_is_made_every_two_seconds() throws IOException {
    start(true);
    times(10, this::runCluster);

    pass(Duration.ofMillis(1_999));
    assertThrottled(this::runCluster);
    pass(Duration.ofMillis(1));
    runCluster();
    assertThrottled(this::runCluster);

    assertThat(emr.listClusters().clusters()).hasSize(11);
  }

  @Test
  void each_operation_has_its_own_quota() throws IOException {
    start(true);
    StepConfig step = LocalEmr.shell(ActionOnFailure.CONTINUE, "true");
    String id = emr.runJobFlow(LocalEmr.longRunning(step).build()).jobFlowId();
    String stepId = local.steps(id).get(0).id();
    pass(Duration.ofMinutes(1));

    assertQuota(10, 1, () -> emr.describeCluster(b -> b.clusterId(id)));
    assertQuota(10, 2, () -> emr.listSteps(b -> b.clusterId(id)));
    assertQuota(10, 2, () -> emr.describeStep(b -> b.clusterId(id).stepId(stepId)));
    assertQuota(20, 2, () -> emr.listClusters());
    assertQuota(10, 2, () -> emr.addJobFlowSteps(b -> b.jobFlowId(id).steps(step)));
    assertQuota(10, 2, () -> emr.terminateJobFlows(b -> b.jobFlowIds(id)));
  }

  @Test
  void throttled_call_is_recorded_with_its_cluster_and_changes_nothing() throws IOException {
    start(true);
    String spared = runCluster();
    String ended = runCluster();
    times(10, () -> emr.terminateJobFlows(b -> b.jobFlowIds(ended)));

    assertThrottled(() -> emr.terminateJobFlows(b -> b.jobFlowIds(spared)));

    assertThat(local.describe(spared).status().stateAsString())
        .isNotIn("TERMINATING", "TERMINATED");
    assertThat(local.server.calls())
        .filteredOn(call -> call.outcome().equals("ThrottlingException"))
        .extracting(ApiCall::operation, ApiCall::clusters)
        .containsExactly(tuple("TerminateJobFlows", spared));
  }

  @Test
  void nothing_is_throttled_unless_configured() throws IOException {
    start(false);

    times(25, this::runCluster);
    times(25, () -> emr.listClusters());

    assertThat(local.server.calls()).extracting(ApiCall::outcome).containsOnly("OK");
  }

  private String runCluster() {
    return emr.runJobFlow(LocalEmr.longRunning().build()).jobFlowId();
  }

  private void pass(Duration time) {
    passed = passed.plus(time);
    clock.forward(passed);
  }

  private void assertQuota(int burst, int secondsForOneMore, Runnable call) {
    times(burst, call);
    assertThrottled(call);
    pass(Duration.ofSeconds(secondsForOneMore).minusMillis(1));
    assertThrottled(call);
    pass(Duration.ofMillis(1));
    call.run();
    assertThrottled(call);
  }

  private static void times(int count, Runnable call) {
    for (int i = 0; i < count; i++) {
      call.run();
    }
  }

  private static void assertThrottled(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            EmrException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ThrottlingException");
              assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("Rate exceeded");
              assertThat(e.isThrottlingException()).isTrue();
            });
  }
}
