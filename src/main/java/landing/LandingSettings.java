package landing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import run.RunId;

/**
 * Where a pipeline's objects land.
 *
 * @param bucket the bucket
 * @param prefix what their keys begin with
 * @param poll how often the bucket is listed
 * @param acceptUnknownRuns whether objects are taken although S3 remembers runs that the run store
 *     does not know
 * @param afterSuccess what becomes of objects whose run has ended well
 * @param archivePrefix what is put before the key of an archived object; present for ARCHIVE only
 * @param order how the keys of later objects sort
 * @param onOverwrite what is done with a later version of an object that was loaded
 * @param since what was last modified before does not land by itself; absent: everything lands
 */
public record LandingSettings(
    String bucket,
    String prefix,
    Duration poll,
    boolean acceptUnknownRuns,
    AfterSuccess afterSuccess,
    Optional<String> archivePrefix,
    KeyOrder order,
    OnOverwrite onOverwrite,
    Optional<Instant> since) {

  /** Below the landing prefix, where runs put what they ingest themselves. */
  private static final String INGESTED = "_ingested/";

  /**
   * Whether an object of that key lands for the pipeline: not a folder's marker, and not what a run
   * has ingested itself, which is that run's own.
   */
  public boolean takes(String key) {
    return key.startsWith(prefix) && !key.endsWith("/") && !key.startsWith(prefix + INGESTED);
  }

  /** What comes after the landing prefix in a key. */
  public String below(String key) {
    return key.startsWith(prefix) ? key.substring(prefix.length()) : key;
  }

  /** Whether an object that was last modified then lands by itself. */
  public boolean isRecent(Instant lastModified) {
    return since.filter(lastModified::isBefore).isEmpty();
  }

  /** The key of what an attempt of a run ingests; no other attempt shares its folder. */
  public String ingestedKey(RunId run, int attempt, String name) {
    return "%s%srun=%s/attempt=%d/%s".formatted(prefix, INGESTED, run, attempt, name);
  }

  /** The key of what the service fetches for a run; no other run shares its folder. */
  public String ingestedKey(RunId run, String name) {
    return "%s%srun=%s/%s".formatted(prefix, INGESTED, run, name);
  }

  /** What is done with a later version of an object that was loaded. */
  public enum OnOverwrite {
    /** It is loaded too. */
    LOAD_AGAIN,
    /** It is set aside. */
    IGNORE,
    /** A run fails for it, and takes it when somebody retries or replays that run. */
    FAIL
  }

  /** Where objects stay where they landed, in any order, and later versions are loaded too. */
  public LandingSettings(String bucket, String prefix, Duration poll, boolean acceptUnknownRuns) {
    this(
        bucket,
        prefix,
        poll,
        acceptUnknownRuns,
        AfterSuccess.KEEP,
        Optional.empty(),
        KeyOrder.any(poll),
        OnOverwrite.LOAD_AGAIN,
        Optional.empty());
  }
}
