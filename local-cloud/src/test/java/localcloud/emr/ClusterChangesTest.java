package localcloud.emr;

import static localcloud.emr.LocalEmr.cluster;
import static localcloud.emr.LocalEmr.longRunning;
import static localcloud.emr.LocalEmr.shell;
import static localcloud.emr.LocalEmr.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.CancelStepsInfo;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.EmrException;
import software.amazon.awssdk.services.emr.model.InstanceFleet;
import software.amazon.awssdk.services.emr.model.InstanceFleetConfig;
import software.amazon.awssdk.services.emr.model.InstanceFleetType;
import software.amazon.awssdk.services.emr.model.InstanceGroup;
import software.amazon.awssdk.services.emr.model.InstanceGroupConfig;
import software.amazon.awssdk.services.emr.model.InstanceRoleType;
import software.amazon.awssdk.services.emr.model.InstanceTypeConfig;
import software.amazon.awssdk.services.emr.model.InvalidRequestException;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.StepCancellationOption;
import software.amazon.awssdk.services.emr.model.StepState;
import software.amazon.awssdk.services.emr.model.StepSummary;
import software.amazon.awssdk.services.emr.model.Tag;

/**
 * What is shown of a cluster's groups, fleets and bootstrap actions, and what changes it while it
 * lives.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_ListInstanceGroups.html">ListInstanceGroups</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_ListInstanceFleets.html">ListInstanceFleets</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_StepConfig.html">StepConfig</a>,
 *     on ActionOnFailure with step concurrency
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-cancel-steps.html">Cancel
 *     steps</a>
 * @see <a href="https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-plan-ha.html">Plan and
 *     configure primary nodes</a>
 */
class ClusterChangesTest {
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
  void groups_are_listed_with_what_runs_of_them_even_if_only_a_count_was_given() {
    String id =
        local.run(
            longRunning()
                .instances(
                    i ->
                        i.masterInstanceType("m5.xlarge")
                            .slaveInstanceType("m5.2xlarge")
                            .instanceCount(3)
                            .keepJobFlowAliveWhenNoSteps(true)));
    local.awaitState(id, ClusterState.WAITING);

    assertThat(local.emr.listInstanceGroups(b -> b.clusterId(id)).instanceGroups())
        .extracting(
            InstanceGroup::instanceGroupTypeAsString,
            InstanceGroup::instanceType,
            InstanceGroup::runningInstanceCount,
            group -> group.status().stateAsString())
        .containsExactly(
            tuple("MASTER", "m5.xlarge", 1, "RUNNING"), tuple("CORE", "m5.2xlarge", 2, "RUNNING"));
    List<String> groups =
        local.emr.listInstanceGroups(b -> b.clusterId(id)).instanceGroups().stream()
            .map(InstanceGroup::id)
            .toList();
    assertThat(
            local
                .emr
                .listInstances(b -> b.clusterId(id).instanceGroupId(groups.get(1)))
                .instances())
        .hasSize(2);
    assertInvalid(
        () -> local.emr.listInstanceFleets(b -> b.clusterId(id)),
        "API_DOES_NOT_SUPPORT_INSTANCE_GROUP_CLUSTERS",
        "Use the ListInstanceGroups operation instead.");
    local.terminate(id);
    local.awaitEnd(id);
    assertThat(local.emr.listInstanceGroups(b -> b.clusterId(id)).instanceGroups())
        .extracting(InstanceGroup::runningInstanceCount)
        .containsOnly(0);
  }

  @Test
  void fleets_are_listed_with_their_capacities() {
    String id =
        local.run(
            longRunning()
                .instances(
                    i ->
                        i.keepJobFlowAliveWhenNoSteps(true)
                            .instanceFleets(
                                fleet(InstanceFleetType.MASTER, 1, 0),
                                fleet(InstanceFleetType.CORE, 2, 6))));
    local.awaitState(id, ClusterState.WAITING);

    assertThat(local.emr.listInstanceFleets(b -> b.clusterId(id)).instanceFleets())
        .extracting(
            InstanceFleet::instanceFleetTypeAsString,
            InstanceFleet::targetSpotCapacity,
            InstanceFleet::provisionedSpotCapacity,
            fleet -> fleet.instanceTypeSpecifications().get(0).instanceType())
        .containsExactly(tuple("MASTER", 0, 0, "m5.xlarge"), tuple("CORE", 6, 6, "m5.xlarge"));
    assertInvalid(
        () -> local.emr.listInstanceGroups(b -> b.clusterId(id)),
        "API_DOES_NOT_SUPPORT_INSTANCE_FLEET_CLUSTERS",
        "Use the ListInstanceFleets operation instead.");
    local.terminate(id);
  }

  @Test
  void tags_are_added_replaced_and_removed() {
    String id = local.run(longRunning());
    assertThat(local.describe(id).tags()).isEmpty();
    assertThat(local.describe(id).hasTags()).isTrue();

    local.emr.addTags(b -> b.resourceId(id).tags(tag("a", "1"), tag("b", "2")));
    local.emr.addTags(b -> b.resourceId(id).tags(tag("a", "3")));
    local.emr.removeTags(b -> b.resourceId(id).tagKeys("b", "missing"));

    assertThat(local.describe(id).tags()).containsExactly(tag("a", "3"));
    assertInvalid(
        () -> local.emr.addTags(b -> b.resourceId(id).tags(tag("k".repeat(129), ""))),
        "InvalidTag",
        "1 to 128 characters");
    local.terminate(id);
  }

  @Test
  void every_cluster_is_visible_to_all_users() {
    assertThat(local.describe(local.run(cluster())).visibleToAllUsers()).isTrue();
    assertThat(local.describe(local.run(cluster().visibleToAllUsers(false))).visibleToAllUsers())
        .isTrue();
  }

  @Test
  void a_running_step_that_is_cancelled_ends_by_sigterm_and_its_action_on_failure_does_not_happen()
      throws IOException {
    Path told = data.resolve("told");
    String id =
        local.run(
            cluster(
                shell(
                    ActionOnFailure.TERMINATE_CLUSTER,
                    "trap 'echo interrupted > %s; exit 1' TERM; touch %s.begun; while :; do sleep 0.05; done"
                        .formatted(told, told)),
                shell(ActionOnFailure.CONTINUE, "true")));
    LocalEmr.await(() -> Files.exists(data.resolve("told.begun")));
    String running = local.steps(id).get(1).id();

    assertThat(cancel(id, StepCancellationOption.SEND_INTERRUPT, running))
        .extracting(CancelStepsInfo::statusAsString)
        .containsExactly("SUBMITTED");

    Cluster ended = local.awaitEnd(id);
    assertThat(ended.status().stateChangeReason().codeAsString()).isEqualTo("ALL_STEPS_COMPLETED");
    assertThat(local.steps(id))
        .extracting(step -> step.status().state())
        .containsExactly(StepState.COMPLETED, StepState.CANCELLED);
    assertThat(Files.readString(told)).isEqualTo("interrupted\n");
    assertThat(cancel(id, StepCancellationOption.SEND_INTERRUPT, running))
        .extracting(CancelStepsInfo::statusAsString, CancelStepsInfo::reason)
        .containsExactly(tuple("FAILED", "The step is CANCELLED and cannot be cancelled."));
  }

  @ParameterizedTest
  @CsvSource({"5, false", "600, true"})
  void a_step_that_meets_its_deadline_or_the_end_of_its_cluster_is_asked_by_sigterm_first(
      String seconds, boolean terminated) throws IOException {
    Path told = data.resolve("told-" + seconds);
    String script =
        "trap 'echo asked > %s; exit 1' TERM; touch %s.begun; while :; do sleep 0.05; done"
            .formatted(told, told);
    String id =
        local.run(
            cluster(
                step(ActionOnFailure.TERMINATE_CLUSTER, "timeout", seconds, "bash", "-c", script)));
    LocalEmr.await(() -> Files.exists(data.resolve("told-" + seconds + ".begun")));

    if (terminated) {
      local.terminate(id);
    }

    local.awaitEnd(id);
    assertThat(Files.readString(told)).isEqualTo("asked\n");
  }

  @Test
  void a_step_that_ignores_sigterm_is_cancelled_by_terminating_its_process() {
    String id =
        local.run(
            longRunning(
                shell(ActionOnFailure.CONTINUE, "trap '' TERM; while :; do sleep 0.05; done"),
                shell(ActionOnFailure.CONTINUE, "true")));
    LocalEmr.await(() -> local.steps(id).get(1).status().state() == StepState.RUNNING);
    List<String> both = local.steps(id).stream().map(StepSummary::id).toList();

    cancel(id, StepCancellationOption.TERMINATE_PROCESS, both.toArray(String[]::new));

    LocalEmr.await(
        () ->
            local.steps(id).stream()
                .allMatch(step -> step.status().state() == StepState.CANCELLED));
    local.awaitState(id, ClusterState.WAITING);
    assertInvalid(
        () -> cancel(id, StepCancellationOption.SEND_INTERRUPT, "s-NONE"),
        "NoSuchStep",
        "Step id 's-NONE' is not valid.");
    local.terminate(id);
  }

  @Test
  void more_steps_run_at_once_after_the_cluster_was_modified() {
    String id =
        local.run(
            longRunning(
                shell(ActionOnFailure.CONTINUE, "sleep 60"),
                shell(ActionOnFailure.CONTINUE, "sleep 60")));
    local.awaitState(id, ClusterState.RUNNING);

    assertThat(local.emr.modifyCluster(b -> b.clusterId(id).stepConcurrencyLevel(2)))
        .extracting(answer -> answer.stepConcurrencyLevel())
        .isEqualTo(2);

    LocalEmr.await(
        () ->
            local.steps(id).stream().allMatch(step -> step.status().state() == StepState.RUNNING));
    assertThat(local.describe(id).stepConcurrencyLevel()).isEqualTo(2);
    for (ActionOnFailure action :
        List.of(ActionOnFailure.CANCEL_AND_WAIT, ActionOnFailure.TERMINATE_CLUSTER)) {
      assertRefused(
          () -> local.emr.addJobFlowSteps(b -> b.jobFlowId(id).steps(shell(action, "true"))),
          "ActionOnFailure " + action + " is not valid");
    }
    local.terminate(id);
    local.awaitEnd(id);
    assertInvalid(
        () -> local.emr.modifyCluster(b -> b.clusterId(id).stepConcurrencyLevel(2)),
        "ClusterNotModifiable",
        "may not be modified");
  }

  @Test
  void requests_that_emr_refuses_are_refused() {
    assertRefused(
        () ->
            local.run(
                cluster(shell(ActionOnFailure.CANCEL_AND_WAIT, "true")).stepConcurrencyLevel(2)),
        "ActionOnFailure CANCEL_AND_WAIT is not valid");
    assertRefused(
        () -> local.run(cluster().amiVersion("3.8.0")),
        "Only one AMI version and release label may be specified. Provided AMI: 3.8.0, release"
            + " label: emr-7.13.0.");
    assertRefused(
        () -> local.run(cluster().releaseLabel("emr-5.6.1").customAmiId("ami-1")),
        "Custom AMI is not allowed");
    assertThat(local.run(cluster().releaseLabel("emr-5.7.0").customAmiId("ami-1"))).isNotEmpty();
    assertRefused(
        () -> local.run(cluster().releaseLabel(null)),
        "Must specify exactly one of the following: release label, AMI version, or Hadoop"
            + " version.");
    assertRefused(
        () -> local.run(cluster().serviceRole(null)),
        "ServiceRole is required for creating cluster.");
    assertRefused(
        () -> local.run(primaries(2)),
        "Master instance group must have exactly 3 instances for HA clusters.");
  }

  @Test
  void states_that_there_are_not_are_refused_as_filters() {
    String id = local.run(cluster());

    assertRefused(
        () -> local.emr.listClusters(b -> b.clusterStatesWithStrings("RUNING")),
        "Value '[RUNING]' at 'clusterStates' failed to satisfy constraint");
    assertRefused(
        () -> local.emr.listSteps(b -> b.clusterId(id).stepStatesWithStrings("DONE")),
        "Value '[DONE]' at 'stepStates'");
    assertRefused(
        () -> local.emr.listInstances(b -> b.clusterId(id).instanceStatesWithStrings("DONE")),
        "Value '[DONE]' at 'instanceStates'");
  }

  @Test
  void three_primary_nodes_switch_on_termination_protection_and_keep_the_cluster() {
    String id = local.run(primaries(3));

    local.awaitState(id, ClusterState.WAITING);
    assertThat(local.describe(id).terminationProtected()).isTrue();
    assertThat(local.describe(id).autoTerminate()).isFalse();
    assertRefused(() -> local.terminate(id), "termination protected");
    local.emr.setTerminationProtection(b -> b.jobFlowIds(id).terminationProtected(false));
    local.terminate(id);
    local.awaitEnd(id);
  }

  private static List<CancelStepsInfo> cancel(
      String id, StepCancellationOption how, String... steps) {
    return local
        .emr
        .cancelSteps(b -> b.clusterId(id).stepIds(steps).stepCancellationOption(how))
        .cancelStepsInfoList();
  }

  private static RunJobFlowRequest.Builder primaries(int count) {
    return cluster()
        .instances(
            i ->
                i.instanceGroups(
                    group(InstanceRoleType.MASTER, count), group(InstanceRoleType.CORE, 1)));
  }

  private static InstanceGroupConfig group(InstanceRoleType role, int count) {
    return InstanceGroupConfig.builder()
        .instanceRole(role)
        .instanceType("m5.xlarge")
        .instanceCount(count)
        .build();
  }

  private static InstanceFleetConfig fleet(InstanceFleetType type, int onDemand, int spot) {
    return InstanceFleetConfig.builder()
        .instanceFleetType(type)
        .targetOnDemandCapacity(onDemand)
        .targetSpotCapacity(spot)
        .instanceTypeConfigs(InstanceTypeConfig.builder().instanceType("m5.xlarge").build())
        .build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            EmrException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException"))
        .hasMessageContaining(message);
  }

  private static void assertInvalid(ThrowingCallable call, String code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            e ->
                assertThat(e.awsErrorDetails().rawResponse().asUtf8String())
                    .contains("\"ErrorCode\":\"" + code + "\""))
        .hasMessageContaining(message);
  }
}
