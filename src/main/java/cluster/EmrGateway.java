package cluster;

import static software.amazon.awssdk.services.emr.model.ClusterState.BOOTSTRAPPING;
import static software.amazon.awssdk.services.emr.model.ClusterState.RUNNING;
import static software.amazon.awssdk.services.emr.model.ClusterState.STARTING;
import static software.amazon.awssdk.services.emr.model.ClusterState.TERMINATING;
import static software.amazon.awssdk.services.emr.model.ClusterState.WAITING;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import run.ClusterState;
import run.ClusterStatus;
import run.StepState;
import run.StepStatus;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.ClusterSummary;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.StepSummary;

/** The one place that talks to EMR. Every method is one API call, or one call a page. */
@ApplicationScoped
public class EmrGateway {

  /** Amazon EMR API reference, RunJobFlow and Common Errors: what no repetition can mend. */
  private static final Set<String> FAULTS_OF_THE_REQUEST =
      Set.of("ValidationException", "InvalidRequestException", "SerializationException");

  /**
   * How far EMR's clock and this machine's may be apart when clusters are looked for by their time.
   */
  private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(10);

  private final EmrClient emr;

  EmrGateway(EmrClient emr) {
    this.emr = emr;
  }

  /**
   * Asks for a cluster.
   *
   * @return what is known of it now; <em>unknown</em> is an answer of its own
   */
  public LaunchAnswer launch(RunJobFlowRequest request) {
    try {
      return new LaunchAnswer.Launched(emr.runJobFlow(request).jobFlowId());
    } catch (AwsServiceException e) {
      String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
      if (!turnedAway(e.statusCode(), code)) {
        return new LaunchAnswer.Unknown(e.getMessage());
      }
      return FAULTS_OF_THE_REQUEST.contains(code)
          ? new LaunchAnswer.Refused(e.awsErrorDetails().errorMessage())
          : new LaunchAnswer.NotNow(e.getMessage());
    } catch (SdkClientException e) {
      return new LaunchAnswer.Unknown(e.getMessage());
    }
  }

  /**
   * Whether the call certainly had no effect. EMR gives its own failures a status of 400 too
   * (Amazon EMR API reference, RunJobFlow: InternalServerException), and an error without a code
   * comes from something on the way.
   */
  private static boolean turnedAway(int status, String code) {
    return status >= 400 && status < 500 && code != null && !code.startsWith("Internal");
  }

  /**
   * The ids of all clusters of that name, whatever their state, oldest first.
   *
   * @param name the whole name
   * @param createdAfter no cluster older than this is looked at
   */
  public List<String> findByName(String name, Instant createdAfter) {
    return emr
        .listClustersPaginator(
            request -> request.createdAfter(createdAfter.minus(CLOCK_DIFFERENCE)))
        .clusters()
        .stream()
        .filter(cluster -> cluster.name().equals(name))
        .sorted(Comparator.comparing(cluster -> cluster.status().timeline().creationDateTime()))
        .map(ClusterSummary::id)
        .toList();
  }

  /**
   * Every cluster of the account that is not gone, with its state, by id: one paged ListClusters
   * serves all runs.
   *
   * @param createdAfter no cluster older than this is looked at
   */
  public Map<String, ClusterState> active(Instant createdAfter) {
    Map<String, ClusterState> states = new HashMap<>();
    emr.listClustersPaginator(
            request ->
                request
                    .clusterStates(STARTING, BOOTSTRAPPING, RUNNING, WAITING, TERMINATING)
                    .createdAfter(createdAfter.minus(CLOCK_DIFFERENCE)))
        .clusters()
        .forEach(
            cluster ->
                states.put(cluster.id(), ClusterState.valueOf(cluster.status().stateAsString())));
    return states;
  }

  /** One cluster with its steps: DescribeCluster and ListSteps. */
  public ClusterStatus describe(String clusterId) {
    var status = emr.describeCluster(request -> request.clusterId(clusterId)).cluster().status();
    var reason = Optional.ofNullable(status.stateChangeReason());
    var timeline = Optional.ofNullable(status.timeline());
    return new ClusterStatus(
        ClusterState.valueOf(status.stateAsString()),
        reason.map(r -> r.codeAsString()).orElse(""),
        reason.map(r -> r.message()).orElse(""),
        timeline.map(t -> t.readyDateTime()),
        timeline.map(t -> t.endDateTime()),
        steps(clusterId));
  }

  /**
   * Asks EMR to terminate the cluster; that takes minutes, and only {@link #describe} proves it.
   */
  public void terminate(String clusterId) {
    emr.terminateJobFlows(request -> request.jobFlowIds(clusterId));
  }

  /** One cheap call, to see whether EMR answers. */
  public void probe(Instant createdAfter) {
    emr.listClusters(request -> request.createdAfter(createdAfter.minus(CLOCK_DIFFERENCE)));
  }

  private List<StepStatus> steps(String clusterId) {
    List<StepStatus> steps = new ArrayList<>();
    emr.listStepsPaginator(request -> request.clusterId(clusterId))
        .steps()
        .forEach(step -> steps.add(status(step)));
    // ListSteps answers the last submitted step first (Amazon EMR API reference, ListSteps).
    Collections.reverse(steps);
    return steps;
  }

  private static StepStatus status(StepSummary step) {
    var status = step.status();
    var timeline = Optional.ofNullable(status.timeline());
    return new StepStatus(
        step.id(),
        step.name(),
        StepState.valueOf(status.stateAsString()),
        failure(status),
        timeline.map(t -> t.startDateTime()),
        timeline.map(t -> t.endDateTime()));
  }

  private static String failure(software.amazon.awssdk.services.emr.model.StepStatus status) {
    List<String> words = new ArrayList<>();
    if (status.failureDetails() != null) {
      words.add(status.failureDetails().reason());
      words.add(status.failureDetails().message());
    }
    if (status.stateChangeReason() != null) {
      words.add(status.stateChangeReason().message());
    }
    return String.join(
        ": ", words.stream().filter(word -> word != null && !word.isEmpty()).toList());
  }
}
