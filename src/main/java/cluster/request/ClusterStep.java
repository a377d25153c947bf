package cluster.request;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.HadoopJarStepConfig;
import software.amazon.awssdk.services.emr.model.StepConfig;

/** One step of a cluster; a cluster runs its steps one after another. */
public interface ClusterStep {

  /** The step in the request to EMR. */
  StepConfig request(ClusterSettings settings);

  /**
   * A step that ends at its deadline whatever happens to this service, and whose failure ends the
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

  /**
   * The command that runs a Spark program.
   *
   * @param mainClass the main class of a jar
   * @param code the program's URI
   * @param args the program's own arguments
   */
  static List<String> sparkSubmit(
      ClusterSettings settings, Optional<String> mainClass, String code, List<String> args) {
    List<String> submit = new ArrayList<>(List.of("spark-submit", "--deploy-mode", "cluster"));
    mainClass.ifPresent(name -> submit.addAll(List.of("--class", name)));
    settings
        .sparkConf()
        .forEach((key, value) -> submit.addAll(List.of("--conf", key + "=" + value)));
    submit.add(code);
    submit.addAll(args);
    return submit;
  }
}
