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
 * @param filter which keys are wanted
 * @param poll how often the bucket is listed; absent: as often as its pages allow
 * @param acceptUnknownRuns whether objects are taken although S3 remembers runs that the run store
 *     does not know
 * @param afterSuccess what becomes of objects whose run has ended well
 * @param archivePrefix what is put before the key of an archived object; present for ARCHIVE only
 * @param order how the keys of later objects sort
 * @param onOverwrite what is done with a later version of an object that was loaded
 * @param onSameContent what is done with a later version that has the content of the one before
 * @param since what was last modified before does not land by itself; absent: everything lands
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

  /** Below the landing prefix, where runs put what they ingest themselves. */
  private static final String INGESTED = "_ingested/";

  /** What a page of a listing, one call, adds to the pause where none is configured. */
  private static final Duration A_PAGE = Duration.ofSeconds(2);

  private static final Duration LEAST_WITH_EVENTS = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /**
   * Whether an object of that key lands for the pipeline: not a folder's marker, not what a run has
   * ingested itself, which is that run's own, and not what the patterns leave out.
   */
  public boolean takes(String key) {
    return key.startsWith(prefix)
        && !key.endsWith("/")
        && !key.startsWith(prefix + INGESTED)
        && filter.wants(below(key));
  }

  /**
   * How long a listing that has come to its end is followed by no other. As often as its pages
   * allow: two seconds for each page, so that no prefix takes more than half a call a second.
   *
   * @param pages how many calls the listing took
   * @param hasEvents whether S3's events tell of most objects before a listing does
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
    /** A run fails for it, and takes it when somebody retries or replays that run. */
    FAIL
  }

  /** What is done with a later version that has the content of the one before. */
  public enum OnSameContent {
    /** It is a later version like any other; nothing is asked. */
    LOAD_AGAIN,
    /** It is set aside, where S3's checksums show it. */
    IGNORE
  }
}
