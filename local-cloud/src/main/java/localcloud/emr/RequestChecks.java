package localcloud.emr;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import localcloud.awsjson.AwsError;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.AutoTerminationPolicy;
import software.amazon.awssdk.services.emr.model.JobFlowInstancesConfig;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.StepConfig;

/**
 * What EMR refuses for the request alone, with ValidationException.
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
  private static final Pattern RELEASE = Pattern.compile("emr-(spark-)?[0-9]+\\.[0-9]+\\.[0-9]+");

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
    String release = request.releaseLabel();
    if (release == null || !RELEASE.matcher(release).matches()) {
      throw AwsError.validation("The supplied release label is invalid: " + release + ".");
    }
    Integer concurrency = request.stepConcurrencyLevel();
    if (concurrency != null && (concurrency < 1 || concurrency > MAX_CONCURRENCY)) {
      throw AwsError.validation("Step concurrency level must be between 1 and 256.");
    }
    if (request.autoTerminationPolicy() != null) {
      check(request.autoTerminationPolicy());
    }
    instances(request.instances());
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
