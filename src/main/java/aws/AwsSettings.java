package aws;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How AWS is reached. Credentials come from the SDK's default chain. What is absent here is what
 * the SDK finds by itself ({@code AWS_ENDPOINT_URL_S3} and so on).
 *
 * @param region the region of buckets and clusters
 * @param s3Endpoint another address for S3
 * @param emrEndpoint another address for EMR
 * @param emrQuotaShare how much of AWS's default EMR quotas this service may use; more than 1 where
 *     the account's quotas were raised
 * @param sqsEndpoint another address for SQS
 * @param emrEvents the URL of the queue that gets EMR's events, if there is one
 * @param landingEvents the queue that gets S3's events of the landing buckets, if there is one
 * @param callTimeout how long one call may take, its repetitions included
 */
public record AwsSettings(
    String region,
    Optional<URI> s3Endpoint,
    Optional<URI> emrEndpoint,
    double emrQuotaShare,
    Optional<URI> sqsEndpoint,
    Optional<URI> emrEvents,
    Optional<LandingQueue> landingEvents,
    Duration callTimeout) {

  /**
   * Where S3's events come from.
   *
   * @param url the queue's URL
   * @param deadLetters the URL of the queue for messages that are no event of S3, if there is one
   */
  public record LandingQueue(URI url, Optional<URI> deadLetters) {}
}
