package localcloud.emr;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import localcloud.awsjson.AwsError;
import software.amazon.awssdk.services.emr.model.EbsBlockDevice;
import software.amazon.awssdk.services.emr.model.EbsBlockDeviceConfig;
import software.amazon.awssdk.services.emr.model.EbsConfiguration;
import software.amazon.awssdk.services.emr.model.InstanceFleet;
import software.amazon.awssdk.services.emr.model.InstanceFleetConfig;
import software.amazon.awssdk.services.emr.model.InstanceFleetState;
import software.amazon.awssdk.services.emr.model.InstanceGroup;
import software.amazon.awssdk.services.emr.model.InstanceGroupConfig;
import software.amazon.awssdk.services.emr.model.InstanceGroupState;
import software.amazon.awssdk.services.emr.model.InstanceTypeConfig;
import software.amazon.awssdk.services.emr.model.InstanceTypeSpecification;
import software.amazon.awssdk.services.emr.model.MarketType;

/**
 * A cluster's instance groups, or its instance fleets: as requested, with their state.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_InstanceGroup.html">InstanceGroup</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_InstanceFleet.html">InstanceFleet</a>
 */
final class InstanceCollections {
  private InstanceCollections() {}

  /**
   * The groups.
   *
   * @throws AwsError InvalidRequestException if the cluster has fleets
   */
  static List<InstanceGroup> groups(EmrCluster cluster) {
    if (hasFleets(cluster)) {
      throw mismatch("FLEET", "fleets", "ListInstanceGroups", "ListInstanceFleets");
    }
    return ClusterInstances.groups(cluster.request().instances()).stream()
        .map(group -> group(cluster, group))
        .toList();
  }

  /**
   * The fleets.
   *
   * @throws AwsError InvalidRequestException if the cluster has groups
   */
  static List<InstanceFleet> fleets(EmrCluster cluster) {
    if (!hasFleets(cluster)) {
      throw mismatch("GROUP", "groups", "ListInstanceFleets", "ListInstanceGroups");
    }
    return cluster.request().instances().instanceFleets().stream()
        .map(fleet -> fleet(cluster, fleet))
        .toList();
  }

  private static boolean hasFleets(EmrCluster cluster) {
    return !cluster.request().instances().instanceFleets().isEmpty();
  }

  private static AwsError mismatch(String code, String used, String asked, String instead) {
    return AwsError.invalidRequest(
        "API_DOES_NOT_SUPPORT_INSTANCE_" + code + "_CLUSTERS",
        "Instance fleets and instance groups are mutually exclusive. The EMR cluster specified in the request uses instance %s. The %s operation does not support clusters that use instance %s. Use the %s operation instead."
            .formatted(used, asked, used, instead));
  }

  private static InstanceGroup group(EmrCluster cluster, InstanceGroupConfig group) {
    int count = Objects.requireNonNullElse(group.instanceCount(), 0);
    EbsConfiguration ebs = group.ebsConfiguration();
    return InstanceGroup.builder()
        .id(ClusterInstances.groupId(cluster, group))
        .name(group.name())
        .market(Objects.requireNonNullElse(group.market(), MarketType.ON_DEMAND))
        .instanceGroupType(group.instanceRoleAsString())
        .bidPrice(group.bidPrice())
        .instanceType(group.instanceType())
        .requestedInstanceCount(count)
        .runningInstanceCount(isUp(cluster) ? count : 0)
        .status(
            status ->
                status
                    .state(groupState(cluster))
                    .stateChangeReason(reason -> reason.message(""))
                    .timeline(
                        timeline ->
                            timeline
                                .creationDateTime(cluster.created())
                                .readyDateTime(cluster.ready().orElse(null))
                                .endDateTime(cluster.ended().orElse(null))))
        .configurations(List.copyOf(group.configurations()))
        .ebsBlockDevices(devices(ebs))
        .ebsOptimized(ebs == null ? null : ebs.ebsOptimized())
        .customAmiId(group.customAmiId())
        .build();
  }

  private static InstanceFleet fleet(EmrCluster cluster, InstanceFleetConfig fleet) {
    int onDemand = Objects.requireNonNullElse(fleet.targetOnDemandCapacity(), 0);
    int spot = Objects.requireNonNullElse(fleet.targetSpotCapacity(), 0);
    return InstanceFleet.builder()
        .id(ClusterInstances.fleetId(cluster, fleet))
        .name(fleet.name())
        .instanceFleetType(fleet.instanceFleetTypeAsString())
        .targetOnDemandCapacity(onDemand)
        .targetSpotCapacity(spot)
        .provisionedOnDemandCapacity(isUp(cluster) ? onDemand : 0)
        .provisionedSpotCapacity(isUp(cluster) ? spot : 0)
        .instanceTypeSpecifications(
            fleet.instanceTypeConfigs().stream().map(InstanceCollections::specification).toList())
        .launchSpecifications(fleet.launchSpecifications())
        .resizeSpecifications(fleet.resizeSpecifications())
        .context(fleet.context())
        .status(
            status ->
                status
                    .state(fleetState(cluster))
                    .stateChangeReason(reason -> reason.message(""))
                    .timeline(
                        timeline ->
                            timeline
                                .creationDateTime(cluster.created())
                                .readyDateTime(cluster.ready().orElse(null))
                                .endDateTime(cluster.ended().orElse(null))))
        .build();
  }

  private static InstanceTypeSpecification specification(InstanceTypeConfig type) {
    EbsConfiguration ebs = type.ebsConfiguration();
    return InstanceTypeSpecification.builder()
        .instanceType(type.instanceType())
        .weightedCapacity(Objects.requireNonNullElse(type.weightedCapacity(), 1))
        .bidPrice(type.bidPrice())
        .bidPriceAsPercentageOfOnDemandPrice(type.bidPriceAsPercentageOfOnDemandPrice())
        .configurations(List.copyOf(type.configurations()))
        .ebsBlockDevices(devices(ebs))
        .ebsOptimized(ebs == null ? null : ebs.ebsOptimized())
        .customAmiId(type.customAmiId())
        .priority(type.priority())
        .build();
  }

  /** One device per volume, named in EC2's order. */
  private static List<EbsBlockDevice> devices(EbsConfiguration ebs) {
    List<EbsBlockDevice> devices = new ArrayList<>();
    if (ebs == null) {
      return devices;
    }
    for (EbsBlockDeviceConfig config : ebs.ebsBlockDeviceConfigs()) {
      IntStream.range(0, Objects.requireNonNullElse(config.volumesPerInstance(), 1))
          .mapToObj(
              i ->
                  EbsBlockDevice.builder()
                      .volumeSpecification(config.volumeSpecification())
                      .device("/dev/sd" + (char) ('b' + devices.size()))
                      .build())
          .forEachOrdered(devices::add);
    }
    return devices;
  }

  private static boolean isUp(EmrCluster cluster) {
    return cluster.ready().isPresent() && !cluster.isEnded();
  }

  private static InstanceGroupState groupState(EmrCluster cluster) {
    return switch (cluster.state()) {
      case STARTING -> InstanceGroupState.PROVISIONING;
      case BOOTSTRAPPING -> InstanceGroupState.BOOTSTRAPPING;
      case RUNNING, WAITING, UNKNOWN_TO_SDK_VERSION -> InstanceGroupState.RUNNING;
      case TERMINATING -> InstanceGroupState.TERMINATING;
      case TERMINATED, TERMINATED_WITH_ERRORS -> InstanceGroupState.TERMINATED;
    };
  }

  private static InstanceFleetState fleetState(EmrCluster cluster) {
    return InstanceFleetState.fromValue(groupState(cluster).toString());
  }
}
