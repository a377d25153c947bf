package aws;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach AWS. Credentials come from the SDK's default chain. The SDK itself finds what is
 * absent here ({@code AWS_ENDPOINT_URL_S3} and so on).
 *
 * @param region the region of buckets and clusters
 * @param s3Endpoint another address for S3
 * @param emrEndpoint another address for EMR
 * @param emrQuotaShare how much of AWS's default EMR quotas this service may use; more than 1 if
 *     the account's quotas were raised
 * @param sqsEndpoint another address for SQS
 * @param emrEvents the URL of the queue that gets EMR's events, if there is one
 * @param landingEvents the queue that gets S3's events of the landing buckets, if there is one
 * @param callTimeout how long one call may take, including its repetitions
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
   * The queues of S3's events.
   *
   * @param url the queue's URL
   * @param deadLetters the URL of the queue for messages that are no S3 event, if there is one
   */
  public record LandingQueue(URI url, Optional<URI> deadLetters) {}
}
