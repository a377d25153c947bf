package aws;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The clients that the service makes for itself, for an address of the test's choice. */
public final class RealClients {

  private RealClients() {}

  /** The service's EMR client. */
  public static EmrClient emr(URI endpoint, Duration callTimeout, ApiCalls calls) {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    return new AwsClients().emr(settings(endpoint, callTimeout), calls);
  }

  /** The service's S3 client. */
  public static S3Client s3(URI endpoint) {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    return new AwsClients().s3(settings(endpoint, Duration.ofSeconds(30)), new ApiCalls());
  }

  /** Settings that lead to that endpoint, with half of EMR's quotas. */
  public static AwsSettings settings(URI endpoint, Duration callTimeout) {
    return settings(endpoint, 0.5, callTimeout);
  }

  /** Settings that lead to that endpoint, with that share of EMR's quotas. */
  public static AwsSettings settings(URI endpoint, double quotaShare, Duration callTimeout) {
    return new AwsSettings(
        "us-east-1",
        Optional.of(endpoint),
        Optional.of(endpoint),
        quotaShare,
        Optional.of(endpoint),
        Optional.empty(),
        Optional.empty(),
        callTimeout);
  }
}
