package localcloud.emr;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import localcloud.awsjson.AwsError;
import localcloud.awsjson.AwsJson;
import localcloud.s3.S3Server;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.emr.model.EmrRequest;
import software.amazon.awssdk.services.emr.model.EmrResponse;

/**
 * Amazon EMR on one machine: its API in AWS JSON 1.1 on loopback, clusters that exist in memory
 * only, and steps that run Spark in a process of their own.
 */
public final class EmrServer implements AutoCloseable {
  private static final String TARGET_PREFIX = "ElasticMapReduce.";

  static {
    // Otherwise each answer waits for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /**
   * What can be chosen.
   *
   * @param port 0 for a free one
   * @param provisioning from RunJobFlow until steps can run, half of it in STARTING, half in
   *     BOOTSTRAPPING
   * @param terminating how long TERMINATING takes at least
   * @param quotas whether calls beyond AWS's quotas are throttled
   */
  public record Settings(int port, Duration provisioning, Duration terminating, boolean quotas) {}

  private final HttpServer http;
  private final Account account;
  private final EmrApi api;
  private final Quotas quotas;
  private final CallLog log;
  private final Clock clock;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "emr-http");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Binds the port; nothing is answered before {@link #start()}.
   *
   * @param data its files are below {@code <data>/emr}
   */
  public EmrServer(Settings settings, SparkRuntime spark, S3Server s3, Path data, Clock clock)
      throws IOException {
    this(settings, spark, s3, data, clock, event -> {});
  }

  /**
   * The same, with something that takes EMR's events.
   *
   * @param events takes the JSON of each event that EventBridge would hand to a rule's target
   */
  public EmrServer(
      Settings settings,
      SparkRuntime spark,
      S3Server s3,
      Path data,
      Clock clock,
      Consumer<String> events)
      throws IOException {
    this.clock = clock;
    this.log = new CallLog(data.resolve("emr").resolve("calls.jsonl"));
    this.http =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()), 0);
    this.account =
        new Account(
            clock,
            new EmrCluster.Pace(settings.provisioning(), settings.terminating()),
            new StepLauncher(spark, s3, data, clock),
            new EmrEvents(events));
    this.api = new EmrApi(account);
    this.quotas = settings.quotas() ? Quotas.ofAws(clock) : Quotas.none(clock);
    http.createContext("/", this::handle);
    http.setExecutor(threads);
  }

  /** Begins to answer. */
  public void start() {
    http.start();
  }

  /** Where clients find it; a real port also where a free one was asked for. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /** Every call received so far, oldest first. */
  public List<ApiCall> calls() {
    return log.calls();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String operation = operation(exchange);
      byte[] body = exchange.getRequestBody().readAllBytes();
      String clusters = "";
      try {
        Operation known =
            Operation.named(operation)
                .orElseThrow(
                    () -> AwsError.unknownOperation("This stand-in has no operation " + operation));
        EmrRequest request = known.read(body);
        clusters = clusters(request);
        quotas.count(known);
        EmrResponse response = api.answer(known, request);
        clusters = clusters.isEmpty() ? clusters(response) : clusters;
        record(operation, clusters, "OK", "");
        send(exchange, 200, AwsJson.write(response));
      } catch (AwsError e) {
        record(operation, clusters, e.type(), e.getMessage());
        send(exchange, e);
      } catch (RuntimeException e) {
        AwsError internal = AwsError.internal("The stand-in failed: " + e);
        record(operation, clusters, internal.type(), internal.getMessage());
        send(exchange, internal);
      }
    }
  }

  private static String operation(HttpExchange exchange) {
    String target =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target")).orElse("");
    return target.startsWith(TARGET_PREFIX) ? target.substring(TARGET_PREFIX.length()) : target;
  }

  private void record(String operation, String clusters, String outcome, String message) {
    log.add(new ApiCall(clock.instant(), operation, clusters, outcome, message));
  }

  /** EMR's shapes name clusters by one of three members. */
  private static String clusters(SdkPojo shape) {
    return shape.sdkFields().stream()
        .filter(field -> field.locationName().matches("ClusterId|JobFlowIds?"))
        .map(field -> field.getValueOrDefault(shape))
        .flatMap(value -> value instanceof List<?> ids ? ids.stream() : Stream.ofNullable(value))
        .map(String::valueOf)
        .collect(Collectors.joining(","));
  }

  private static void send(HttpExchange exchange, AwsError error) throws IOException {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("__type", error.type());
    members.put("message", error.getMessage());
    members.put("Message", error.getMessage());
    send(exchange, error.status(), AwsJson.write(members));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Ends every process of every step, then the server. */
  @Override
  public void close() {
    http.stop(0);
    account.close();
    threads.shutdownNow();
  }
}
