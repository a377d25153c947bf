package cluster;

import java.util.ArrayList;
import java.util.List;
import run.Attempt;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.Application;
import software.amazon.awssdk.services.emr.model.HadoopJarStepConfig;
import software.amazon.awssdk.services.emr.model.InstanceGroupConfig;
import software.amazon.awssdk.services.emr.model.InstanceRoleType;
import software.amazon.awssdk.services.emr.model.JobFlowInstancesConfig;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.StepConfig;
import software.amazon.awssdk.services.emr.model.Tag;

/** Makes the one RunJobFlow request of an attempt; a pure function of its inputs. */
public final class ClusterRequest {

  /** The tag that says which installation a cluster belongs to. */
  public static final String INSTALLATION_TAG = "transient-pipelines:installation";

  private ClusterRequest() {}

  /**
   * The Spark job to run.
   *
   * @param jarUri the staged jar
   * @param mainClass its main class
   * @param manifestUri first argument
   * @param jobUri second argument
   */
  public record SparkStep(String jarUri, String mainClass, String manifestUri, String jobUri) {}

  /**
   * The cluster's name: it tells installation, pipeline, run and attempt, and is the same whenever
   * it is asked for.
   */
  public static String name(String installation, String pipeline, run.RunId run, int attempt) {
    return "%s %s %s attempt-%d".formatted(installation, pipeline, run, attempt);
  }

  /**
   * The request. Whatever happens to this service, such a cluster ends by itself: it does not stay
   * when its steps are done, a failing step terminates it, and a step that hangs meets {@code
   * timeout}.
   */
  public static RunJobFlowRequest of(
      Attempt attempt,
      String installation,
      String pipeline,
      ClusterSettings settings,
      SparkStep step) {
    return RunJobFlowRequest.builder()
        .name(attempt.clusterName())
        .releaseLabel(settings.releaseLabel())
        .applications(Application.builder().name("Spark").build())
        .serviceRole(settings.serviceRole())
        .jobFlowRole(settings.instanceProfile())
        .securityConfiguration(settings.securityConfiguration().orElse(null))
        .logUri(settings.logUri())
        .visibleToAllUsers(true)
        .instances(instances(settings))
        .steps(step(settings, step))
        .tags(tags(attempt, installation, pipeline, settings))
        .build();
  }

  private static JobFlowInstancesConfig instances(ClusterSettings settings) {
    List<InstanceGroupConfig> groups = new ArrayList<>();
    groups.add(group("primary", InstanceRoleType.MASTER, settings.primaryType(), 1));
    if (settings.coreCount() > 0) {
      groups.add(group("core", InstanceRoleType.CORE, settings.coreType(), settings.coreCount()));
    }
    return JobFlowInstancesConfig.builder()
        .instanceGroups(groups)
        .ec2SubnetId(settings.subnet().orElse(null))
        .keepJobFlowAliveWhenNoSteps(false)
        .terminationProtected(false)
        .build();
  }

  private static InstanceGroupConfig group(
      String name, InstanceRoleType role, String type, int count) {
    return InstanceGroupConfig.builder()
        .name(name)
        .instanceRole(role)
        .instanceType(type)
        .instanceCount(count)
        .build();
  }

  private static StepConfig step(ClusterSettings settings, SparkStep step) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("timeout", Long.toString(settings.stepDeadline().toSeconds())));
    args.addAll(List.of("spark-submit", "--deploy-mode", "cluster", "--class", step.mainClass()));
    settings.sparkConf().forEach((key, value) -> args.addAll(List.of("--conf", key + "=" + value)));
    args.addAll(List.of(step.jarUri(), step.manifestUri(), step.jobUri()));
    return StepConfig.builder()
        .name("transform")
        .actionOnFailure(ActionOnFailure.TERMINATE_CLUSTER)
        .hadoopJarStep(HadoopJarStepConfig.builder().jar("command-runner.jar").args(args).build())
        .build();
  }

  private static List<Tag> tags(
      Attempt attempt, String installation, String pipeline, ClusterSettings settings) {
    List<Tag> tags = new ArrayList<>();
    tags.add(tag(INSTALLATION_TAG, installation));
    tags.add(tag("transient-pipelines:pipeline", pipeline));
    tags.add(tag("transient-pipelines:run", attempt.run().value()));
    settings.tags().forEach(tag -> tags.add(tag(tag.key(), tag.value())));
    return tags;
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
