package cluster.request;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.emr.model.Application;
import software.amazon.awssdk.services.emr.model.BootstrapActionConfig;
import software.amazon.awssdk.services.emr.model.ComputeLimits;
import software.amazon.awssdk.services.emr.model.ComputeLimitsUnitType;
import software.amazon.awssdk.services.emr.model.JobFlowInstancesConfig;
import software.amazon.awssdk.services.emr.model.KerberosAttributes;
import software.amazon.awssdk.services.emr.model.ManagedScalingPolicy;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.Tag;

/**
 * Refuses at the start of the service what EMR would refuse at the first launch, and what would
 * keep a cluster from ending by itself. Source, where no other is named: Amazon EMR API reference,
 * RunJobFlow and the types that it names.
 */
final class RequestChecks {

  private static final Pattern RELEASE =
      Pattern.compile("emr-([a-z]+-)?[0-9]+\\.[0-9]+\\.[0-9]+(-[a-z0-9]+)?");

  /** The slash at the end is ours: EMR makes {@code <log-uri>/<cluster id>/} of it. */
  private static final Pattern LOG_URI = Pattern.compile("s3://[^/]+/(.*/)?");

  /** Amazon EMR Management Guide, Create bootstrap actions: at most 16 in a cluster. */
  private static final int MOST_BOOTSTRAP_ACTIONS = 16;

  private static final String OLD =
      "is for releases before 4.0, which cannot run the Spark job; take it out and use %s";

  private final RunJobFlowRequest request;
  private final Findings findings;

  private RequestChecks(RunJobFlowRequest request, Findings findings) {
    this.request = request;
    this.findings = findings;
  }

  /**
   * Checks everything but the tags.
   *
   * @param startDeadline how long a cluster may be STARTING
   */
  static void check(RunJobFlowRequest request, Duration startDeadline, Findings findings) {
    RequestChecks checks = new RequestChecks(request, findings);
    checks.ours();
    checks.oldMembers();
    checks.software();
    checks.bootstrapActions();
    checks.scaling();
    checks.security();
    InstanceChecks.check(request.instances(), startDeadline, findings);
  }

  /**
   * Checks the tags of a file.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-plan-tags-restrictions.html">Restrictions
   *     that apply to tagging resources in Amazon EMR</a>
   */
  static void checkTags(List<Tag> tags, Findings findings) {
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < tags.size(); i++) {
      String path = "Tags[%d].Key".formatted(i);
      String key = tags.get(i).key();
      if (!findings.required(path, key)) {
        continue;
      }
      if (key.startsWith(ClusterRequest.OUR_TAGS)) {
        findings.add(
            path,
            "begins with '%s', by which the service knows its clusters; choose another key"
                .formatted(ClusterRequest.OUR_TAGS));
      }
      if (key.regionMatches(true, 0, "aws:", 0, 4)) {
        findings.add(path, "begins with 'aws:', which AWS keeps for itself; choose another key");
      }
      if (!keys.add(key)) {
        findings.add(path, "is '%s' a second time; keep one".formatted(key));
      }
    }
  }

  private void ours() {
    refuse("Name", request.name(), "by its name a cluster is found again after a lost answer");
    refuse("Steps", request.hasSteps() ? "" : null, "the one step is the pipeline's Spark job");
    JobFlowInstancesConfig instances = request.instances();
    refuse(
        "Instances.KeepJobFlowAliveWhenNoSteps",
        instances.keepJobFlowAliveWhenNoSteps(),
        "a cluster ends when its steps have ended");
    refuse(
        "Instances.TerminationProtected",
        instances.terminationProtected(),
        "a cluster must be able to end by itself");
    if (request.stepConcurrencyLevel() != null && request.stepConcurrencyLevel() != 1) {
      findings.add(
          "StepConcurrencyLevel",
          "is %d; above 1 a failing step does not terminate the cluster, take it out"
              .formatted(request.stepConcurrencyLevel()));
    }
  }

  private void refuse(String path, Object value, String reason) {
    if (value != null) {
      findings.add(path, "is the service's own (%s); take it out".formatted(reason));
    }
  }

  private void oldMembers() {
    if (request.amiVersion() != null) {
      findings.add("AmiVersion", OLD.formatted("ReleaseLabel"));
    }
    if (request.hasSupportedProducts()) {
      findings.add("SupportedProducts", OLD.formatted("Applications"));
    }
    if (request.hasNewSupportedProducts()) {
      findings.add("NewSupportedProducts", OLD.formatted("Applications"));
    }
    if (request.instances().hadoopVersion() != null) {
      findings.add("Instances.HadoopVersion", OLD.formatted("ReleaseLabel"));
    }
  }

  private void software() {
    if (!RELEASE.matcher(request.releaseLabel()).matches()) {
      findings.add(
          "ReleaseLabel",
          "is '%s'; write a release of EMR, for instance emr-7.13.0"
              .formatted(request.releaseLabel()));
    }
    if (!LOG_URI.matcher(request.logUri()).matches()) {
      findings.add("LogUri", "is '%s'; write s3://bucket/prefix/".formatted(request.logUri()));
    }
    if (request.applications().stream()
        .map(Application::name)
        .noneMatch(name -> "spark".equalsIgnoreCase(name))) {
      findings.add("Applications", "lacks Spark, which the step needs; add {\"Name\": \"Spark\"}");
    }
    if (request.autoTerminationPolicy() != null) {
      findings.range(
          "AutoTerminationPolicy.IdleTimeout",
          request.autoTerminationPolicy().idleTimeout(),
          60,
          604_800);
    }
  }

  private void bootstrapActions() {
    List<BootstrapActionConfig> actions = request.bootstrapActions();
    for (int i = 0; i < actions.size(); i++) {
      String path = "BootstrapActions[%d]".formatted(i);
      var script = actions.get(i).scriptBootstrapAction();
      findings.required(path + ".Name", actions.get(i).name());
      findings.required(
          path + ".ScriptBootstrapAction.Path", script == null ? null : script.path());
    }
    if (actions.size() > MOST_BOOTSTRAP_ACTIONS) {
      findings.add(
          "BootstrapActions",
          "has %d; EMR takes %d at most".formatted(actions.size(), MOST_BOOTSTRAP_ACTIONS));
    }
  }

  private void scaling() {
    List<Integer> scaled = InstanceChecks.groupsWithPolicy(request.instances().instanceGroups());
    if (!scaled.isEmpty() && request.autoScalingRole() == null) {
      findings.lacking(
          "AutoScalingRole",
          "is missing; a group with an AutoScalingPolicy needs it",
          "AutoScalingRole");
    }
    ManagedScalingPolicy policy = request.managedScalingPolicy();
    if (policy == null) {
      return;
    }
    // Amazon EMR Management Guide, Using managed scaling.
    scaled.forEach(
        i ->
            findings.add(
                "Instances.InstanceGroups[%d].AutoScalingPolicy".formatted(i),
                "is there beside ManagedScalingPolicy; keep one"));
    if (findings.required("ManagedScalingPolicy.ComputeLimits", policy.computeLimits())) {
      limits(policy.computeLimits());
    }
  }

  private void limits(ComputeLimits limits) {
    String path = "ManagedScalingPolicy.ComputeLimits.";
    findings.required(path + "UnitType", limits.unitTypeAsString());
    findings.oneOf(
        path + "UnitType", limits.unitTypeAsString(), ComputeLimitsUnitType.knownValues());
    boolean fleets = request.instances().hasInstanceFleets();
    boolean fleetUnits = limits.unitType() == ComputeLimitsUnitType.INSTANCE_FLEET_UNITS;
    boolean groupUnits =
        limits.unitType() == ComputeLimitsUnitType.INSTANCES
            || limits.unitType() == ComputeLimitsUnitType.VCPU;
    if (fleets ? groupUnits : fleetUnits) {
      findings.add(
          path + "UnitType",
          "is %s; with %s"
              .formatted(
                  limits.unitTypeAsString(),
                  fleets
                      ? "InstanceFleets write InstanceFleetUnits"
                      : "instance groups write Instances or VCPU"));
    }
    Integer most = limits.maximumCapacityUnits();
    boolean minimum =
        findings.required(path + "MinimumCapacityUnits", limits.minimumCapacityUnits());
    boolean maximum = findings.required(path + "MaximumCapacityUnits", most);
    if (minimum) {
      findings.range(
          path + "MinimumCapacityUnits", limits.minimumCapacityUnits(), 1, Integer.MAX_VALUE);
    }
    if (maximum) {
      notAbove(path + "MinimumCapacityUnits", limits.minimumCapacityUnits(), most);
      notAbove(path + "MaximumOnDemandCapacityUnits", limits.maximumOnDemandCapacityUnits(), most);
      notAbove(path + "MaximumCoreCapacityUnits", limits.maximumCoreCapacityUnits(), most);
    }
  }

  private void notAbove(String path, Integer value, int most) {
    if (value != null && value > most) {
      findings.add(path, "is %d, above MaximumCapacityUnits, which is %d".formatted(value, most));
    }
  }

  private void security() {
    KerberosAttributes kerberos = request.kerberosAttributes();
    if (kerberos == null) {
      return;
    }
    findings.required("KerberosAttributes.Realm", kerberos.realm());
    findings.required("KerberosAttributes.KdcAdminPassword", kerberos.kdcAdminPassword());
    if (request.securityConfiguration() == null) {
      findings.lacking(
          "KerberosAttributes",
          "needs a SecurityConfiguration that switches Kerberos on; add it",
          "SecurityConfiguration");
    }
  }
}
