package testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The stand-ins as a process of their own, for a test of the whole service: the service gets
 * endpoints and credentials, and nothing else differs from production.
 */
public class LocalCloud implements QuarkusTestResourceLifecycleManager {

  private static final Path JAR = Path.of("local-cloud/target/local-cloud.jar").toAbsolutePath();

  private static final int LOWEST_PORT = 15_000;

  /** Linux' {@code ip_local_port_range} begins here; other systems' later. */
  private static final int LOWEST_EPHEMERAL_PORT = 32_768;

  private final int s3 = freePort();
  private final int emr = freePort();
  private final int snowflake = freePort();
  private final int sqs = freePort();
  private Optional<String> emrEvents = Optional.empty();
  private boolean s3Events;
  private boolean s3EventsAway;
  private Optional<String> remembered = Optional.empty();
  private final List<String> more = new ArrayList<>();
  private Path folder;
  private Process process;

  /**
   * With the argument {@code emr-events} there is a queue of that name that gets EMR's events; with
   * {@code s3-events} there is a queue that gets those of the landing bucket, another for dead
   * letters, the prefix is listed at the start only, and what has landed waits for an hour; with
   * {@code s3-events-away} the service is configured with such a queue that does not exist; with
   * {@code remembers} the bucket {@code curated} has an object of that key from the start.
   */
  @Override
  public void init(Map<String, String> arguments) {
    emrEvents = Optional.ofNullable(arguments.get("emr-events"));
    s3Events = arguments.containsKey("s3-events");
    s3EventsAway = arguments.containsKey("s3-events-away");
    remembered = Optional.ofNullable(arguments.get("remembers"));
  }

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = settings();
    turnOn();
    remembered.ifPresent(
        key ->
            send(
                URI.create("http://127.0.0.1:%d/curated/%s".formatted(s3, key)),
                "PUT",
                HttpRequest.BodyPublishers.ofString("{}")));
    return settings;
  }

  /** Starts them with more options than these tests need otherwise. */
  public LocalCloud with(String... options) {
    more.addAll(List.of(options));
    return this;
  }

  /** What the service needs to know of them, whether they are there or not. */
  Map<String, String> settings() {
    try {
      folder =
          Files.createTempDirectory(
              Files.createDirectories(Path.of("target").toAbsolutePath()), "test-cloud-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // The SDK's default credentials chain reads these.
    System.setProperty("aws.accessKeyId", "local");
    System.setProperty("aws.secretAccessKey", "local");
    Map<String, String> settings = new HashMap<>();
    settings.put("aws.region", "us-east-1");
    settings.put("aws.s3.endpoint", "http://127.0.0.1:" + s3);
    settings.put("aws.emr.endpoint", "http://127.0.0.1:" + emr);
    settings.put(
        "snowflake.url",
        "jdbc:snowflake://localhost:%d/?ssl=off&account=local".formatted(snowflake));
    emrEvents.ifPresent(
        queue -> {
          String endpoint = "http://127.0.0.1:" + sqs;
          settings.put("aws.sqs.endpoint", endpoint);
          settings.put("aws.emr.events-queue-url", endpoint + "/000000000000/" + queue);
        });
    settings.put("snowflake.user", "local");
    settings.put("snowflake.password", "local");
    settings.put("service.store", folder.resolve("runs.db").toString());
    settings.put("service.cluster-poll", "500ms");
    settings.put("pipelines.iris.landing.poll", "1s");
    if (s3EventsAway) {
      settings.put("aws.s3.events-queue-url", "http://127.0.0.1:%d/1/absent".formatted(sqs));
      settings.put("aws.sqs.endpoint", "http://127.0.0.1:" + sqs);
      settings.put("pipelines.iris.batch.max-wait", "1h");
    }
    if (s3Events) {
      String queues = "http://127.0.0.1:%d/000000000000/".formatted(sqs);
      settings.put("aws.sqs.endpoint", "http://127.0.0.1:" + sqs);
      settings.put("aws.s3.events-queue-url", queues + "s3-events");
      settings.put("aws.s3.events-dead-letter-queue-url", queues + "dead-letters");
      settings.put("pipelines.iris.landing.poll", "1h");
      settings.put("pipelines.iris.batch.max-wait", "1h");
    }
    return settings;
  }

  /** Starts them and waits until they are ready. */
  void turnOn() {
    if (!Files.exists(JAR)) {
      throw new IllegalStateException(
          JAR + " is missing: build local-cloud first, `mvn verify` at the root does");
    }
    Path endpoints = folder.resolve("endpoints.properties");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // They live for a minute, in which the second compiler costs more than it gives.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-jar", JAR.toString(), "--data", folder.resolve("cloud").toString()));
    command.addAll(List.of("--s3-port", "" + s3, "--emr-port", "" + emr));
    command.addAll(List.of("--snowflake-port", "" + snowflake));
    command.addAll(List.of("--bucket", "landing", "--bucket", "curated"));
    command.addAll(List.of("--provisioning", "500ms", "--terminating", "500ms"));
    emrEvents.ifPresent(
        queue -> command.addAll(List.of("--emr-events", queue, "--sqs-port", "" + sqs)));
    if (s3Events) {
      command.addAll(List.of("--s3-events", "landing=s3-events", "--queue", "dead-letters"));
      command.addAll(List.of("--sqs-port", "" + sqs));
    }
    command.addAll(more);
    command.addAll(List.of("--endpoints", endpoints.toString(), "--exit-with-parent"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("local-cloud.log").toFile());
    // Steps inherit it: ingest.sh waits so many seconds before it asks a source again.
    builder.environment().put("INGEST_PAUSE", "1");
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Awaiting.until("the stand-ins are ready", Duration.ofMinutes(2), () -> Files.exists(endpoints));
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(LocalCloud.class));
  }

  /** From now on connections are taken, and nothing is answered. */
  public void hang() {
    signal("STOP");
  }

  /** They answer again. */
  public void goOn() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** From now on those calls, or clusters, meet that fault (local-cloud/README.md, "Faults"). */
  public void strike(String fault) {
    control(HttpRequest.BodyPublishers.ofString(fault), "POST");
  }

  /**
   * From now on the job of every cluster that meets no earlier fault is done without Spark, which
   * takes seconds of all processors: for tests whose subject is not the job.
   */
  public void doWithoutSpark() {
    doWithoutSpark("");
  }

  /** The same of the clusters in whose names that regular expression is found. */
  public void doWithoutSpark(String clusters) {
    strike(
        """
        {"service":"EMR", "match":"%s", "does":"step-succeeds", "times":0}"""
            .formatted(clusters));
  }

  /** No fault stands any more. */
  public void spare() {
    control(HttpRequest.BodyPublishers.noBody(), "DELETE");
  }

  private void control(HttpRequest.BodyPublisher body, String method) {
    java.util.Properties endpoints = new java.util.Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve("endpoints.properties"))) {
      endpoints.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    send(URI.create(endpoints.getProperty("control") + "/faults"), method, body);
  }

  private static void send(URI uri, String method, HttpRequest.BodyPublisher body) {
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(uri).method(method, body).build(),
                  HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalArgumentException(answer.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {
    if (process != null) {
      process.destroy();
    }
  }

  /**
   * A free port, below those that systems give to outgoing connections: a service that calls an
   * absent cloud must not get hold of its port.
   */
  private static int freePort() {
    for (int tries = 0; tries < 100; tries++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, LOWEST_EPHEMERAL_PORT);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // It is taken; another one is tried.
      }
    }
    throw new IllegalStateException("Cannot find a free port in 100 tries");
  }
}
