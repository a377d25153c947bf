package cluster.step;

import cluster.request.ClusterSettings;
import cluster.request.ClusterStep;
import java.util.List;
import java.util.Optional;
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
        ClusterStep.sparkSubmit(
            settings, Optional.of(mainClass), jarUri, List.of(manifestUri, jobUri));
    return ClusterStep.command("transform", settings.stepDeadline(), submit);
  }
}
