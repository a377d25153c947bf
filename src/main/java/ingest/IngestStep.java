package ingest;

import cluster.request.ClusterSettings;
import cluster.request.ClusterStep;
import java.util.List;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.HadoopJarStepConfig;
import software.amazon.awssdk.services.emr.model.StepConfig;

/**
 * Fetches what a URL has into the landing bucket, and writes the run's manifest. {@code
 * script-runner.jar} downloads the script and runs it; it knows no deadline, so the script is told
 * one and keeps it.
 *
 * @param region the region of the cluster, whose bucket has {@code script-runner.jar}
 * @param scriptUri the staged script
 * @param source what is fetched, and how much at most
 * @param target where it is put
 * @param manifestUri where the manifest is put
 * @param pipeline whose it is, for the manifest
 * @param run for the manifest
 * @see <a href="https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-commandrunner.html">Run
 *     commands and scripts on an Amazon EMR cluster</a>
 */
public record IngestStep(
    String region,
    String scriptUri,
    Source source,
    String target,
    String manifestUri,
    String pipeline,
    String run)
    implements ClusterStep {

  /** The step's name, as EMR shows it. */
  public static final String NAME = "ingest";

  /**
   * What is fetched.
   *
   * @param url where it is
   * @param maxBytes more than that fails
   */
  public record Source(String url, long maxBytes) {}

  @Override
  public StepConfig request(ClusterSettings settings) {
    return StepConfig.builder()
        .name(NAME)
        .actionOnFailure(ActionOnFailure.TERMINATE_CLUSTER)
        .hadoopJarStep(
            HadoopJarStepConfig.builder()
                .jar(
                    "s3://%s.elasticmapreduce/libs/script-runner/script-runner.jar"
                        .formatted(region))
                .args(
                    List.of(
                        scriptUri,
                        source.url(),
                        target,
                        manifestUri,
                        pipeline,
                        run,
                        Long.toString(source.maxBytes()),
                        Long.toString(settings.stepDeadline().toSeconds())))
                .build())
        .build();
  }
}
