package localcloud.emr;

import static localcloud.emr.LocalEmr.cluster;
import static localcloud.emr.LocalEmr.longRunning;
import static localcloud.emr.LocalEmr.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.ClusterStateChangeReasonCode;
import software.amazon.awssdk.services.emr.model.EmrException;
import software.amazon.awssdk.services.emr.model.StepState;
import software.amazon.awssdk.services.emr.model.StepSummary;

/**
 * How a cluster moves through its states, and what its steps' ends do to it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-overview.html#emr-overview-cluster-lifecycle">
 *     Understanding the cluster lifecycle</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_StepConfig.html">StepConfig</a>,
 *     on ActionOnFailure
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_ClusterStateChangeReason.html">
 *     ClusterStateChangeReason</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/ManagementGuide/UsingEMR_TerminationProtection.html">Using
 *     termination protection</a>
 */
class ClusterLifecycleTest {
  @TempDir static Path data;
  static LocalEmr local;

  @BeforeAll
  static void start() throws IOException {
    local = new LocalEmr(data);
  }

  @AfterAll
  static void stop() throws IOException {
    local.close();
  }

  @Test
  void transient_cluster_passes_its_states_and_ends_when_its_steps_are_done() {
    String id = local.run(cluster(shell(ActionOnFailure.TERMINATE_CLUSTER, "sleep 0.2")));
    Set<ClusterState> seen = EnumSet.noneOf(ClusterState.class);
    LocalEmr.await(
        () -> {
          Cluster now = local.describe(id);
          seen.add(now.status().state());
          return now.status().timeline().endDateTime() != null;
        });

    assertThat(seen)
        .contains(
            ClusterState.STARTING,
            ClusterState.BOOTSTRAPPING,
            ClusterState.RUNNING,
            ClusterState.TERMINATED);
    Cluster ended = local.describe(id);
    assertReason(ended, ClusterStateChangeReasonCode.ALL_STEPS_COMPLETED, "Steps completed");
    assertThat(ended.status().timeline().readyDateTime())
        .isAfter(ended.status().timeline().creationDateTime())
        .isBefore(ended.status().timeline().endDateTime());
    assertThat(local.stepState(id)).isEqualTo(StepState.COMPLETED);
  }

  @Test
  void failed_step_shuts_the_cluster_down_and_cancels_the_rest() {
    String id =
        local.run(
            cluster(
                shell(ActionOnFailure.TERMINATE_CLUSTER, "exit 3"),
                shell(ActionOnFailure.TERMINATE_CLUSTER, "true")));

    Cluster ended = local.awaitEnd(id);

    assertThat(ended.status().state()).isEqualTo(ClusterState.TERMINATED_WITH_ERRORS);
    assertReason(ended, ClusterStateChangeReasonCode.STEP_FAILURE, "Shut down as step failed");
    assertThat(local.steps(id))
        .extracting(step -> step.status().state())
        .containsExactly(StepState.CANCELLED, StepState.FAILED);
  }

  @Test
  void failed_step_with_continue_lets_the_next_run_and_is_reported_at_the_end() {
    String id =
        local.run(
            cluster(
                shell(ActionOnFailure.CONTINUE, "exit 3"),
                shell(ActionOnFailure.CONTINUE, "true")));

    Cluster ended = local.awaitEnd(id);

    assertThat(ended.status().state()).isEqualTo(ClusterState.TERMINATED);
    assertReason(ended, ClusterStateChangeReasonCode.STEP_FAILURE, "Steps completed with errors");
    assertThat(local.steps(id))
        .extracting(step -> step.status().state())
        .containsExactly(StepState.COMPLETED, StepState.FAILED);
  }

  @Test
  void failed_step_with_cancel_and_wait_leaves_a_long_running_cluster_waiting() {
    String id =
        local.run(
            longRunning(
                shell(ActionOnFailure.CANCEL_AND_WAIT, "exit 3"),
                shell(ActionOnFailure.CONTINUE, "true")));

    local.awaitState(id, ClusterState.WAITING);

    assertThat(local.steps(id))
        .extracting(step -> step.status().state())
        .containsExactly(StepState.CANCELLED, StepState.FAILED);
    local.terminate(id);
  }

  @Test
  void long_running_cluster_waits_and_takes_further_steps() {
    String id = local.run(longRunning());
    local.awaitState(id, ClusterState.WAITING);

    String step =
        local
            .emr
            .addJobFlowSteps(b -> b.jobFlowId(id).steps(shell(ActionOnFailure.CONTINUE, "true")))
            .stepIds()
            .get(0);

    LocalEmr.await(
        () ->
            local.emr.describeStep(b -> b.clusterId(id).stepId(step)).step().status().state()
                == StepState.COMPLETED);
    local.awaitState(id, ClusterState.WAITING);
    local.terminate(id);
  }

  @Test
  void terminating_ends_the_step_s_processes_and_the_cluster() {
    String id =
        local.run(
            cluster(
                shell(ActionOnFailure.CONTINUE, "trap '' TERM; sleep 1000.25 & sleep 1000.25")));
    LocalEmr.await(() -> sleepers("1000.25") >= 2);

    local.terminate(id);

    assertThat(local.describe(id).status().state()).isEqualTo(ClusterState.TERMINATING);
    Cluster ended = local.awaitEnd(id);
    assertThat(ended.status().state()).isEqualTo(ClusterState.TERMINATED);
    assertReason(ended, ClusterStateChangeReasonCode.USER_REQUEST, "Terminated by user request");
    assertThat(local.stepState(id)).isEqualTo(StepState.CANCELLED);
    assertThat(sleepers("1000.25")).isZero();
  }

  @Test
  void cluster_can_be_terminated_while_it_starts() {
    String id = local.run(cluster(shell(ActionOnFailure.CONTINUE, "true")));

    local.terminate(id);

    assertThat(local.awaitEnd(id).status().timeline().readyDateTime()).isNull();
    assertThat(local.stepState(id)).isEqualTo(StepState.CANCELLED);
  }

  @Test
  void protected_cluster_is_not_terminated_until_protection_is_lifted() {
    String id = local.run(longRunning());
    local.emr.setTerminationProtection(b -> b.jobFlowIds(id).terminationProtected(true));

    assertThatThrownBy(() -> local.terminate(id))
        .isInstanceOfSatisfying(
            EmrException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException"))
        .hasMessageContaining("termination protected");
    assertThat(local.describe(id).terminationProtected()).isTrue();

    local.emr.setTerminationProtection(b -> b.jobFlowIds(id).terminationProtected(false));
    local.terminate(id);
    assertThat(local.awaitEnd(id).status().state()).isEqualTo(ClusterState.TERMINATED);
  }

  @Test
  void protection_keeps_a_long_running_cluster_when_a_step_fails() {
    String id =
        local.run(
            longRunning(shell(ActionOnFailure.TERMINATE_CLUSTER, "exit 1"))
                .instances(
                    i ->
                        i.masterInstanceType("m5.xlarge")
                            .instanceCount(1)
                            .keepJobFlowAliveWhenNoSteps(true)
                            .terminationProtected(true)));

    local.awaitState(id, ClusterState.WAITING);

    assertThat(local.stepState(id)).isEqualTo(StepState.FAILED);
  }

  @Test
  void steps_run_one_after_another_unless_more_are_allowed() {
    String together = "sleep 0.5";
    String id =
        local.run(
            cluster(
                    shell(ActionOnFailure.CONTINUE, together),
                    shell(ActionOnFailure.CONTINUE, together))
                .stepConcurrencyLevel(2));
    LocalEmr.await(
        () ->
            local.steps(id).stream().filter(s -> s.status().state() == StepState.RUNNING).count()
                == 2);
    local.awaitEnd(id);

    String sequential =
        local.run(
            cluster(
                shell(ActionOnFailure.CONTINUE, "true"), shell(ActionOnFailure.CONTINUE, "true")));
    local.awaitEnd(sequential);
    StepSummary second = local.steps(sequential).get(0);
    StepSummary first = local.steps(sequential).get(1);
    assertThat(second.status().timeline().startDateTime())
        .isAfterOrEqualTo(first.status().timeline().endDateTime());
  }

  private static long sleepers(String seconds) {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").endsWith("sleep " + seconds))
        .count();
  }

  private static void assertReason(
      Cluster cluster, ClusterStateChangeReasonCode code, String message) {
    assertThat(cluster.status().stateChangeReason().code()).isEqualTo(code);
    assertThat(cluster.status().stateChangeReason().message()).isEqualTo(message);
  }
}
