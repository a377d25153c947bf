package landing;

import java.time.Duration;
import run.RunId;

/**
 * Where a pipeline's objects land.
 *
 * @param bucket the bucket
 * @param prefix what their keys begin with
 * @param poll how often the bucket is listed
 * @param acceptUnknownRuns whether objects are taken although S3 remembers runs that the run store
 *     does not know
 */
public record LandingSettings(
    String bucket, String prefix, Duration poll, boolean acceptUnknownRuns) {

  /** Below the landing prefix, where runs put what they ingest themselves. */
  private static final String INGESTED = "_ingested/";

  /**
   * Whether an object of that key lands for the pipeline: not a folder's marker, and not what a run
   * has ingested itself, which is that run's own.
   */
  public boolean takes(String key) {
    return key.startsWith(prefix) && !key.endsWith("/") && !key.startsWith(prefix + INGESTED);
  }

  /** The key of what an attempt of a run ingests; no other attempt shares its folder. */
  public String ingestedKey(RunId run, int attempt, String name) {
    return "%s%srun=%s/attempt=%d/%s".formatted(prefix, INGESTED, run, attempt, name);
  }
}
