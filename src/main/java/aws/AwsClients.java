package aws;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * One client for each service, for the whole life of the process. Camel uses these clients of S3
 * and SQS too: a client that Camel created itself would stay closed after a route's restart.
 */
public class AwsClients {

  /**
   * How long SQS waits for a message. It could wait for 20 s, but a stop of the service has to wait
   * for it.
   */
  public static final Duration SQS_WAIT = Duration.ofSeconds(5);

  @Produces
  @Singleton
  RegionChain regions() {
    return RegionChain.ofSdk();
  }

  @Produces
  @Singleton
  S3Client s3(AwsSettings settings, ApiCalls calls) {
    return configured(
            S3Client.builder(),
            settings,
            settings.s3Endpoint(),
            settings.callTimeout(),
            calls,
            DefaultRetryStrategy.standardStrategyBuilder().build())
        .build();
  }

  /**
   * Without repetitions: RunJobFlow has no idempotency token, and the poller's next tick repeats
   * every other call.
   */
  @Produces
  @Singleton
  EmrClient emr(AwsSettings settings, ApiCalls calls) {
    return configured(
            EmrClient.builder(),
            settings,
            settings.emrEndpoint(),
            settings.callTimeout(),
            calls,
            DefaultRetryStrategy.doNotRetry())
        .build();
  }

  /** A call that waits for a message takes longer, which is no failure. */
  @Produces
  @Singleton
  SqsClient sqs(AwsSettings settings, ApiCalls calls) {
    return configured(
            SqsClient.builder(),
            settings,
            settings.sqsEndpoint(),
            settings.callTimeout().plus(SQS_WAIT),
            calls,
            DefaultRetryStrategy.standardStrategyBuilder().build())
        .build();
  }

  void close(@Disposes S3Client client) {
    client.close();
  }

  void close(@Disposes EmrClient client) {
    client.close();
  }

  void close(@Disposes SqsClient client) {
    client.close();
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configured(
      B builder,
      AwsSettings settings,
      Optional<URI> endpoint,
      Duration timeout,
      ApiCalls calls,
      RetryStrategy retries) {
    builder.region(Region.of(settings.region()));
    endpoint.ifPresent(builder::endpointOverride);
    return builder
        .httpClientBuilder(ApacheHttpClient.builder())
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .apiCallTimeout(timeout)
                .retryStrategy(retries)
                .addExecutionInterceptor(new CallCounter(calls))
                .addExecutionInterceptor(new NamedBucket())
                .build());
  }
}
