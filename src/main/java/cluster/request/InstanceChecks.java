package cluster.request;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.emr.model.EbsBlockDeviceConfig;
import software.amazon.awssdk.services.emr.model.EbsConfiguration;
import software.amazon.awssdk.services.emr.model.InstanceGroupConfig;
import software.amazon.awssdk.services.emr.model.InstanceRoleType;
import software.amazon.awssdk.services.emr.model.JobFlowInstancesConfig;
import software.amazon.awssdk.services.emr.model.MarketType;

/**
 * Checks the machines of a request. Source, where no other is named: Amazon EMR API reference,
 * JobFlowInstancesConfig, InstanceGroupConfig and the types that they name.
 */
final class InstanceChecks {

  static final String INSTANCES = "Instances";

  /**
   * Amazon EMR Management Guide, Launch an Amazon EMR cluster with multiple primary nodes: EMR
   * turns on termination protection and overrides what was said of the cluster's end.
   */
  static final String SEVERAL_PRIMARIES =
      "is %d; write 1: EMR protects several primary nodes from termination, the cluster would not end by itself";

  private final Findings findings;

  private InstanceChecks(Findings findings) {
    this.findings = findings;
  }

  static void check(JobFlowInstancesConfig instances, Duration startDeadline, Findings findings) {
    InstanceChecks checks = new InstanceChecks(findings);
    if (checks.isOfOneKind(instances)) {
      checks.places(instances);
    }
    checks.securityGroups(instances);
    checks.groups(instances.instanceGroups());
    new FleetChecks(checks, startDeadline, findings).check(instances.instanceFleets());
  }

  /** The places of the groups that scale by rules of their own. */
  static List<Integer> groupsWithPolicy(List<InstanceGroupConfig> groups) {
    return IntStream.range(0, groups.size())
        .filter(i -> groups.get(i).autoScalingPolicy() != null)
        .boxed()
        .toList();
  }

  private boolean isOfOneKind(JobFlowInstancesConfig instances) {
    long counted =
        Stream.of(
                instances.masterInstanceType() != null,
                instances.slaveInstanceType() != null,
                instances.instanceCount() != null)
            .filter(there -> there)
            .count();
    List<String> kinds = new ArrayList<>();
    if (!instances.instanceGroups().isEmpty()) {
      kinds.add("InstanceGroups");
    }
    if (!instances.instanceFleets().isEmpty()) {
      kinds.add("InstanceFleets");
    }
    if (counted > 0) {
      kinds.add("MasterInstanceType, SlaveInstanceType and InstanceCount");
    }
    if (kinds.isEmpty()) {
      findings.lacking(
          INSTANCES,
          "asks for no machines; give it InstanceGroups or InstanceFleets",
          INSTANCES + ".InstanceGroups",
          INSTANCES + ".InstanceFleets");
    } else if (kinds.size() > 1) {
      findings.add(
          INSTANCES, "has %s together; keep one of them".formatted(String.join(" and ", kinds)));
    } else if (counted == 1 || counted == 2) {
      findings.lacking(
          INSTANCES,
          "needs MasterInstanceType, SlaveInstanceType and InstanceCount together; better, give it InstanceGroups",
          INSTANCES + ".MasterInstanceType",
          INSTANCES + ".SlaveInstanceType",
          INSTANCES + ".InstanceCount");
    }
    findings.range(INSTANCES + ".InstanceCount", instances.instanceCount(), 1, Integer.MAX_VALUE);
    return kinds.size() == 1;
  }

  private void places(JobFlowInstancesConfig instances) {
    var placement = instances.placement();
    if (!instances.instanceFleets().isEmpty()) {
      belongs(instances.ec2SubnetId() != null, ".Ec2SubnetId", "InstanceFleets", "Ec2SubnetIds");
      belongs(
          placement != null && placement.availabilityZone() != null,
          ".Placement.AvailabilityZone",
          "InstanceFleets",
          "AvailabilityZones");
    } else {
      belongs(instances.hasEc2SubnetIds(), ".Ec2SubnetIds", "instance groups", "Ec2SubnetId");
      belongs(
          placement != null && placement.hasAvailabilityZones(),
          ".Placement.AvailabilityZones",
          "instance groups",
          "AvailabilityZone");
    }
  }

  private void securityGroups(JobFlowInstancesConfig instances) {
    if ((instances.emrManagedMasterSecurityGroup() == null)
        != (instances.emrManagedSlaveSecurityGroup() == null)) {
      findings.lacking(
          INSTANCES,
          "has one of EmrManagedMasterSecurityGroup and EmrManagedSlaveSecurityGroup; EMR takes both or none",
          INSTANCES + ".EmrManagedMasterSecurityGroup",
          INSTANCES + ".EmrManagedSlaveSecurityGroup");
    }
  }

  private void belongs(boolean there, String member, String machines, String instead) {
    if (there) {
      findings.add(
          INSTANCES + member, "does not go with %s; write %s".formatted(machines, instead));
    }
  }

  private void groups(List<InstanceGroupConfig> groups) {
    String all = INSTANCES + ".InstanceGroups";
    for (int i = 0; i < groups.size(); i++) {
      group(groups.get(i), "%s[%d]".formatted(all, i));
    }
    roles(
        all,
        "InstanceRole",
        groups.stream().map(g -> g.instanceRoleAsString()).toList(),
        List.of("CORE"));
  }

  /**
   * Refuses roles that do not make a cluster: there is exactly one primary.
   *
   * @param member which says the role
   * @param single the roles that are there once at most
   */
  void roles(String path, String member, List<String> roles, List<String> single) {
    if (roles.isEmpty()) {
      return;
    }
    int primaries = (int) roles.stream().filter("MASTER"::equals).count();
    if (primaries != 1) {
      findings.lacking(
          path,
          "has %d with %s MASTER; a cluster has exactly one".formatted(primaries, member),
          IntStream.range(0, primaries == 0 ? roles.size() : 0)
              .mapToObj(i -> "%s[%d].%s".formatted(path, i, member))
              .toArray(String[]::new));
    }
    for (String role : single) {
      int count = (int) roles.stream().filter(role::equals).count();
      if (count > 1) {
        findings.add(
            path, "has %d with %s %s; a cluster has one at most".formatted(count, member, role));
      }
    }
  }

  private void group(InstanceGroupConfig group, String path) {
    if (findings.required(path + ".InstanceRole", group.instanceRoleAsString())) {
      findings.oneOf(
          path + ".InstanceRole", group.instanceRoleAsString(), InstanceRoleType.knownValues());
    }
    findings.required(path + ".InstanceType", group.instanceType());
    if (findings.required(path + ".InstanceCount", group.instanceCount())) {
      findings.range(path + ".InstanceCount", group.instanceCount(), 0, Integer.MAX_VALUE);
      if (group.instanceRole() == InstanceRoleType.MASTER && group.instanceCount() > 1) {
        findings.add(path + ".InstanceCount", SEVERAL_PRIMARIES.formatted(group.instanceCount()));
      }
      if (group.instanceRole() == InstanceRoleType.MASTER && group.instanceCount() == 0) {
        findings.add(path + ".InstanceCount", "is 0; write 1");
      }
    }
    findings.oneOf(path + ".Market", group.marketAsString(), MarketType.knownValues());
    if (group.bidPrice() != null && group.market() == MarketType.ON_DEMAND) {
      findings.add(
          path + ".BidPrice", "is for Spot, but Market is ON_DEMAND; take it out, or write SPOT");
    }
    if (group.bidPrice() != null && !group.bidPrice().equals("OnDemandPrice")) {
      price(path + ".BidPrice", group.bidPrice(), "OnDemandPrice, or an amount in USD");
    }
    ebs(path + ".EbsConfiguration", group.ebsConfiguration());
  }

  void price(String path, String price, String wanted) {
    if (!price.matches("[0-9]{0,6}\\.?[0-9]{1,6}")) {
      findings.add(path, "is '%s'; write %s, for instance 0.25".formatted(price, wanted));
    }
  }

  void ebs(String path, EbsConfiguration ebs) {
    if (ebs == null) {
      return;
    }
    List<EbsBlockDeviceConfig> devices = ebs.ebsBlockDeviceConfigs();
    for (int i = 0; i < devices.size(); i++) {
      String device = "%s.EbsBlockDeviceConfigs[%d].".formatted(path, i);
      findings.range(
          device + "VolumesPerInstance", devices.get(i).volumesPerInstance(), 1, Integer.MAX_VALUE);
      var volume = devices.get(i).volumeSpecification();
      if (findings.required(device + "VolumeSpecification", volume)) {
        findings.required(device + "VolumeSpecification.VolumeType", volume.volumeType());
        findings.required(device + "VolumeSpecification.SizeInGB", volume.sizeInGB());
        findings.range(
            device + "VolumeSpecification.SizeInGB", volume.sizeInGB(), 1, Integer.MAX_VALUE);
      }
    }
  }
}
