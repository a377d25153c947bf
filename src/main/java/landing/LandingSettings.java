package landing;

import java.time.Duration;
import java.util.Optional;

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
 */
public record LandingSettings(
    String bucket,
    String prefix,
    Duration poll,
    boolean acceptUnknownRuns,
    AfterSuccess afterSuccess,
    Optional<String> archivePrefix,
    KeyOrder order) {

  /** Where objects stay where they landed, and their keys come in any order. */
  public LandingSettings(String bucket, String prefix, Duration poll, boolean acceptUnknownRuns) {
    this(
        bucket,
        prefix,
        poll,
        acceptUnknownRuns,
        AfterSuccess.KEEP,
        Optional.empty(),
        KeyOrder.any(poll));
  }
}
