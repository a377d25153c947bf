package routes;

import static org.assertj.core.api.Assertions.assertThat;

import aws.ApiCalls;
import aws.AwsSettings;
import aws.RealClients;
import inflight.InFlight;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Vetoed;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import testing.AbsentCloud;
import testing.Api;
import testing.Awaiting;
import testing.Records;

/**
 * EMR's events through a queue that is unreachable when the service starts, and available later.
 */
@QuarkusTest
@QuarkusTestResource(
    value = AbsentCloud.class,
    restrictToAnnotatedClass = true,
    initArgs = @ResourceArg(name = "emr-events", value = "emr-events"))
class EmrEventsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int OK = 200;

  @TestHTTPResource("/")
  URI service;

  @TestHTTPResource(value = "/", management = true)
  URI management;

  @Inject ApiCalls calls;
  @Inject AwsSettings settings;
  @Inject SqsClient sqs;
  AbsentCloud cloud;

  /** Counts requests, whoever takes them. */
  @Vetoed
  static class WatchedWork extends InFlight {

    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public void pollSoon() {
      asked.incrementAndGet();
      super.pollSoon();
    }
  }

  @Test
  void a_change_of_a_clusters_state_requests_a_listing_as_soon_as_the_queue_exists()
      throws IOException, InterruptedException {
    WatchedWork inFlight = new WatchedWork();
    QuarkusMock.installMockForType(inFlight, InFlight.class);
    try (Records log = new Records()) {
      long before = failedReceives();
      Awaiting.until(
          "the queue was asked again", PATIENCE, () -> failedReceives() >= Math.max(2, before + 1));
      assertThat(log.loggersAtLeast(Level.WARNING))
          .noneMatch(logger -> logger.startsWith("org.apache.camel"));
      assertThat(log.count(EventsQueue.class, Level.WARNING)).isLessThanOrEqualTo(1);
      for (String probe : new String[] {"live", "ready", "started"}) {
        HttpResponse<String> health = new Api(management).get("/q/health/" + probe);
        assertThat(health.statusCode()).isEqualTo(OK);
        assertThat(health.body()).contains("\"emr-events\": \"Started\"");
      }
      assertThat(inFlight.asked).hasValue(0);

      cloud.turnOn();
      send("hello");
      Awaiting.until("what is no event is gone", PATIENCE, this::queueIsEmpty);
      assertThat(inFlight.asked).hasValue(0);
      // A message is deleted before the poll that took it has ended.
      Awaiting.until(
          "it was logged that events are read again",
          PATIENCE,
          () -> log.count(EventsQueue.class, Level.INFO) > 0);

      runCluster();

      Awaiting.until("a listing was requested", PATIENCE, () -> inFlight.asked.get() > 0);
      Awaiting.until("the cluster's end was reported", PATIENCE, () -> inFlight.asked.get() >= 2);
      Awaiting.until("every event was deleted", PATIENCE, this::queueIsEmpty);
      assertThat(log.count(EventsQueue.class, Level.INFO)).isEqualTo(1);
    }
  }

  private long failedReceives() {
    Map<ApiCalls.Call, LongAdder> counts = new ConcurrentHashMap<>();
    calls.onNew(counts::put);
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().operation().equals("ReceiveMessage"))
        .filter(entry -> !entry.getKey().outcome().equals("ok"))
        .mapToLong(entry -> entry.getValue().sum())
        .sum();
  }

  private String queue() {
    return settings.emrEvents().orElseThrow().toString();
  }

  private void send(String body) {
    sqs.sendMessage(request -> request.queueUrl(queue()).messageBody(body));
  }

  private boolean queueIsEmpty() {
    return sqs
        .getQueueAttributes(
            request -> request.queueUrl(queue()).attributeNames(QueueAttributeName.ALL))
        .attributesAsStrings()
        .entrySet()
        .stream()
        .filter(attribute -> attribute.getKey().startsWith("ApproximateNumberOfMessages"))
        .allMatch(attribute -> attribute.getValue().equals("0"));
  }

  /** Not through the service's own client: its counters outlive it, and other tests read them. */
  private void runCluster() {
    try (EmrClient emr =
        RealClients.emr(settings.emrEndpoint().orElseThrow(), PATIENCE, new ApiCalls())) {
      emr.runJobFlow(
          request ->
              request
                  .name("somebody's")
                  .releaseLabel("emr-7.13.0")
                  .serviceRole("service")
                  .jobFlowRole("instance")
                  .instances(i -> i.instanceCount(1).masterInstanceType("m5.xlarge")));
    }
  }
}
