package landing;

import java.time.Duration;

/**
 * Where a pipeline's objects land.
 *
 * @param bucket the bucket
 * @param prefix what their keys begin with
 * @param poll how often the bucket is listed
 * @param acceptUnknownRuns whether objects are taken although S3 remembers runs that the run store
 *     does not know
 * @param onOverwrite what is done with a later version of an object that was loaded
 */
public record LandingSettings(
    String bucket,
    String prefix,
    Duration poll,
    boolean acceptUnknownRuns,
    OnOverwrite onOverwrite) {

  /** What is done with a later version of an object that was loaded. */
  public enum OnOverwrite {
    /** It is loaded too. */
    LOAD_AGAIN,
    /** It is set aside. */
    IGNORE,
    /** A run fails for it, and takes it when somebody retries or replays that run. */
    FAIL
  }

  /** The same, where later versions are loaded too. */
  public LandingSettings(String bucket, String prefix, Duration poll, boolean acceptUnknownRuns) {
    this(bucket, prefix, poll, acceptUnknownRuns, OnOverwrite.LOAD_AGAIN);
  }
}
