package localcloud.emr;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import localcloud.awsjson.AwsJson;
import software.amazon.awssdk.services.emr.model.ClusterStateChangeReason;
import software.amazon.awssdk.services.emr.model.ClusterStateChangeReasonCode;
import software.amazon.awssdk.services.emr.model.StepState;
import software.amazon.awssdk.services.emr.model.StepTimeline;

/**
 * EMR's events about the states of clusters and steps, in the form in which an EventBridge rule
 * sends them to an SQS queue. States without an event in EMR (BOOTSTRAPPING, TERMINATING) have none
 * here either.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-manage-cloudwatch-events.html">Monitoring
 *     Amazon EMR events with CloudWatch</a>, on states, severities and messages
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-service-limits-cloudwatch-events.html">When
 *     to set up EMR events in CloudWatch</a>, on the events' JSON
 */
final class EmrEvents implements AutoCloseable {
  private static final Logger LOG = System.getLogger(EmrEvents.class.getName());
  private static final String ACCOUNT = "000000000000";
  private static final String REGION = "us-east-1";
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Consumer<String> bus;

  /** The last state seen of each cluster and step that is not ended, by its id. */
  private final Map<String, Object> seen = new HashMap<>();

  private final ExecutorService post =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "emr-events");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param bus takes each event's JSON; may be slow, and may fail
   */
  EmrEvents(Consumer<String> bus) {
    this.bus = bus;
  }

  /**
   * Sends events for what has changed since the cluster was last observed. The caller holds the
   * cluster's lock; the events are sent later, in order.
   */
  void observe(EmrCluster cluster, Instant now) {
    if (cluster.state() != seen.put(cluster.id(), cluster.state())) {
      clusterChanged(cluster, now);
    }
    for (EmrStep step : cluster.steps()) {
      if (step.state() != seen.put(step.id(), step.state())) {
        stepChanged(cluster, step, now);
      }
    }
    if (cluster.isEnded()) {
      seen.remove(cluster.id());
      cluster.steps().forEach(step -> seen.remove(step.id()));
    }
  }

  private void clusterChanged(EmrCluster cluster, Instant now) {
    ClusterStateChangeReason reason = cluster.status().stateChangeReason();
    String code = Objects.requireNonNullElse(reason.codeAsString(), "");
    String message = clusterMessage(cluster, code, now);
    if (message.isEmpty()) {
      return;
    }
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("severity", severity(cluster, reason.code()));
    detail.put("stateChangeReason", json(reason(code, reason.message())));
    detail.put("name", cluster.request().name());
    detail.put("clusterId", cluster.id());
    detail.put("state", cluster.state().toString());
    detail.put("message", message);
    send("EMR Cluster State Change", detail, now);
  }

  /** JSON inside a string, as in EMR; a state without a reason has only an empty code. */
  private static Map<String, String> reason(String code, String message) {
    Map<String, String> reason = new LinkedHashMap<>();
    reason.put("code", code);
    if (!code.isEmpty()) {
      reason.put("message", message);
    }
    return reason;
  }

  private static String severity(EmrCluster cluster, ClusterStateChangeReasonCode reason) {
    return switch (cluster.state()) {
      case TERMINATED_WITH_ERRORS -> "CRITICAL";
      case TERMINATED ->
          reason == null
                  || reason == ClusterStateChangeReasonCode.USER_REQUEST
                  || reason == ClusterStateChangeReasonCode.ALL_STEPS_COMPLETED
              ? "INFO"
              : "CRITICAL";
      case STARTING, BOOTSTRAPPING, RUNNING, WAITING, TERMINATING, UNKNOWN_TO_SDK_VERSION -> "INFO";
    };
  }

  /** Empty for a state without an event. */
  private static String clusterMessage(EmrCluster cluster, String reason, Instant now) {
    String named = "%s (%s)".formatted(cluster.id(), cluster.request().name());
    String time = MINUTE.format(now);
    return switch (cluster.state()) {
      case STARTING ->
          "Amazon EMR cluster %s was requested at %s and is being created."
              .formatted(named, MINUTE.format(cluster.created()));
      case RUNNING -> "Amazon EMR cluster %s began running steps at %s.".formatted(named, time);
      case WAITING ->
          cluster.steps().isEmpty()
              ? "Amazon EMR cluster %s was created at %s and is ready for use."
                  .formatted(named, time)
              : "Amazon EMR cluster %s finished running all pending steps at %s."
                  .formatted(named, time);
      case TERMINATED ->
          "Amazon EMR Cluster %s has terminated at %s with a reason of %s."
              .formatted(named, time, reason);
      case TERMINATED_WITH_ERRORS ->
          "Amazon EMR Cluster %s has terminated with errors at %s with a reason of %s."
              .formatted(named, time, reason);
      case BOOTSTRAPPING, TERMINATING, UNKNOWN_TO_SDK_VERSION -> "";
    };
  }

  private void stepChanged(EmrCluster cluster, EmrStep step, Instant now) {
    String name = step.summary().name();
    String message = stepMessage(cluster, step, now);
    if (message.isEmpty()) {
      return;
    }
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("severity", severity(step.state()));
    detail.put("actionOnFailure", step.actionOnFailure().toString());
    detail.put("stepId", step.id());
    detail.put("name", name);
    detail.put("clusterId", cluster.id());
    detail.put("state", step.state().toString());
    detail.put("message", message);
    send("EMR Step Status Change", detail, now);
  }

  private static String severity(StepState state) {
    return switch (state) {
      case PENDING, RUNNING, COMPLETED, INTERRUPTED, UNKNOWN_TO_SDK_VERSION -> "INFO";
      case CANCEL_PENDING, CANCELLED -> "WARN";
      case FAILED -> "ERROR";
    };
  }

  /** Empty for a state without an event. */
  private static String stepMessage(EmrCluster cluster, EmrStep step, Instant now) {
    String named = "%s (%s)".formatted(step.id(), step.summary().name());
    String of = "Amazon EMR cluster %s (%s)".formatted(cluster.id(), cluster.request().name());
    String time = MINUTE.format(now);
    return switch (step.state()) {
      case PENDING ->
          "Step %s was added to %s at %s and is pending execution.".formatted(named, of, time);
      case CANCEL_PENDING ->
          "Step %s in %s was cancelled at %s and is pending cancellation."
              .formatted(named, of, time);
      case RUNNING -> "Step %s in %s started running at %s.".formatted(named, of, time);
      case COMPLETED -> {
        StepTimeline timeline = step.summary().status().timeline();
        yield "Step %s in %s completed execution at %s. The step started running at %s and took %d minutes to complete."
            .formatted(
                named,
                of,
                time,
                MINUTE.format(timeline.startDateTime()),
                Duration.between(timeline.startDateTime(), timeline.endDateTime()).toMinutes());
      }
      case CANCELLED ->
          "Cancellation request has succeeded for cluster step %s in %s at %s, and the step is now cancelled."
              .formatted(named, of, time);
      case FAILED -> "Step %s in %s failed at %s.".formatted(named, of, time);
      case INTERRUPTED, UNKNOWN_TO_SDK_VERSION -> "";
    };
  }

  private void send(String type, Map<String, Object> detail, Instant now) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("version", "0");
    event.put("id", UUID.randomUUID().toString());
    event.put("detail-type", type);
    event.put("source", "aws.emr");
    event.put("account", ACCOUNT);
    event.put("time", now.truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", REGION);
    event.put("resources", List.of());
    event.put("detail", detail);
    String json = json(event);
    post.execute(() -> hand(json));
  }

  private void hand(String json) {
    try {
      bus.accept(json);
    } catch (RuntimeException e) {
      // EventBridge's delivery of EMR's events is best effort too. The end of the stand-in
      // interrupts it.
      if (!post.isShutdown()) {
        LOG.log(Level.WARNING, "Cannot send an event of EMR: " + e.getMessage());
      }
    }
  }

  private static String json(Map<String, ?> members) {
    return new String(AwsJson.write(members), StandardCharsets.UTF_8);
  }

  /** Events that are not sent yet are lost. */
  @Override
  public void close() {
    post.shutdownNow();
  }
}
