package aws;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How AWS is reached. Credentials come from the SDK's default chain. What is absent here is what
 * the SDK finds by itself ({@code AWS_REGION}, {@code AWS_ENDPOINT_URL_S3} and so on).
 */
@ConfigMapping(prefix = "aws")
public interface AwsSettings {

  /** The region of buckets and clusters. */
  Optional<String> region();

  /** Another address for S3. */
  @WithName("s3.endpoint")
  Optional<URI> s3Endpoint();

  /** Another address for EMR. */
  @WithName("emr.endpoint")
  Optional<URI> emrEndpoint();

  /** How long one call may take, its repetitions included. */
  @WithDefault("60s")
  Duration callTimeout();
}
