package localcloud.emr;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.emr.model.Instance;
import software.amazon.awssdk.services.emr.model.InstanceFleetConfig;
import software.amazon.awssdk.services.emr.model.InstanceFleetType;
import software.amazon.awssdk.services.emr.model.InstanceGroupConfig;
import software.amazon.awssdk.services.emr.model.InstanceRoleType;
import software.amazon.awssdk.services.emr.model.InstanceState;
import software.amazon.awssdk.services.emr.model.InstanceStatus;
import software.amazon.awssdk.services.emr.model.InstanceTimeline;
import software.amazon.awssdk.services.emr.model.InstanceTypeConfig;
import software.amazon.awssdk.services.emr.model.JobFlowInstancesConfig;
import software.amazon.awssdk.services.emr.model.MarketType;

/**
 * The EC2 instances that a cluster would have: as many and of such types as the request says, a
 * fleet's all of its first type.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_ListInstances.html">ListInstances</a>
 */
final class ClusterInstances {
  static final String PRIMARY_DNS = "ip-10-0-0-1.ec2.internal";

  /** EMR's normalization of an xlarge; twice the size counts twice. */
  private static final int XLARGE = 8;

  private static final Pattern SIZE = Pattern.compile("\\.(?:([0-9]*)xlarge|(large)|(medium)|.*)$");

  /**
   * Some instances of one kind.
   *
   * @param collection the id of their group or fleet
   */
  record Kind(
      String collection, boolean fleet, String role, MarketType market, String type, int count) {}

  private ClusterInstances() {}

  static int normalizedWeight(EmrCluster cluster) {
    return kinds(cluster).stream().mapToInt(kind -> kind.count() * weight(kind.type())).sum();
  }

  private static int weight(String instanceType) {
    Matcher size = SIZE.matcher(instanceType);
    if (!size.find()) {
      return 1;
    }
    if (size.group(1) != null) {
      return XLARGE * (size.group(1).isEmpty() ? 1 : Integer.parseInt(size.group(1)));
    }
    return size.group(2) != null ? XLARGE / 2 : size.group(3) != null ? XLARGE / 4 : 1;
  }

  static List<Kind> kinds(EmrCluster cluster) {
    JobFlowInstancesConfig config = cluster.request().instances();
    if (!config.instanceFleets().isEmpty()) {
      return config.instanceFleets().stream()
          .flatMap(fleet -> kinds(fleet, fleetId(cluster, fleet)))
          .toList();
    }
    return groups(config).stream().map(group -> kind(group, groupId(cluster, group))).toList();
  }

  /**
   * How many primary nodes there will be: one or, with high availability, three.
   *
   * @see <a href="https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-plan-ha.html">Plan and
   *     configure primary nodes</a>
   */
  static int primaries(JobFlowInstancesConfig config) {
    if (config.instanceFleets().isEmpty()) {
      return groups(config).stream()
          .filter(group -> group.instanceRole() == InstanceRoleType.MASTER)
          .mapToInt(group -> Objects.requireNonNullElse(group.instanceCount(), 0))
          .sum();
    }
    return config.instanceFleets().stream()
        .filter(fleet -> fleet.instanceFleetType() == InstanceFleetType.MASTER)
        .flatMap(fleet -> kinds(fleet, ""))
        .mapToInt(Kind::count)
        .sum();
  }

  /** The requested groups, even if the request only has numbers and types of instances. */
  static List<InstanceGroupConfig> groups(JobFlowInstancesConfig config) {
    if (!config.instanceGroups().isEmpty()) {
      return config.instanceGroups();
    }
    int count = Objects.requireNonNullElse(config.instanceCount(), 1);
    String primary = Objects.requireNonNullElse(config.masterInstanceType(), "m5.xlarge");
    String core = Objects.requireNonNullElse(config.slaveInstanceType(), primary);
    return Stream.of(
            group(InstanceRoleType.MASTER, primary, 1),
            group(InstanceRoleType.CORE, core, count - 1))
        .filter(group -> group.instanceCount() > 0)
        .toList();
  }

  private static InstanceGroupConfig group(InstanceRoleType role, String type, int count) {
    return InstanceGroupConfig.builder()
        .instanceRole(role)
        .instanceType(type)
        .instanceCount(count)
        .build();
  }

  static String groupId(EmrCluster cluster, InstanceGroupConfig group) {
    int number = groups(cluster.request().instances()).indexOf(group);
    return "ig-%s%s%02d".formatted(group.instanceRoleAsString(), suffix(cluster), number);
  }

  static String fleetId(EmrCluster cluster, InstanceFleetConfig fleet) {
    return "if-" + fleet.instanceFleetTypeAsString() + suffix(cluster);
  }

  private static String suffix(EmrCluster cluster) {
    return cluster.id().substring(2, 11);
  }

  private static Kind kind(InstanceGroupConfig group, String id) {
    return new Kind(
        id,
        false,
        group.instanceRoleAsString(),
        Objects.requireNonNullElse(group.market(), MarketType.ON_DEMAND),
        group.instanceType(),
        Objects.requireNonNullElse(group.instanceCount(), 0));
  }

  private static Stream<Kind> kinds(InstanceFleetConfig fleet, String id) {
    String role = fleet.instanceFleetTypeAsString();
    InstanceTypeConfig first =
        fleet.instanceTypeConfigs().stream()
            .findFirst()
            .orElse(InstanceTypeConfig.builder().instanceType("m5.xlarge").build());
    int weight = Objects.requireNonNullElse(first.weightedCapacity(), 1);
    int onDemand = Objects.requireNonNullElse(fleet.targetOnDemandCapacity(), 0);
    int spot = Objects.requireNonNullElse(fleet.targetSpotCapacity(), 0);
    String type = first.instanceType();
    return Stream.of(
            new Kind(id, true, role, MarketType.ON_DEMAND, type, ceilDiv(onDemand, weight)),
            new Kind(id, true, role, MarketType.SPOT, type, ceilDiv(spot, weight)))
        .filter(kind -> kind.count() > 0);
  }

  private static int ceilDiv(int capacity, int weight) {
    return (capacity + weight - 1) / weight;
  }

  /**
   * All instances, primary first.
   *
   * @param roles MASTER, CORE, TASK; all if empty
   */
  static List<Instance> list(EmrCluster cluster, Set<String> roles) {
    List<Instance> instances = new ArrayList<>();
    int number = 0;
    for (Kind kind : kinds(cluster)) {
      for (int i = 0; i < kind.count(); i++) {
        number++;
        if (roles.isEmpty() || roles.contains(kind.role())) {
          instances.add(instance(cluster, kind, number));
        }
      }
    }
    return instances;
  }

  /** The primary node's id in EC2. */
  static String primaryId(String clusterId) {
    return ec2Id(clusterId, 1);
  }

  private static String ec2Id(String clusterId, int number) {
    return "i-0%08x%08x".formatted(clusterId.hashCode(), number);
  }

  private static Instance instance(EmrCluster cluster, Kind kind, int number) {
    String address = "10.0.%d.%d".formatted(number / 256, number % 256);
    String dns = "ip-" + address.replace('.', '-') + ".ec2.internal";
    return Instance.builder()
        .id("ci-%s%03d".formatted(cluster.id().substring(2), number))
        .ec2InstanceId(ec2Id(cluster.id(), number))
        .publicDnsName("")
        .privateDnsName(dns)
        .privateIpAddress(address)
        .instanceGroupId(kind.fleet() ? null : kind.collection())
        .instanceFleetId(kind.fleet() ? kind.collection() : null)
        .market(kind.market())
        .instanceType(kind.type())
        .status(
            InstanceStatus.builder()
                .state(state(cluster))
                .timeline(
                    InstanceTimeline.builder()
                        .creationDateTime(cluster.created())
                        .readyDateTime(cluster.ready().orElse(null))
                        .endDateTime(cluster.ended().orElse(null))
                        .build())
                .build())
        .build();
  }

  private static InstanceState state(EmrCluster cluster) {
    return switch (cluster.state()) {
      case STARTING -> InstanceState.PROVISIONING;
      case BOOTSTRAPPING -> InstanceState.BOOTSTRAPPING;
      case RUNNING, WAITING, TERMINATING, UNKNOWN_TO_SDK_VERSION -> InstanceState.RUNNING;
      case TERMINATED, TERMINATED_WITH_ERRORS -> InstanceState.TERMINATED;
    };
  }
}
