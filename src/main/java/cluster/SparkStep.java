package cluster;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.emr.model.StepConfig;

/**
 * The service's own Spark job.
 *
 * @param jarUri the staged jar
 * @param mainClass its main class
 * @param manifestUri first argument
 * @param jobUri second argument
 */
public record SparkStep(String jarUri, String mainClass, String manifestUri, String jobUri)
    implements ClusterStep {

  @Override
  public StepConfig request(ClusterSettings settings) {
    List<String> submit =
        new ArrayList<>(List.of("spark-submit", "--deploy-mode", "cluster", "--class", mainClass));
    settings
        .sparkConf()
        .forEach((key, value) -> submit.addAll(List.of("--conf", key + "=" + value)));
    submit.addAll(List.of(jarUri, manifestUri, jobUri));
    return ClusterStep.command("transform", settings.stepDeadline(), submit);
  }
}
