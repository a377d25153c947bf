package ingest;

import cluster.request.ClusterSettings;
import cluster.request.ClusterStep;
import java.util.List;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.HadoopJarStepConfig;
import software.amazon.awssdk.services.emr.model.StepConfig;

/**
 * Fetches a URL into the landing bucket, and writes the run's manifest. {@code script-runner.jar}
 * downloads the script and runs it. It has no deadline, so the script gets one as an argument and
 * enforces it.
 *
 * @param region the region of the cluster, whose bucket has {@code script-runner.jar}
 * @param scriptUri the staged script
 * @param source what is fetched, and the most bytes
 * @param target where the object is put
 * @param manifestUri where the manifest is put
 * @param pipeline the pipeline, for the manifest
 * @param run the run, for the manifest
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
   * @param url its address
   * @param maxBytes a larger source fails
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
