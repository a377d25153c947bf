package localcloud.emr;

import static localcloud.emr.LocalEmr.cluster;
import static localcloud.emr.LocalEmr.shell;
import static localcloud.faults.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import localcloud.faults.Faults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.ClusterStateChangeReasonCode;
import software.amazon.awssdk.services.emr.model.InstanceFleetConfig;
import software.amazon.awssdk.services.emr.model.InstanceFleetType;
import software.amazon.awssdk.services.emr.model.InstanceGroupConfig;
import software.amazon.awssdk.services.emr.model.InstanceRoleType;
import software.amazon.awssdk.services.emr.model.InstanceTypeConfig;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.SpotProvisioningTimeoutAction;
import software.amazon.awssdk.services.emr.model.StepConfig;
import software.amazon.awssdk.services.emr.model.StepState;

/**
 * Clusters for which there are no machines.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_SpotProvisioningSpecification.html">SpotProvisioningSpecification</a>
 */
class CapacityFaultsTest {

  private static final StepConfig WORK = shell(ActionOnFailure.TERMINATE_CLUSTER, "true");
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
  void without_capacity_a_cluster_starts_until_it_is_terminated() {
    order(local.faults, "{'service':'EMR','does':'no-capacity'}");
    String id = local.run(cluster(WORK));

    clock.forward(Duration.ofDays(2));
    assertStays(id, ClusterState.STARTING);
    local.terminate(id);

    assertEnd(
        id,
        ClusterState.TERMINATED,
        ClusterStateChangeReasonCode.USER_REQUEST,
        "Terminated by user request");
    assertThat(local.stepState(id)).isEqualTo(StepState.CANCELLED);
  }

  @Test
  void shortage_of_some_types_concerns_who_asks_for_them() {
    order(
        local.faults,
        """
        {'service':'EMR','does':'no-capacity','instanceTypes':['m6g.xlarge','m6g.2xlarge'],
         'times':0}""");

    List<String> waiting =
        List.of(
            local.run(uniform("m6g.xlarge", "m7g.xlarge")),
            local.run(uniform("m7g.xlarge", "m6g.2xlarge")),
            local.run(groups("m7g.xlarge", "m6g.xlarge")),
            local.run(fleet("m6g.xlarge", "m6g.2xlarge")));
    List<String> running =
        List.of(
            local.run(uniform("m7g.xlarge", "m7g.xlarge")),
            local.run(groups("m7g.xlarge", "m5.xlarge")),
            local.run(fleet("m6g.xlarge", "m7g.xlarge")));

    running.forEach(local::awaitEnd);
    assertThat(waiting)
        .allMatch(id -> local.describe(id).status().state() == ClusterState.STARTING);
    assertThat(local.faults.standing()).extracting(Faults.Standing::hits).containsExactly(4L);
  }

  @Test
  void fleet_with_a_provisioning_timeout_ends_the_cluster_after_it() {
    order(local.faults, "{'service':'EMR','does':'no-capacity','instanceTypes':['m6g.xlarge']}");
    String id = local.run(spot(SpotProvisioningTimeoutAction.TERMINATE_CLUSTER));

    clock.forward(Duration.ofMinutes(6));
    assertStays(id, ClusterState.STARTING);
    clock.forward(Duration.ofMinutes(7));

    assertEnd(
        id,
        ClusterState.TERMINATED_WITH_ERRORS,
        ClusterStateChangeReasonCode.INSTANCE_FLEET_TIMEOUT,
        "The instance fleet could not be provisioned within its timeout");
  }

  @Test
  void provisioning_timeout_can_be_shortened() {
    order(local.faults, "{'service':'EMR','does':'no-capacity','delay':'300ms'}");

    Cluster ended =
        local.awaitEnd(local.run(spot(SpotProvisioningTimeoutAction.TERMINATE_CLUSTER)));

    assertThat(ended.status().stateChangeReason().code())
        .isEqualTo(ClusterStateChangeReasonCode.INSTANCE_FLEET_TIMEOUT);
  }

  @Test
  void fleet_that_switches_to_on_demand_finds_none_either() {
    order(local.faults, "{'service':'EMR','does':'no-capacity','delay':'1ms'}");

    assertStays(
        local.run(spot(SpotProvisioningTimeoutAction.SWITCH_TO_ON_DEMAND)), ClusterState.STARTING);
  }

  private static RunJobFlowRequest.Builder uniform(String primary, String core) {
    return cluster(WORK)
        .instances(i -> i.masterInstanceType(primary).slaveInstanceType(core).instanceCount(2));
  }

  private static RunJobFlowRequest.Builder groups(String primary, String core) {
    return cluster(WORK)
        .instances(
            i ->
                i.instanceGroups(
                    group(InstanceRoleType.MASTER, primary), group(InstanceRoleType.CORE, core)));
  }

  private static InstanceGroupConfig group(InstanceRoleType role, String type) {
    return InstanceGroupConfig.builder()
        .instanceRole(role)
        .instanceType(type)
        .instanceCount(1)
        .build();
  }

  private static RunJobFlowRequest.Builder fleet(String first, String second) {
    return cluster(WORK).instances(i -> i.instanceFleets(fleetOf(first, second).build()));
  }

  private static RunJobFlowRequest.Builder spot(SpotProvisioningTimeoutAction action) {
    return cluster(WORK)
        .instances(
            i ->
                i.instanceFleets(
                    fleetOf("m6g.xlarge")
                        .launchSpecifications(
                            l ->
                                l.spotSpecification(
                                    s -> s.timeoutAction(action).timeoutDurationMinutes(7)))
                        .build()));
  }

  private static InstanceFleetConfig.Builder fleetOf(String... types) {
    return InstanceFleetConfig.builder()
        .instanceFleetType(InstanceFleetType.MASTER)
        .targetSpotCapacity(1)
        .instanceTypeConfigs(
            List.of(types).stream()
                .map(type -> InstanceTypeConfig.builder().instanceType(type).build())
                .toList());
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
}
