package cluster.request;

import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.emr.model.InstanceFleetConfig;
import software.amazon.awssdk.services.emr.model.InstanceFleetProvisioningSpecifications;
import software.amazon.awssdk.services.emr.model.InstanceFleetResizingSpecifications;
import software.amazon.awssdk.services.emr.model.InstanceFleetType;
import software.amazon.awssdk.services.emr.model.InstanceTypeConfig;
import software.amazon.awssdk.services.emr.model.SpotProvisioningSpecification;
import software.amazon.awssdk.services.emr.model.SpotProvisioningTimeoutAction;

/**
 * Checks the instance fleets of a request. Source: Amazon EMR API reference, InstanceFleetConfig
 * and the types that it names.
 */
final class FleetChecks {

  private static final String ON_DEMAND = ".TargetOnDemandCapacity";
  private static final String SPOT = ".TargetSpotCapacity";
  private static final int MOST_TYPES = 30;
  private static final int MOST_TYPES_WITHOUT_STRATEGY = 5;

  private final InstanceChecks instances;
  private final Duration startDeadline;
  private final Findings findings;

  /**
   * @param instances what holds for groups and fleets
   * @param startDeadline how long a cluster may be STARTING
   */
  FleetChecks(InstanceChecks instances, Duration startDeadline, Findings findings) {
    this.instances = instances;
    this.startDeadline = startDeadline;
    this.findings = findings;
  }

  void check(List<InstanceFleetConfig> fleets) {
    String all = InstanceChecks.INSTANCES + ".InstanceFleets";
    for (int i = 0; i < fleets.size(); i++) {
      fleet(fleets.get(i), "%s[%d]".formatted(all, i));
    }
    instances.roles(
        all,
        "InstanceFleetType",
        fleets.stream().map(f -> f.instanceFleetTypeAsString()).toList(),
        List.of("CORE", "TASK"));
  }

  private void fleet(InstanceFleetConfig fleet, String path) {
    if (findings.required(path + ".InstanceFleetType", fleet.instanceFleetTypeAsString())) {
      findings.oneOf(
          path + ".InstanceFleetType",
          fleet.instanceFleetTypeAsString(),
          InstanceFleetType.knownValues());
    }
    boolean primary = fleet.instanceFleetType() == InstanceFleetType.MASTER;
    capacity(fleet, primary, path);
    List<InstanceTypeConfig> types = fleet.instanceTypeConfigs();
    for (int i = 0; i < types.size(); i++) {
      type(types.get(i), primary, "%s.InstanceTypeConfigs[%d]".formatted(path, i));
    }
    numberOfTypes(fleet, path);
    launch(fleet, path + ".LaunchSpecifications");
    if (fleet.resizeSpecifications() != null) {
      resize(fleet.resizeSpecifications(), path + ".ResizeSpecifications");
    }
  }

  private void capacity(InstanceFleetConfig fleet, boolean primary, String path) {
    int onDemand = orZero(fleet.targetOnDemandCapacity());
    int spot = orZero(fleet.targetSpotCapacity());
    findings.range(path + ON_DEMAND, onDemand, 0, Integer.MAX_VALUE);
    findings.range(path + SPOT, spot, 0, Integer.MAX_VALUE);
    if (onDemand == 0 && spot == 0) {
      findings.lacking(
          path,
          "asks for no capacity; write a TargetOnDemandCapacity or TargetSpotCapacity above 0",
          path + ON_DEMAND,
          path + SPOT);
    }
    long nodes = (long) Math.max(0, onDemand) + Math.max(0, spot);
    if (primary && nodes > 1) {
      findings.add(
          path + (onDemand > 0 ? ON_DEMAND : SPOT),
          InstanceChecks.SEVERAL_PRIMARIES.formatted(nodes));
    }
  }

  private static int orZero(Integer value) {
    return value == null ? 0 : value;
  }

  /** InstanceTypeConfig: five types, with an allocation strategy thirty. */
  private void numberOfTypes(InstanceFleetConfig fleet, String path) {
    InstanceFleetProvisioningSpecifications launch = fleet.launchSpecifications();
    boolean strategy =
        launch != null
            && ((launch.spotSpecification() != null
                    && launch.spotSpecification().allocationStrategyAsString() != null)
                || launch.onDemandSpecification() != null);
    int count = fleet.instanceTypeConfigs().size();
    String types = path + ".InstanceTypeConfigs";
    if (count == 0) {
      findings.lacking(types, "is missing; name at least one InstanceType", types);
    }
    if (count > MOST_TYPES) {
      findings.add(types, "has %d; EMR takes %d at most".formatted(count, MOST_TYPES));
    }
    if (count > MOST_TYPES_WITHOUT_STRATEGY && !strategy) {
      findings.lacking(
          types,
          "has %d; without an AllocationStrategy in LaunchSpecifications EMR takes %d at most"
              .formatted(count, MOST_TYPES_WITHOUT_STRATEGY),
          path + ".LaunchSpecifications.SpotSpecification.AllocationStrategy",
          path + ".LaunchSpecifications.OnDemandSpecification");
    }
  }

  private void type(InstanceTypeConfig type, boolean primary, String path) {
    findings.required(path + ".InstanceType", type.instanceType());
    findings.range(
        path + ".WeightedCapacity", type.weightedCapacity(), 1, primary ? 1 : Integer.MAX_VALUE);
    if (type.bidPrice() != null) {
      instances.price(path + ".BidPrice", type.bidPrice(), "an amount in USD");
    }
    if (type.bidPrice() != null && type.bidPriceAsPercentageOfOnDemandPrice() != null) {
      findings.add(
          path, "has both BidPrice and BidPriceAsPercentageOfOnDemandPrice; keep one of them");
    }
    Double percentage = type.bidPriceAsPercentageOfOnDemandPrice();
    if (percentage != null && percentage <= 0) {
      findings.add(
          path + ".BidPriceAsPercentageOfOnDemandPrice",
          "is %s; write a percentage above 0, for instance 100".formatted(percentage));
    }
    instances.ebs(path + ".EbsConfiguration", type.ebsConfiguration());
  }

  private void launch(InstanceFleetConfig fleet, String path) {
    var launch = fleet.launchSpecifications();
    var spot = launch == null ? null : launch.spotSpecification();
    if (spot != null) {
      spot(spot, path + ".SpotSpecification");
    } else if (orZero(fleet.targetSpotCapacity()) > 0) {
      findings.lacking(
          path + ".SpotSpecification",
          "is missing; without its TimeoutDurationMinutes and TimeoutAction a cluster waits for Spot capacity without end",
          path + ".SpotSpecification");
    }
    if (launch != null && launch.onDemandSpecification() != null) {
      findings.required(
          path + ".OnDemandSpecification.AllocationStrategy",
          launch.onDemandSpecification().allocationStrategyAsString());
    }
  }

  private void spot(SpotProvisioningSpecification spot, String path) {
    String timeout = path + ".TimeoutDurationMinutes";
    if (findings.required(timeout, spot.timeoutDurationMinutes())) {
      findings.range(timeout, spot.timeoutDurationMinutes(), 5, 1_440);
      Duration waits = Duration.ofMinutes(spot.timeoutDurationMinutes());
      if (waits.compareTo(startDeadline) >= 0) {
        findings.add(
            timeout,
            "is %d, but the attempt is given up after %s (cluster.start-deadline); write less, or make the deadline longer"
                .formatted(spot.timeoutDurationMinutes(), new WrittenDuration(startDeadline)));
      }
    }
    if (findings.required(path + ".TimeoutAction", spot.timeoutActionAsString())) {
      findings.oneOf(
          path + ".TimeoutAction",
          spot.timeoutActionAsString(),
          SpotProvisioningTimeoutAction.knownValues());
    }
    if (spot.blockDurationMinutes() != null) {
      findings.add(
          path + ".BlockDurationMinutes",
          "asks for a Spot block, which AWS has not offered since 2023; take it out");
    }
  }

  private void resize(InstanceFleetResizingSpecifications resize, String path) {
    String member = "ResizeSpecification.TimeoutDurationMinutes";
    if (resize.spotResizeSpecification() != null) {
      findings.range(
          path + ".Spot" + member,
          resize.spotResizeSpecification().timeoutDurationMinutes(),
          5,
          10_080);
    }
    if (resize.onDemandResizeSpecification() != null) {
      findings.range(
          path + ".OnDemand" + member,
          resize.onDemandResizeSpecification().timeoutDurationMinutes(),
          5,
          10_080);
    }
  }
}
