package localcloud;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.ClusterStatus;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The stand-ins as their users see them, through the real clients.
 *
 * @param s3 endpoint
 * @param emr endpoint
 * @param snowflake JDBC URL
 * @param control endpoint for faults and the record of calls; the service does not know it
 * @param sqs endpoint, if a queue was requested
 * @param emrEvents URL of the queue that gets EMR's events, if there is one
 * @param s3Events URL of the queue that gets S3's events, if there is one
 */
public record Cloud(
    URI s3,
    URI emr,
    String snowflake,
    URI control,
    Optional<URI> sqs,
    Optional<URI> emrEvents,
    Optional<URI> s3Events) {

  private static final String ANYBODY = "local";

  /** Reads the endpoints that a started process wrote. */
  public static Cloud read(Path file) throws IOException {
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      read.load(reader);
    }
    return new Cloud(
        URI.create(read.getProperty("s3")),
        URI.create(read.getProperty("emr")),
        read.getProperty("snowflake"),
        URI.create(read.getProperty("control")),
        Optional.ofNullable(read.getProperty("sqs")).map(URI::create),
        Optional.ofNullable(read.getProperty("emr-events")).map(URI::create),
        Optional.ofNullable(read.getProperty("s3-events")).map(URI::create));
  }

  /** The endpoints as lines of a properties file. */
  List<String> properties() {
    List<String> lines =
        new ArrayList<>(
            List.of("s3=" + s3, "emr=" + emr, "snowflake=" + snowflake, "control=" + control));
    sqs.ifPresent(endpoint -> lines.add("sqs=" + endpoint));
    emrEvents.ifPresent(queue -> lines.add("emr-events=" + queue));
    s3Events.ifPresent(queue -> lines.add("s3-events=" + queue));
    return lines;
  }

  /** The service's settings for the stand-ins: endpoints and credentials, nothing else. */
  public SortedMap<String, String> environment() {
    SortedMap<String, String> environment =
        new TreeMap<>(
            Map.of(
                "AWS_S3_ENDPOINT", s3.toString(),
                "AWS_EMR_ENDPOINT", emr.toString(),
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", ANYBODY,
                "AWS_SECRET_ACCESS_KEY", ANYBODY,
                "SNOWFLAKE_URL", snowflake,
                "SNOWFLAKE_USER", ANYBODY,
                "SNOWFLAKE_PASSWORD", ANYBODY,
                "SNOWFLAKE_DISABLE_MINICORE", "true"));
    sqs.ifPresent(endpoint -> environment.put("AWS_SQS_ENDPOINT", endpoint.toString()));
    emrEvents.ifPresent(queue -> environment.put("AWS_EMR_EVENTS_QUEUE_URL", queue.toString()));
    s3Events.ifPresent(queue -> environment.put("AWS_S3_EVENTS_QUEUE_URL", queue.toString()));
    return environment;
  }

  /** The JDBC URL with a user, for other clients. */
  public String signedIn() {
    return snowflake + "&user=" + ANYBODY + "&password=" + ANYBODY;
  }

  /** Puts a file. */
  public void put(Path file, String bucket, String key) {
    put(s3, file, bucket, key);
  }

  static void put(URI s3, Path file, String bucket, String key) {
    try (S3Client client = s3Client(s3)) {
      client.putObject(request -> request.bucket(bucket).key(key), file);
    }
  }

  /** A cluster as EMR reports it. */
  public ClusterStatus cluster(String id) {
    try (EmrClient client = emrClient()) {
      return client.describeCluster(request -> request.clusterId(id)).cluster().status();
    }
  }

  /** A separate client for S3. */
  public S3Client s3Client() {
    return s3Client(s3);
  }

  private static S3Client s3Client(URI s3) {
    return S3Client.builder()
        .endpointOverride(s3)
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials())
        .httpClient(ApacheHttpClient.create())
        .overrideConfiguration(Cloud::name)
        .build();
  }

  /** A separate client for EMR. */
  public EmrClient emrClient() {
    return EmrClient.builder()
        .endpointOverride(emr)
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials())
        .httpClient(ApacheHttpClient.create())
        .overrideConfiguration(Cloud::name)
        .build();
  }

  /** Distinguishes these clients from the service's in the record of calls. */
  private static void name(ClientOverrideConfiguration.Builder client) {
    client.putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_PREFIX, "local-cloud");
  }

  private static StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(ANYBODY, ANYBODY));
  }
}
