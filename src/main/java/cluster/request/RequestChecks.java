package cluster.request;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.emr.model.InstanceFleetConfig;
import software.amazon.awssdk.services.emr.model.InstanceFleetType;
import software.amazon.awssdk.services.emr.model.InstanceGroupConfig;
import software.amazon.awssdk.services.emr.model.InstanceRoleType;
import software.amazon.awssdk.services.emr.model.JobFlowInstancesConfig;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.Tag;

/**
 * Refuses at the start of the service what EMR would take and an invariant forbids: a cluster that
 * does not end by itself, that is not known as ours, or whose step cannot run. What EMR refuses is
 * left to EMR: a refused launch costs nothing, and is told with the property that it comes from.
 */
final class RequestChecks {

  static final String TAG_IS_OURS =
      "begins with '%s', by which the service knows its clusters; choose another key"
          .formatted(ClusterRequest.OUR_TAGS);

  /** The slash at the end is ours: EMR makes {@code <log-uri>/<cluster id>/} of it. */
  private static final Pattern LOG_URI = Pattern.compile("s3://[^/]+/(.*/)?");

  private final Duration startDeadline;
  private final List<String> problems = new ArrayList<>();

  private RequestChecks(Duration startDeadline) {
    this.startDeadline = startDeadline;
  }

  /**
   * What is wrong with a file, each in words that begin with the member's path.
   *
   * @param startDeadline how long a cluster may be STARTING
   */
  static List<String> check(RunJobFlowRequest file, Duration startDeadline) {
    RequestChecks checks = new RequestChecks(startDeadline);
    checks.own("Name", file.name(), "by its name a cluster is found again after a lost answer");
    checks.own("Steps", file.hasSteps() ? "" : null, "the one step is the pipeline's Spark job");
    checks.stepsInOrder(file.stepConcurrencyLevel());
    checks.software(file);
    checks.tags(file.tags());
    if (file.instances() != null) {
      checks.instances(file.instances());
    }
    return checks.problems;
  }

  /** Whether logs can be read from there. */
  static boolean isLogUri(String uri) {
    return LOG_URI.matcher(uri).matches();
  }

  private void own(String path, Object value, String reason) {
    if (value != null) {
      problems.add("%s is the service's own (%s); take it out".formatted(path, reason));
    }
  }

  private void stepsInOrder(Integer concurrency) {
    if (concurrency != null && concurrency != 1) {
      problems.add(
          "StepConcurrencyLevel is %d; above 1 a failing step does not terminate the cluster, take it out"
              .formatted(concurrency));
    }
  }

  private void software(RunJobFlowRequest file) {
    if (file.logUri() != null && !isLogUri(file.logUri())) {
      problems.add("LogUri is '%s'; write s3://bucket/prefix/".formatted(file.logUri()));
    }
    // EMR starts such a cluster, and its step fails.
    if (file.hasApplications()
        && file.applications().stream().noneMatch(app -> "spark".equalsIgnoreCase(app.name()))) {
      problems.add("Applications lacks Spark, which the step needs; add {\"Name\": \"Spark\"}");
    }
  }

  private void tags(List<Tag> tags) {
    for (int i = 0; i < tags.size(); i++) {
      String key = tags.get(i).key();
      if (key != null && key.startsWith(ClusterRequest.OUR_TAGS)) {
        problems.add("Tags[%d].Key %s".formatted(i, TAG_IS_OURS));
      }
    }
  }

  private void instances(JobFlowInstancesConfig instances) {
    own(
        "Instances.KeepJobFlowAliveWhenNoSteps",
        instances.keepJobFlowAliveWhenNoSteps(),
        "a cluster ends when its steps have ended");
    own(
        "Instances.TerminationProtected",
        instances.terminationProtected(),
        "a cluster must be able to end by itself");
    List<InstanceGroupConfig> groups = instances.instanceGroups();
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).instanceRole() == InstanceRoleType.MASTER) {
        primaries(
            "Instances.InstanceGroups[%d].InstanceCount".formatted(i),
            orZero(groups.get(i).instanceCount()));
      }
    }
    List<InstanceFleetConfig> fleets = instances.instanceFleets();
    for (int i = 0; i < fleets.size(); i++) {
      fleet(fleets.get(i), "Instances.InstanceFleets[%d]".formatted(i));
    }
  }

  /**
   * Amazon EMR Management Guide, Launch an Amazon EMR cluster with multiple primary nodes: EMR
   * turns on termination protection and overrides what was said of the cluster's end.
   */
  private void primaries(String path, long nodes) {
    if (nodes > 1) {
      problems.add(
          "%s is %d; write 1: EMR protects several primary nodes from termination, the cluster would not end by itself"
              .formatted(path, nodes));
    }
  }

  private void fleet(InstanceFleetConfig fleet, String path) {
    long onDemand = orZero(fleet.targetOnDemandCapacity());
    long spot = orZero(fleet.targetSpotCapacity());
    if (fleet.instanceFleetType() == InstanceFleetType.MASTER) {
      primaries(
          path + (onDemand > 0 ? ".TargetOnDemandCapacity" : ".TargetSpotCapacity"),
          onDemand + spot);
    }
    var launch = fleet.launchSpecifications();
    var waiting = launch == null ? null : launch.spotSpecification();
    if (waiting == null && spot <= 0) {
      return;
    }
    String specification = path + ".LaunchSpecifications.SpotSpecification";
    if (waiting == null
        || waiting.timeoutDurationMinutes() == null
        || waiting.timeoutActionAsString() == null) {
      problems.add(
          specification
              + " needs TimeoutDurationMinutes and TimeoutAction; without them a cluster waits for Spot capacity without end");
    } else if (Duration.ofMinutes(waiting.timeoutDurationMinutes()).compareTo(startDeadline) >= 0) {
      problems.add(
          "%s.TimeoutDurationMinutes is %d, but the attempt is given up after %s (cluster.start-deadline); write less, or make the deadline longer"
              .formatted(
                  specification,
                  waiting.timeoutDurationMinutes(),
                  new WrittenDuration(startDeadline)));
    }
  }

  private static int orZero(Integer value) {
    return Objects.requireNonNullElse(value, 0);
  }
}
