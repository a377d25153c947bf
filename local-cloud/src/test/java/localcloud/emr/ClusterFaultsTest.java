package localcloud.emr;

import static localcloud.emr.LocalEmr.cluster;
import static localcloud.emr.LocalEmr.shell;
import static localcloud.emr.LocalEmr.step;
import static localcloud.faults.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import localcloud.faults.Faults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.ClusterStateChangeReasonCode;
import software.amazon.awssdk.services.emr.model.StepConfig;
import software.amazon.awssdk.services.emr.model.StepState;
import software.amazon.awssdk.services.emr.model.StepStatus;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Clusters and steps that a fault is in store for; {@link CapacityFaultsTest} has those for which
 * there are no machines.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_ClusterStateChangeReason.html">
 *     ClusterStateChangeReason</a>
 */
class ClusterFaultsTest {

  private static final StepConfig WORK = shell(ActionOnFailure.TERMINATE_CLUSTER, "true");

  /** Like no other on this machine, where the same test may run at the same time. */
  private static final String SLEEP = "sleep 1000." + ProcessHandle.current().pid();

  private static final Duration LONGER_THAN_A_START = Duration.ofMillis(800);

  private final MovableClock clock = new MovableClock();

  private LocalEmr local;

  @BeforeEach
  void start(@TempDir Path data) throws IOException {
    local = new LocalEmr(data, clock);
  }

  @AfterEach
  void stop() throws IOException {
    local.close();
  }

  @Test
  void failed_bootstrap_action_ends_the_cluster_and_cancels_its_steps() {
    order(
        local.faults,
        "{'service':'EMR','does':'bootstrap-failure','stderr':'line 3: aws: command not found'}");
    String id = local.run(cluster(WORK));

    local.awaitState(id, ClusterState.BOOTSTRAPPING);

    String primary =
        local.emr.listInstances(b -> b.clusterId(id)).instances().get(0).ec2InstanceId();
    assertEnd(
        id,
        ClusterState.TERMINATED_WITH_ERRORS,
        ClusterStateChangeReasonCode.BOOTSTRAP_FAILURE,
        "On the master instance (%s), bootstrap action 1 returned a non-zero return code"
            .formatted(primary));
    assertThat(local.stepState(id)).isEqualTo(StepState.CANCELLED);
    assertThat(local.describe(id).status().timeline().readyDateTime()).isNull();
    String log = "emr/%s/node/%s/bootstrap-actions/1/stderr.gz".formatted(id, primary);
    LocalEmr.await(() -> text(log) != null);
    assertThat(text(log)).isEqualTo("line 3: aws: command not found");
  }

  @Test
  void internal_error_ends_the_cluster_while_it_starts() {
    order(local.faults, "{'service':'EMR','does':'internal-error'}");

    String id = local.run(cluster(WORK));

    assertEnd(
        id,
        ClusterState.TERMINATED_WITH_ERRORS,
        ClusterStateChangeReasonCode.INTERNAL_ERROR,
        "Failed to start the job flow due to an internal error");
  }

  @Test
  void step_that_hangs_runs_until_the_cluster_is_terminated() {
    order(local.faults, "{'service':'EMR','does':'step-hangs'}");
    String id = local.run(cluster(WORK));
    local.awaitState(id, ClusterState.RUNNING);

    assertStays(id, ClusterState.RUNNING);
    assertThat(local.stepState(id)).isEqualTo(StepState.RUNNING);
    local.terminate(id);

    local.awaitEnd(id);
    assertThat(local.stepState(id)).isEqualTo(StepState.CANCELLED);
  }

  @Test
  void step_that_hangs_meets_its_own_deadline() {
    order(local.faults, "{'service':'EMR','does':'step-hangs'}");

    String id =
        local.run(cluster(step(ActionOnFailure.TERMINATE_CLUSTER, "timeout", "1", "true"), WORK));

    assertEnd(
        id,
        ClusterState.TERMINATED_WITH_ERRORS,
        ClusterStateChangeReasonCode.STEP_FAILURE,
        "Shut down as step failed");
    StepStatus hung = local.steps(id).get(1).status();
    assertThat(hung.state()).isEqualTo(StepState.FAILED);
    assertThat(hung.failureDetails().reason())
        .isEqualTo("Timed out after 1 seconds (exit code 124).");
    assertThat(Duration.between(hung.timeline().startDateTime(), hung.timeline().endDateTime()))
        .isBetween(Duration.ofMillis(950), Duration.ofSeconds(20));
  }

  @Test
  void only_the_first_step_hangs() {
    order(local.faults, "{'service':'EMR','does':'step-hangs'}");

    String id =
        local.run(
            cluster(
                step(ActionOnFailure.CONTINUE, "timeout", "0.2", "true"),
                shell(ActionOnFailure.CONTINUE, "true")));

    local.awaitEnd(id);
    assertThat(local.steps(id))
        .extracting(step -> step.status().state())
        .containsExactly(StepState.COMPLETED, StepState.FAILED);
  }

  @ParameterizedTest
  @EnumSource(
      value = ActionOnFailure.class,
      names = {"TERMINATE_CLUSTER", "CONTINUE"})
  void failed_step_can_be_shown_as_a_cluster_that_ended_without_a_reason(ActionOnFailure action) {
    order(local.faults, "{'service':'EMR','does':'plain-terminated'}");

    String id = local.run(cluster(shell(action, "true")));

    assertEnd(id, ClusterState.TERMINATED, null, null);
    assertThat(local.stepState(id)).isEqualTo(StepState.FAILED);
  }

  @Test
  void step_fails_with_the_requested_message_and_log() throws IOException {
    order(
        local.faults,
        """
        {'service':'EMR','does':'step-fails','message':'Job aborted','delay':'1s',
         'stderr':'Caused by: java.io.IOException: no'}""");
    // A client's first call takes longer than the log.
    local.s3.listObjectsV2(request -> request.bucket(LocalEmr.LOGS));

    String id = local.run(cluster(WORK));

    local.awaitEnd(id);
    StepStatus failed = local.steps(id).get(0).status();
    assertThat(failed.state()).isEqualTo(StepState.FAILED);
    assertThat(failed.failureDetails().reason()).isEqualTo("Unknown Error.");
    assertThat(failed.failureDetails().message()).isEqualTo("Job aborted");
    assertThat(failed.failureDetails().logFile()).isEqualTo("s3://logs/" + key(id, "stderr"));
    assertThat(log(id, "stderr")).isNull();
    LocalEmr.await(() -> log(id, "stderr") != null);
    assertThat(log(id, "stderr")).isEqualTo("Caused by: java.io.IOException: no");
    LocalEmr.await(() -> log(id, "controller") != null);
    assertThat(log(id, "controller")).contains("WARN Step failed with exitCode 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "FAILED", "CANCELLED"})
  void reclaimed_nodes_take_the_cluster_and_its_running_step_with_them(String step) {
    order(
        local.faults,
        "{'service':'EMR','does':'spot-reclaim','delay':'200ms'%s}"
            .formatted(step.isEmpty() ? "" : ",'step':'" + step + "'"));

    String id = local.run(cluster(shell(ActionOnFailure.TERMINATE_CLUSTER, SLEEP), WORK));
    LocalEmr.await(() -> sleepers() > 0);

    assertEnd(
        id,
        ClusterState.TERMINATED_WITH_ERRORS,
        ClusterStateChangeReasonCode.INSTANCE_FAILURE,
        "The master node was terminated. ");
    assertThat(local.steps(id))
        .extracting(s -> s.status().stateAsString())
        .containsExactly("CANCELLED", step.isEmpty() ? "INTERRUPTED" : step);
    assertThat(sleepers()).isZero();
  }

  @Test
  void late_logs_come_after_the_step_has_ended() {
    order(local.faults, "{'service':'EMR','does':'late-logs','delay':'1s'}");

    String id = local.run(cluster(shell(ActionOnFailure.TERMINATE_CLUSTER, "echo done")));

    local.awaitEnd(id);
    assertThat(log(id, "stdout")).isNull();
    LocalEmr.await(() -> log(id, "stdout") != null);
    assertThat(log(id, "stdout")).isEqualTo("done\n");
  }

  @Test
  void fault_of_a_cluster_and_fault_of_its_call_can_meet() {
    order(
        local.faults,
        """
        [{'service':'EMR','does':'step-fails','match':'^struck$'},
         {'service':'EMR','operation':'RunJobFlow','does':'throttle'}]""");

    String spared = local.run(cluster(WORK).name("spared"));
    String struck = local.run(cluster(WORK).name("struck"));

    assertThat(local.awaitEnd(spared).status().state()).isEqualTo(ClusterState.TERMINATED);
    assertThat(local.awaitEnd(struck).status().state())
        .isEqualTo(ClusterState.TERMINATED_WITH_ERRORS);
    // The SDK has repeated the throttled call, which made no cluster.
    assertThat(local.emr.listClusters().clusters()).hasSize(2);
    assertThat(local.faults.standing()).extracting(Faults.Standing::hits).containsExactly(1L, 1L);
  }

  /** For longer than a cluster takes to get further. */
  private void assertStays(String id, ClusterState state) {
    org.awaitility.Awaitility.await()
        .during(LONGER_THAN_A_START)
        .atMost(Duration.ofSeconds(30))
        .until(() -> local.describe(id).status().state() == state);
  }

  private void assertEnd(
      String id, ClusterState state, ClusterStateChangeReasonCode code, String message) {
    Cluster ended = local.awaitEnd(id);
    assertThat(ended.status().state()).isEqualTo(state);
    assertThat(ended.status().stateChangeReason().code()).isEqualTo(code);
    assertThat(ended.status().stateChangeReason().message()).isEqualTo(message);
  }

  private String key(String id, String log) {
    return "emr/%s/steps/%s/%s.gz".formatted(id, local.steps(id).get(0).id(), log);
  }

  private String log(String id, String log) {
    return text(key(id, log));
  }

  /** Null where it has not been delivered. */
  private String text(String key) {
    try (GZIPInputStream in =
        new GZIPInputStream(local.s3.getObject(b -> b.bucket(LocalEmr.LOGS).key(key)))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (NoSuchKeyException e) {
      return null;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static long sleepers() {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").endsWith(SLEEP))
        .count();
  }
}
