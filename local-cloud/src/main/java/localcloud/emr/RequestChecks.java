package localcloud.emr;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.awsjson.AwsError;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.AutoTerminationPolicy;
import software.amazon.awssdk.services.emr.model.JobFlowInstancesConfig;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.StepConfig;

/**
 * What EMR refuses because of the request alone, with ValidationException.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_RunJobFlow.html">RunJobFlow</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_StepConfig.html">StepConfig</a>
 */
final class RequestChecks {
  static final int MAX_STEPS = 256;
  private static final int MAX_NAME_LENGTH = 256;
  private static final int MAX_ARGUMENTS_LENGTH = 10_240;
  private static final int MAX_CONCURRENCY = 256;
  private static final long MIN_IDLE_SECONDS = 60;
  private static final long MAX_IDLE_SECONDS = 604_800;
  private static final Pattern RELEASE =
      Pattern.compile("emr-(?:spark-)?([0-9]+)\\.([0-9]+)\\.[0-9]+");

  private static final Set<ActionOnFailure> CANCELS = Set.of(ActionOnFailure.CANCEL_AND_WAIT);
  private static final Set<ActionOnFailure> CANCELS_OR_TERMINATES =
      Set.of(
          ActionOnFailure.CANCEL_AND_WAIT,
          ActionOnFailure.TERMINATE_CLUSTER,
          ActionOnFailure.TERMINATE_JOB_FLOW);

  private final List<String> violations = new ArrayList<>();

  private RequestChecks() {}

  static void check(RunJobFlowRequest request) {
    RequestChecks checks = new RequestChecks();
    checks.name(request.name(), "name");
    checks.required(request.instances(), "instances");
    checks.steps(request.steps());
    checks.throwIfViolated();

    if (request.serviceRole() == null) {
      throw AwsError.validation("ServiceRole is required for creating cluster.");
    }
    if (request.jobFlowRole() == null) {
      throw AwsError.validation("InstanceProfile is required for creating cluster.");
    }
    release(request);
    if (request.logUri() != null && !request.logUri().matches("s3[an]?://[^/]+(/.*)?")) {
      throw AwsError.validation("The log URI is not valid: " + request.logUri() + ".");
    }
    Integer concurrency = request.stepConcurrencyLevel();
    if (concurrency != null) {
      checkConcurrency(concurrency);
    }
    if (request.autoTerminationPolicy() != null) {
      check(request.autoTerminationPolicy());
    }
    instances(request.instances());
    check(request.steps(), concurrency == null ? 1 : concurrency, CANCELS);
  }

  /**
   * Refuses an unknown release, and an image that the release does not support.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_RunJobFlow.html#EMR-RunJobFlow-request-CustomAmiId">CustomAmiId</a>
   */
  private static void release(RunJobFlowRequest request) {
    String label = request.releaseLabel();
    String ami = request.amiVersion();
    if (label == null && ami == null) {
      throw AwsError.validation(
          "Must specify exactly one of the following: release label, AMI version, or Hadoop"
              + " version.");
    }
    if (label == null) {
      throw AwsError.validation("AMI version " + ami + " is not supported.");
    }
    if (ami != null) {
      throw AwsError.validation(
          "Only one AMI version and release label may be specified. Provided AMI: %s, release label: %s."
              .formatted(ami, label));
    }
    Matcher release = RELEASE.matcher(label);
    if (!release.matches()) {
      throw AwsError.validation("The supplied release label is invalid: " + label + ".");
    }
    int major = Integer.parseInt(release.group(1));
    boolean before570 = major < 5 || (major == 5 && Integer.parseInt(release.group(2)) < 7);
    if (before570 && request.customAmiId() != null) {
      throw AwsError.validation("Custom AMI is not allowed");
    }
  }

  /**
   * Refuses steps that a cluster with that step concurrency does not accept from AddJobFlowSteps.
   */
  static void checkAdded(List<StepConfig> steps, int concurrency) {
    check(steps, concurrency, CANCELS_OR_TERMINATES);
  }

  /**
   * Refuses actions on failure that concern other steps if several steps run at once.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_StepConfig.html#EMR-Type-StepConfig-ActionOnFailure">ActionOnFailure</a>
   */
  private static void check(List<StepConfig> steps, int concurrency, Set<ActionOnFailure> refused) {
    if (concurrency == 1) {
      return;
    }
    steps.stream()
        .map(StepConfig::actionOnFailure)
        .filter(refused::contains)
        .findFirst()
        .ifPresent(
            action -> {
              throw AwsError.validation(
                  "ActionOnFailure %s is not valid for a cluster whose StepConcurrencyLevel is greater than 1."
                      .formatted(action));
            });
  }

  static void checkConcurrency(int level) {
    if (level < 1 || level > MAX_CONCURRENCY) {
      throw AwsError.validation("Step concurrency level must be between 1 and 256.");
    }
  }

  /**
   * Refuses a filter with an unknown value.
   *
   * @param at the member's path
   * @param known the known values
   */
  static void checkFilter(String at, List<String> wanted, Set<?> known) {
    List<String> all = known.stream().map(String::valueOf).sorted().toList();
    if (!all.containsAll(wanted)) {
      throw AwsError.validation(
          "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: %s]"
              .formatted(wanted, at, all));
    }
  }

  static void check(List<StepConfig> steps) {
    RequestChecks checks = new RequestChecks();
    if (steps.isEmpty()) {
      checks.required(null, "steps");
    }
    checks.steps(steps);
    checks.throwIfViolated();
  }

  /**
   * Refuses an idle time out of range.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_AutoTerminationPolicy.html">AutoTerminationPolicy</a>
   */
  static void check(AutoTerminationPolicy policy) {
    Long idle = policy.idleTimeout();
    if (idle != null && (idle < MIN_IDLE_SECONDS || idle > MAX_IDLE_SECONDS)) {
      throw AwsError.validation(
          "The idle timeout must be between 60 and 604800 seconds, not " + idle + ".");
    }
  }

  private static void instances(JobFlowInstancesConfig instances) {
    boolean groups = !instances.instanceGroups().isEmpty();
    boolean fleets = !instances.instanceFleets().isEmpty();
    boolean uniform = instances.instanceCount() != null || instances.masterInstanceType() != null;
    if (groups && fleets) {
      throw AwsError.validation("Instance groups and instance fleets are mutually exclusive.");
    }
    if (!groups && !fleets && !uniform) {
      throw AwsError.validation(
          "The request names no instances: give InstanceGroups, InstanceFleets or InstanceCount.");
    }
    if (instances.ec2SubnetId() != null && !instances.ec2SubnetIds().isEmpty()) {
      throw AwsError.validation("Give Ec2SubnetId or Ec2SubnetIds, not both.");
    }
    int primaries = ClusterInstances.primaries(instances);
    if (primaries > 1 && primaries != 3) {
      throw AwsError.validation(
          "Master instance group must have exactly 3 instances for HA clusters.");
    }
  }

  private void steps(List<StepConfig> steps) {
    if (steps.size() > MAX_STEPS) {
      violations.add(
          "Value at 'steps' failed to satisfy constraint: Member must have length less than or"
              + " equal to 256");
    }
    for (int i = 0; i < steps.size(); i++) {
      step(steps.get(i), "steps.%d.member.".formatted(i + 1));
    }
  }

  private void step(StepConfig step, String at) {
    name(step.name(), at + "name");
    required(step.hadoopJarStep(), at + "hadoopJarStep");
    if (step.actionOnFailure() == ActionOnFailure.UNKNOWN_TO_SDK_VERSION) {
      violations.add(
          "Value '%s' at '%sactionOnFailure' failed to satisfy constraint: Member must satisfy enum value set: %s"
              .formatted(step.actionOnFailureAsString(), at, ActionOnFailure.knownValues()));
    }
    if (step.hadoopJarStep() == null) {
      return;
    }
    required(step.hadoopJarStep().jar(), at + "hadoopJarStep.jar");
    int length = step.hadoopJarStep().args().stream().mapToInt(String::length).sum();
    if (length > MAX_ARGUMENTS_LENGTH) {
      violations.add(
          "Value at '%shadoopJarStep.args' failed to satisfy constraint: the arguments have %d characters, at most 10240 are allowed"
              .formatted(at, length));
    }
  }

  private void name(String name, String at) {
    required(name, at);
    if (name != null && name.length() > MAX_NAME_LENGTH) {
      violations.add(
          "Value '%s' at '%s' failed to satisfy constraint: Member must have length less than or equal to 256"
              .formatted(name, at));
    }
  }

  private void required(Object value, String at) {
    if (value == null) {
      violations.add(
          "Value null at '%s' failed to satisfy constraint: Member must not be null".formatted(at));
    }
  }

  /** All violations in one message, in the form that AWS gives them. */
  private void throwIfViolated() {
    if (!violations.isEmpty()) {
      throw AwsError.validation(
          "%d validation error%s detected: %s"
              .formatted(
                  violations.size(),
                  violations.size() == 1 ? "" : "s",
                  String.join("; ", violations)));
    }
  }
}
