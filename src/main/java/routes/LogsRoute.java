package routes;

import cluster.diagnosis.ClusterLogs;
import cluster.diagnosis.RootCause;
import flow.FailureLinks;
import inflight.InFlight;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import run.Attempt;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import store.RunStore;

/**
 * Reads why a step or a bootstrap action failed out of its log, once the log has come: EMR delivers
 * it minutes after the step's end, when the run may long be FAILED.
 */
@ApplicationScoped
public class LogsRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(LogsRoute.class);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
  private static final int MOST_AT_ONCE = 20;
  private static final String ATTEMPT = "attempt";

  private final S3Client s3;
  private final RunStore runs;
  private final InFlight inFlight;
  private final Clock clock;

  LogsRoute(S3Client s3, RunStore runs, InFlight inFlight, Clock clock) {
    this.s3 = s3;
    this.runs = runs;
    this.inFlight = inFlight;
    this.clock = clock;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from(Endpoints.everyUri("read-logs", BETWEEN_LOOKS))
        .routeId("read-logs")
        .doTry()
        .process(exchange -> exchange.getMessage().setBody(due()))
        .split(body())
        .to("direct:read-log")
        .endDoTry()
        .doCatch(Exception.class)
        .process(LogsRoute::failed)
        .end();

    // A log may have any size: it is read as it comes, and never kept.
    from("direct:read-log")
        .routeId("read-log")
        .streamCache(false)
        .setProperty(ATTEMPT, body())
        .doTry()
        .process(this::address)
        .to(Endpoints.GET_OBJECT)
        .process(this::explain)
        .doCatch(NoSuchKeyException.class)
        .process(this::isNotThere)
        .doCatch(Exception.class)
        .process(LogsRoute::failed)
        .process(this::isNotThere)
        .end();
  }

  private List<Attempt> due() {
    Instant now = clock.instant();
    return runs.unexplained(MOST_AT_ONCE).stream()
        .filter(attempt -> inFlight.logs().claim(attempt.intent(), now))
        .toList();
  }

  private void address(Exchange exchange) {
    Attempt attempt = exchange.getProperty(ATTEMPT, Attempt.class);
    ClusterLogs logs = ClusterLogs.of(attempt.intent().logUri(), attempt.clusterId().orElseThrow());
    String key =
        FailureLinks.failedStep(attempt)
            .map(step -> logs.stderrKey(step.id()))
            .or(() -> attempt.cluster().flatMap(it -> logs.bootstrapStderrKey(it.reason())))
            .orElseGet(() -> lastOfBootstrap(logs));
    Endpoints.address(exchange, logs.bucket(), key);
  }

  /** Where EMR blames no bootstrap action, the one that wrote last is where it all ended. */
  private String lastOfBootstrap(ClusterLogs logs) {
    return s3
        .listObjectsV2Paginator(request -> request.bucket(logs.bucket()).prefix(logs.nodesFolder()))
        .contents()
        .stream()
        .filter(object -> logs.isBootstrapStderr(object.key()))
        .max(Comparator.comparing(S3Object::lastModified))
        .map(S3Object::key)
        .orElseThrow(
            () ->
                NoSuchKeyException.builder()
                    .message("No bootstrap action has left a log in " + logs.nodesFolder())
                    .build());
  }

  private void explain(Exchange exchange) throws IOException {
    try (InputStream zipped = exchange.getMessage().getBody(InputStream.class);
        InputStream stderr = new GZIPInputStream(zipped)) {
      save(exchange, RootCause.of(stderr));
    }
  }

  private void isNotThere(Exchange exchange) {
    Attempt attempt = exchange.getProperty(ATTEMPT, Attempt.class);
    Instant now = clock.instant();
    if (FailureLinks.isAwaited(attempt, now)) {
      inFlight.logs().fail(attempt.intent(), "its log has not come yet", now);
    } else {
      save(exchange, List.of());
    }
  }

  /** Whatever became of the attempt meanwhile, the log's word is written beside it. */
  private void save(Exchange exchange, List<String> lines) {
    Attempt attempt = exchange.getProperty(ATTEMPT, Attempt.class);
    runs.attempt(attempt.run(), attempt.number())
        .ifPresent(stored -> runs.save(stored.explained(lines)));
    inFlight.logs().forget(attempt.intent());
    inFlight.runs().expedite(attempt.run());
  }

  private static void failed(Exchange exchange) {
    LOG.warnf(
        "Cannot read why a step failed, will try again: %s",
        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class).getMessage());
  }
}
