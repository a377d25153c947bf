package flow;

import batch.LandedObject;
import contract.Manifest;
import java.time.Instant;
import java.util.List;
import pipeline.Pipeline;
import run.Run;

/** What a run's own cluster has put into the landing bucket, from the step's manifest. */
public final class Ingested {

  private Ingested() {}

  /**
   * The objects of the manifest.
   *
   * @param uri the manifest's address
   * @param now when they were seen
   * @throws UnusableFileException if it belongs to another run, names no object, or names one that
   *     no run of this pipeline ingests
   */
  public static List<LandedObject> of(
      Pipeline pipeline, Run run, String uri, Manifest manifest, Instant now) {
    String bucket = "s3://%s/".formatted(pipeline.landing().bucket());
    boolean isOfRun =
        manifest.run().equals(run.id().value())
            && !manifest.objects().isEmpty()
            && manifest.objects().stream().allMatch(object -> object.uri().startsWith(bucket));
    if (!isOfRun) {
      throw new UnusableFileException(
          uri,
          "is the manifest of run %s's step ingest, and is of run %s and names %s; something else writes into this run's folder"
              .formatted(run.id(), manifest.run(), manifest.objects()));
    }
    return manifest.objects().stream()
        .map(
            object ->
                new LandedObject(
                    pipeline.name(),
                    pipeline.landing().bucket(),
                    object.uri().substring(bucket.length()),
                    object.etag(),
                    object.size(),
                    now,
                    now))
        .toList();
  }
}
