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
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import localcloud.awsjson.AwsError;
import localcloud.awsjson.AwsJson;
import localcloud.faults.Answer;
import localcloud.faults.Call;
import localcloud.faults.Faults;
import localcloud.faults.OnCall;
import localcloud.faults.Refused;
import localcloud.faults.Service;
import localcloud.s3.S3Server;
import software.amazon.awssdk.services.emr.model.EmrRequest;
import software.amazon.awssdk.services.emr.model.EmrResponse;

/**
 * Amazon EMR on one machine: its API in AWS JSON 1.1 on loopback, clusters that exist in memory
 * only, and steps that run Spark in a process of their own.
 */
public final class EmrServer implements AutoCloseable {
  private static final String TARGET_PREFIX = "ElasticMapReduce.";
  private static final long TICK_MILLIS = 20;

  static {
    // Otherwise each answer waits for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /**
   * The settings.
   *
   * @param port 0 for a free one
   * @param provisioning from RunJobFlow until steps can run, half of it in STARTING, half in
   *     BOOTSTRAPPING
   * @param terminating how long TERMINATING takes at least
   * @param visibility how long ListClusters does not show a new cluster
   * @param quotas whether calls beyond AWS's quotas are throttled
   */
  public record Settings(
      int port, Duration provisioning, Duration terminating, Duration visibility, boolean quotas) {}

  private final HttpServer http;
  private final Account account;
  private final EmrApi api;
  private final Quotas quotas;
  private final CallLog log;
  private final Faults faults;
  private final Clock clock;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "emr-http");
            thread.setDaemon(true);
            return thread;
          });

  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "emr-tick");
            thread.setDaemon(true);
            return thread;
          });

  private final ScheduledFuture<?> ticks;

  /**
   * Binds the port; it answers nothing before {@link #start()}.
   *
   * @param data its files are below {@code <data>/emr}
   * @param faults may affect its calls and its clusters
   */
  public EmrServer(
      Settings settings, SparkRuntime spark, S3Server s3, Path data, Clock clock, Faults faults)
      throws IOException {
    this.clock = clock;
    this.faults = faults;
    this.log = new CallLog(data.resolve("emr").resolve("calls.jsonl"));
    this.http =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()), 0);
    EmrCluster.Pace pace = new EmrCluster.Pace(settings.provisioning(), settings.terminating());
    this.account =
        new Account(clock, request -> pace, new StepLauncher(spark, s3, data, clock), faults);
    this.ticks =
        ticker.scheduleAtFixedRate(
            account::advance, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    this.api = new EmrApi(account, settings.visibility());
    this.quotas = settings.quotas() ? Quotas.ofAws(clock) : Quotas.none(clock);
    http.createContext("/", this::handle);
    http.setExecutor(threads);
  }

  /**
   * Reports each change of a cluster or a step from now on.
   *
   * @param bus takes the JSON that EventBridge would send to a rule's target; may be slow, and may
   *     fail
   */
  public void tellEvents(Consumer<String> bus) {
    account.tell(new EmrEvents(bus));
  }

  /** Begins to answer. */
  public void start() {
    http.start();
  }

  /** Its address for clients, with the real port even if a free one was requested. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /** Every call received so far, oldest first. */
  public List<ApiCall> calls() {
    return log.calls();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Incoming incoming =
        Incoming.read(operation(exchange), exchange.getRequestBody().readAllBytes());
    OnCall fault =
        faults.received(
            new Call(Service.EMR, incoming.operation(), api.concerned(incoming)),
            exchange.getRequestHeaders().getFirst("User-Agent"));
    Answer.send(
        exchange,
        fault,
        new Answer.Giver() {
          @Override
          public Answer act() {
            return answer(incoming);
          }

          @Override
          public Answer refuse(Refused refused) {
            return EmrServer.this.refuse(
                incoming, AwsError.of(refused.code(), refused.status(), refused.getMessage()));
          }
        });
  }

  private Answer answer(Incoming incoming) {
    try {
      EmrRequest request = incoming.readable();
      quotas.count(incoming.known());
      EmrResponse response = api.answer(incoming.known(), request);
      List<String> clusters =
          incoming.clusters().isEmpty() ? Incoming.clusters(response) : incoming.clusters();
      record(incoming.operation(), clusters, "OK", "");
      return answer(200, AwsJson.write(response));
    } catch (AwsError e) {
      return refuse(incoming, e);
    } catch (RuntimeException e) {
      return refuse(incoming, AwsError.internal("The stand-in failed: " + e));
    }
  }

  private Answer refuse(Incoming incoming, AwsError error) {
    record(incoming.operation(), incoming.clusters(), error.type(), error.getMessage());
    Map<String, String> members = new LinkedHashMap<>();
    members.put("__type", error.type());
    error.code().ifPresent(code -> members.put("ErrorCode", code));
    members.put("message", error.getMessage());
    members.put("Message", error.getMessage());
    return answer(error.status(), AwsJson.write(members));
  }

  private static Answer answer(int status, byte[] body) {
    return new Answer(
        status,
        Map.of(
            "Content-Type",
            "application/x-amz-json-1.1",
            "x-amzn-RequestId",
            UUID.randomUUID().toString()),
        body);
  }

  private static String operation(HttpExchange exchange) {
    String target =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target")).orElse("");
    return target.startsWith(TARGET_PREFIX) ? target.substring(TARGET_PREFIX.length()) : target;
  }

  private void record(String operation, List<String> clusters, String outcome, String message) {
    log.add(new ApiCall(clock.instant(), operation, String.join(",", clusters), outcome, message));
  }

  /** Ends every process of every step, then the server. */
  @Override
  public void close() {
    http.stop(0);
    ticks.cancel(false);
    ticker.shutdownNow();
    account.close();
    threads.shutdownNow();
  }
}
