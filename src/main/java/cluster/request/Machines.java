package cluster.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.emr.model.InstanceGroupConfig;
import software.amazon.awssdk.services.emr.model.InstanceRoleType;
import software.amazon.awssdk.services.emr.model.JobFlowInstancesConfig;
import software.amazon.awssdk.services.emr.model.MarketType;

/**
 * The machines of a cluster from the simple properties: one primary node and core nodes of one
 * type. Properties that are not set are absent.
 *
 * @param primaryType instance type of the primary node; absent: {@code m6g.xlarge}
 * @param coreType instance type of the core nodes; absent: that of the primary node
 * @param coreCount core nodes; absent: 0, which makes a cluster of one node
 * @param market how the core nodes are bought; absent: On-Demand
 * @param subnet where the nodes are; absent: EMR chooses
 */
public record Machines(
    Optional<String> primaryType,
    Optional<String> coreType,
    Optional<Integer> coreCount,
    Optional<Market> market,
    Optional<String> subnet) {

  private static final String DEFAULT_TYPE = "m6g.xlarge";

  /** These, and where they say nothing, the others. */
  Machines orElse(Machines others) {
    return new Machines(
        primaryType.or(others::primaryType),
        coreType.or(others::coreType),
        coreCount.or(others::coreCount),
        market.or(others::market),
        subnet.or(others::subnet));
  }

  /** The names of the properties that are set. */
  List<String> written() {
    List<String> names = new ArrayList<>();
    primaryType.ifPresent(type -> names.add("primary-type"));
    coreType.ifPresent(type -> names.add("core-type"));
    coreCount.ifPresent(count -> names.add("core-count"));
    market.ifPresent(bought -> names.add("market"));
    subnet.ifPresent(id -> names.add("subnet"));
    return names;
  }

  /** What EMR may quote of them, by the names of the properties. */
  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("primary-type", primaryType.orElse(DEFAULT_TYPE));
    coreType.ifPresent(type -> values.put("core-type", type));
    subnet.ifPresent(id -> values.put("subnet", id));
    return values;
  }

  /** Whether Spot is asked for, and nothing that could be bought so. */
  boolean wantSpotForNoNode() {
    return market.equals(Optional.of(Market.SPOT)) && coreCount.orElse(0) == 0;
  }

  JobFlowInstancesConfig instances() {
    String primary = primaryType.orElse(DEFAULT_TYPE);
    List<InstanceGroupConfig> groups = new ArrayList<>();
    groups.add(group("primary", InstanceRoleType.MASTER, primary, 1).build());
    if (coreCount.orElse(0) > 0) {
      groups.add(
          group("core", InstanceRoleType.CORE, coreType.orElse(primary), coreCount.get())
              .market(market.filter(Market.SPOT::equals).map(spot -> MarketType.SPOT).orElse(null))
              .build());
    }
    return JobFlowInstancesConfig.builder()
        .instanceGroups(groups)
        .ec2SubnetId(subnet.orElse(null))
        .build();
  }

  private static InstanceGroupConfig.Builder group(
      String name, InstanceRoleType role, String type, int count) {
    return InstanceGroupConfig.builder()
        .name(name)
        .instanceRole(role)
        .instanceType(type)
        .instanceCount(count);
  }
}
