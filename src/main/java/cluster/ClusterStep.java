package cluster;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.HadoopJarStepConfig;
import software.amazon.awssdk.services.emr.model.StepConfig;

/** One step of a cluster; a cluster does its steps one after another. */
public interface ClusterStep {

  /** The step as EMR is asked for it. */
  StepConfig request(ClusterSettings settings);

  /**
   * A step that meets its deadline whatever becomes of this service, and whose failure ends the
   * cluster.
   *
   * @param name as EMR shows it
   * @param command what the primary node runs
   */
  static StepConfig command(String name, Duration deadline, List<String> command) {
    List<String> args =
        Stream.concat(Stream.of("timeout", Long.toString(deadline.toSeconds())), command.stream())
            .toList();
    return StepConfig.builder()
        .name(name)
        .actionOnFailure(ActionOnFailure.TERMINATE_CLUSTER)
        .hadoopJarStep(HadoopJarStepConfig.builder().jar("command-runner.jar").args(args).build())
        .build();
  }
}
