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
 * @param filter which keys land
 * @param poll how often the bucket is listed; absent: as often as its pages allow
 * @param acceptUnknownRuns whether objects are taken although S3 has runs that the run store does
 *     not know
 * @param afterSuccess what happens to objects whose run has succeeded
 * @param archivePrefix what is put before the key of an archived object; present for ARCHIVE only
 * @param order how the keys of later objects sort
 * @param onOverwrite what is done with a later version of an object that was loaded
 * @param onSameContent what is done with a later version that has the content of the one before
 * @param since objects that were last modified before do not land by themselves; absent: everything
 *     lands
 */
public record LandingSettings(
    String bucket,
    String prefix,
    KeyFilter filter,
    Optional<Duration> poll,
    boolean acceptUnknownRuns,
    AfterSuccess afterSuccess,
    Optional<String> archivePrefix,
    KeyOrder order,
    OnOverwrite onOverwrite,
    OnSameContent onSameContent,
    Optional<Instant> since) {

  /** The folder below the landing prefix where runs put what they ingest themselves. */
  private static final String INGESTED = "_ingested/";

  /** How much each page of a listing adds to the pause, if none is configured. */
  private static final Duration A_PAGE = Duration.ofSeconds(2);

  private static final Duration LEAST_WITH_EVENTS = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /** The address of the prefix. */
  public String uri() {
    return "s3://%s/%s".formatted(bucket, prefix);
  }

  /**
   * Whether an object of that key lands for the pipeline. Folder markers, objects that a run has
   * ingested itself, and keys that the patterns leave out do not.
   */
  public boolean takes(String key) {
    return key.startsWith(prefix)
        && !key.endsWith("/")
        && !key.startsWith(prefix + INGESTED)
        && filter.wants(below(key));
  }

  /**
   * The pause after a complete listing. By default two seconds for each page, so that no prefix
   * takes more than half a call a second.
   *
   * @param pages how many calls the listing took
   * @param hasEvents whether S3's events report most objects before a listing does
   */
  public Duration pause(int pages, boolean hasEvents) {
    Duration least = hasEvents ? LEAST_WITH_EVENTS : A_PAGE;
    Duration allowed = A_PAGE.multipliedBy(pages);
    return poll.orElse(
        allowed.compareTo(least) < 0 ? least : allowed.compareTo(LONGEST) > 0 ? LONGEST : allowed);
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
    /** A run fails for it, and loads it when that run is retried or replayed. */
    FAIL
  }

  /** What is done with a later version that has the content of the one before. */
  public enum OnSameContent {
    /** It is a later version like any other; no checksum is read. */
    LOAD_AGAIN,
    /** It is set aside, if S3's checksums show that the content is the same. */
    IGNORE
  }
}
