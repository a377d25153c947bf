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
 */
public record LandingSettings(
    String bucket, String prefix, Duration poll, boolean acceptUnknownRuns) {}
