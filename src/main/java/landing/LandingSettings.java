package landing;

import java.time.Duration;

/**
 * Where a pipeline's objects land.
 *
 * @param bucket the bucket
 * @param prefix what their keys begin with
 * @param poll how often the bucket is listed
 */
public record LandingSettings(String bucket, String prefix, Duration poll) {}
