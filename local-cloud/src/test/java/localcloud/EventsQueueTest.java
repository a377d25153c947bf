package localcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The process with queues for EMR's and S3's events, as its users start and end it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsQueueTest {
  private static final String QUEUE = "emr-events";

  @TempDir static Path all;

  /** One serves all tests that do not end it, since its start takes seconds of all processors. */
  private Process process;

  private Path folder;
  private Cloud cloud;

  @BeforeEach
  void start() throws IOException {
    if (process != null && process.isAlive()) {
      return;
    }
    folder = Files.createTempDirectory(all, "cloud");
    Path endpoints = folder.resolve("endpoints.properties");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LocalCloud.class.getName());
    command.addAll(List.of("--data", folder.resolve("data").toString()));
    command.addAll(List.of("--queue", "other", "--emr-events", QUEUE, "--provisioning", "50ms"));
    command.addAll(List.of("--bucket", "landing", "--s3-events", "landing=s3-events"));
    command.addAll(List.of("--spark-classpath", "spark/target/spark.classpath"));
    command.addAll(List.of("--endpoints", endpoints.toString(), "--exit-with-parent"));
    process =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> Files.exists(endpoints));
    cloud = Cloud.read(endpoints);
  }

  @AfterAll
  void stop() {
    process.destroyForcibly();
  }

  @Test
  void emr_events_arrive_there_and_the_service_can_be_configured_with_the_queue() {
    URI queue = cloud.emrEvents().orElseThrow();
    assertThat(cloud.environment())
        .containsEntry("AWS_SQS_ENDPOINT", cloud.sqs().orElseThrow().toString())
        .containsEntry("AWS_EMR_EVENTS_QUEUE_URL", queue.toString());
    assertThat(queue.toString()).startsWith(cloud.sqs().orElseThrow() + "/").endsWith("/" + QUEUE);
    try (SqsClient sqs = sqs()) {
      assertThat(sqs.listQueues().queueUrls()).hasSize(3);

      String cluster = runCluster();

      List<String> bodies =
          sqs
              .receiveMessage(request -> request.queueUrl(queue.toString()).waitTimeSeconds(20))
              .messages()
              .stream()
              .map(Message::body)
              .toList();
      assertThat(bodies)
          .singleElement()
          .asString()
          .contains("\"source\":\"aws.emr\"", "\"clusterId\":\"" + cluster + "\"");
    }
  }

  @Test
  void s3_events_arrive_there_and_the_service_can_be_configured_with_the_queue()
      throws IOException {
    URI queue = cloud.s3Events().orElseThrow();
    assertThat(cloud.environment()).containsEntry("AWS_S3_EVENTS_QUEUE_URL", queue.toString());

    cloud.put(Files.writeString(folder.resolve("file"), "x"), "landing", "iris/a b.csv");

    try (SqsClient sqs = sqs()) {
      assertThat(
              sqs.receiveMessage(request -> request.queueUrl(queue.toString()).waitTimeSeconds(20))
                  .messages())
          .singleElement()
          .extracting(Message::body)
          .asString()
          .contains("\"eventName\":\"ObjectCreated:Put\"", "\"key\":\"iris/a+b.csv\"");
    }
  }

  @Test
  void it_is_quiet_and_ends_at_once_although_somebody_waits_for_events() throws Exception {
    // One in which nothing ever arrives.
    String queue = cloud.emrEvents().orElseThrow().resolve("other").toString();
    Thread waiting =
        new Thread(
            () -> {
              try (SqsClient sqs = sqs()) {
                sqs.receiveMessage(request -> request.queueUrl(queue).waitTimeSeconds(20));
              } catch (RuntimeException e) {
                // Its connection is cut, which is what this test is about.
              }
            });
    waiting.setDaemon(true);
    waiting.start();
    waiting.join(1_000);
    assertThat(waiting.isAlive()).isTrue();

    process.destroy();

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    // A newer JVM warns that DuckDB loads a library; the packaged jar's manifest allows it.
    assertThat(Files.readAllLines(folder.resolve("err")))
        .allMatch(line -> line.isEmpty() || line.startsWith("WARNING: "));
  }

  private SqsClient sqs() {
    return SqsClient.builder()
        .endpointOverride(cloud.sqs().orElseThrow())
        .region(Region.US_EAST_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .build();
  }

  private String runCluster() {
    try (EmrClient emr =
        EmrClient.builder()
            .endpointOverride(cloud.emr())
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .build()) {
      return emr.runJobFlow(
              request ->
                  request
                      .name("test")
                      .releaseLabel("emr-7.13.0")
                      .serviceRole("service")
                      .jobFlowRole("instance")
                      .instances(i -> i.instanceCount(1).masterInstanceType("m5.xlarge")))
          .jobFlowId();
    }
  }
}
