package bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.Cloud;
import localcloud.process.Child;
import localcloud.process.Service;
import localcloud.process.Workplace;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * How fast the packaged service takes S3's events from their queue, against the stand-ins: the service receives each message, lists its object and records it durably, makes runs and clusters of batches, and deletes the message.
 */
final class Events {

  private static final String SETTINGS =
      """
      service.max-clusters=100000
      pipelines.iris.enabled=false
      pipelines.iris-dag.enabled=false
      pipelines.events.landing.bucket=landing
      pipelines.events.landing.poll=1h
      pipelines.events.batch.max-wait=1h
      pipelines.events.input.format=csv
      pipelines.events.input.columns=N int
      pipelines.events.curated.bucket=curated
      pipelines.events.warehouse.database=BENCH
      pipelines.events.warehouse.table=EVENTS
      pipelines.events.warehouse.manage=everything
      """;

  private static final Pattern ROWS =
      Pattern.compile("(?m)^landed_objects_total\\{pipeline=\"events\".*} ([0-9.]+)$");

  private static final String QUEUE = "events";
  private static final int A_FOLDER = 100;
  private static final int A_CALL = 10;
  private static final int WRITERS = 8;
  private static final int SENDERS = 2;
  /** Often enough for a small error, and rarely enough to cost the service nothing. */
  private static final int LOOKS_EVERY_MILLIS = 100;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Cloud cloud;
  private final URI metrics;
  private final String queue;
  private final HttpClient http = HttpClient.newHttpClient();

  private Events(Cloud cloud, Service service) {
    this.cloud = cloud;
    this.metrics = service.management().resolve("/q/metrics");
    this.queue = cloud.sqs().orElseThrow() + "/000000000000/" + QUEUE;
  }

  /**
   * Measures events a second with that many events.
   *
   * @throws Failure if the service does not start, or does not take them all
   */
  static double perSecond(int events) throws Exception {
    try (Workplace place = new Workplace(Path.of("").toAbsolutePath(), "events")) {
      try {
        return perSecond(place, events);
      } catch (localcloud.process.Failure e) {
        throw new Failure(
            "%s; the logs are in %s".formatted(e.getMessage(), place.keepLogs("bench/events")));
      }
    }
  }

  private static double perSecond(Workplace place, int events) throws Exception {
    // The service runs for months; the compiler's work in its first minute is not measured.
    int warmUp = events / 2;
    Cloud cloud =
        place.startCloud(
            List.of("--bucket", "landing", "--bucket", "curated", "--queue", QUEUE));
    Path config = Files.createDirectories(place.folder().resolve("config"));
    int port = Workplace.freePort();
    Service service = Workplace.service(port);
    Events benchmark = new Events(cloud, service);
    Files.writeString(
        config.resolve("application.properties"),
        SETTINGS + "aws.s3.events-queue-url=" + benchmark.queue + "\n");
    Child child = place.startService("service", cloud, port, List.of(), Map.of());
    Workplace.await(child, service::isReady);
    new Control(cloud.control()).hangAllSteps();
    benchmark.put(warmUp + events);
    if (benchmark.rows() > 0) {
      throw new localcloud.process.Failure("a listing found the objects before their events came");
    }
    try (SqsClient sqs = benchmark.sqs()) {
      benchmark.taken(sqs, 0, warmUp);
      return events / benchmark.taken(sqs, warmUp, warmUp + events);
    }
  }

  /** Seconds from sending the first message until the last object is recorded and its message deleted. */
  private double taken(SqsClient sqs, int from, int to) throws Exception {
    long begun = System.nanoTime();
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = from; i < to; i += A_CALL) {
        int first = i;
        all.add(senders.submit(() -> send(sqs, first, Math.min(first + A_CALL, to))));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      senders.shutdown();
    }
    while (rows() < to || !isEmpty(sqs)) {
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new localcloud.process.Failure(
            "%d of %d events are rows after %s".formatted(rows(), to, PATIENCE));
      }
      Workplace.pause(LOOKS_EVERY_MILLIS);
    }
    return (System.nanoTime() - begun) / NANOS_PER_SECOND;
  }

  private void send(SqsClient sqs, int from, int to) {
    List<SendMessageBatchRequestEntry> messages = new ArrayList<>();
    for (int i = from; i < to; i++) {
      messages.add(
          SendMessageBatchRequestEntry.builder()
              .id("m" + i)
              .messageBody(event(key(i)))
              .build());
    }
    sqs.sendMessageBatch(request -> request.queueUrl(queue).entries(messages));
  }

  /** Objects in small folders, because the stand-in reads a folder to list one key of it. */
  private void put(int objects) throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try (S3Client s3 = cloud.s3Client()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < objects; i++) {
        String key = key(i);
        all.add(
            writers.submit(
                () ->
                    s3.putObject(
                        request -> request.bucket("landing").key(key),
                        RequestBody.fromString("1\n"))));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      writers.shutdown();
    }
  }

  private static String key(int number) {
    return "events/%05d/%07d.csv".formatted(number / A_FOLDER, number);
  }

  private static String event(String key) {
    return """
        {"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put",
         "s3":{"bucket":{"name":"landing"},"object":{"key":"%s","size":2,"eTag":"0"}}}]}"""
        .formatted(key.replace("/", "%2F"));
  }

  private int rows() throws IOException, InterruptedException {
    String text =
        http.send(
                HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    Matcher matcher = ROWS.matcher(text);
    return matcher.find() ? (int) Double.parseDouble(matcher.group(1)) : 0;
  }

  private boolean isEmpty(SqsClient sqs) {
    Map<QueueAttributeName, String> attributes =
        sqs.getQueueAttributes(
                request ->
                    request
                        .queueUrl(queue)
                        .attributeNames(
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
            .attributes();
    return attributes.values().stream().allMatch("0"::equals);
  }

  private SqsClient sqs() {
    return SqsClient.builder()
        .endpointOverride(cloud.sqs().orElseThrow())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClient(ApacheHttpClient.create())
        .build();
  }
}
