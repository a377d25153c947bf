package cluster.emr;

import static software.amazon.awssdk.services.emr.model.ClusterState.BOOTSTRAPPING;
import static software.amazon.awssdk.services.emr.model.ClusterState.RUNNING;
import static software.amazon.awssdk.services.emr.model.ClusterState.STARTING;
import static software.amazon.awssdk.services.emr.model.ClusterState.TERMINATED;
import static software.amazon.awssdk.services.emr.model.ClusterState.TERMINATED_WITH_ERRORS;
import static software.amazon.awssdk.services.emr.model.ClusterState.TERMINATING;
import static software.amazon.awssdk.services.emr.model.ClusterState.WAITING;

import aws.AwsSettings;
import cluster.diagnosis.Console;
import cluster.request.ClusterRequest;
import cluster.request.Owner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import run.ClusterState;
import run.ClusterStatus;
import run.ListedCluster;
import run.StepState;
import run.StepStatus;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.ClusterSummary;
import software.amazon.awssdk.services.emr.model.ListClustersRequest;
import software.amazon.awssdk.services.emr.model.ListClustersResponse;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.Step;

/**
 * The only class that calls EMR. A method is usually one API call; {@link #terminate} may need two
 * more. The caller must have taken a token of {@link EmrQuotas} before.
 */
@ApplicationScoped
public class EmrGateway {

  /** Amazon EMR API reference, TerminateJobFlows: ids in one call. */
  public static final int MOST_TERMINATED_AT_ONCE = 10;

  /** Amazon EMR API reference, RunJobFlow and Common Errors: errors that no repetition can fix. */
  private static final Set<String> FAULTS_OF_THE_REQUEST =
      Set.of("ValidationException", "InvalidRequestException", "SerializationException");

  /**
   * How far EMR's clock and this machine's may differ when clusters are found by their creation
   * time.
   */
  private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(10);

  /** A poll that takes longer has failed, and runs that wait for a cluster show that. */
  private static final Duration LIST_TIMEOUT = Duration.ofSeconds(20);

  private static final System.Logger LOG = System.getLogger(EmrGateway.class.getName());

  private final EmrClient emr;
  private final EmrQuotas quotas;
  private final Duration listTimeout;

  EmrGateway(EmrClient emr, EmrQuotas quotas, AwsSettings settings) {
    this.emr = emr;
    this.quotas = quotas;
    this.listTimeout =
        settings.callTimeout().compareTo(LIST_TIMEOUT) < 0 ? settings.callTimeout() : LIST_TIMEOUT;
  }

  /** The console of the clusters' region. */
  @Produces
  @Singleton
  Console console() {
    return new Console(emr.serviceClientConfiguration().region().id());
  }

  /**
   * A page of clusters.
   *
   * @param clusters the clusters on it
   * @param marker the marker of the next page; absent on the last
   */
  public record Page(List<ListedCluster> clusters, Optional<String> marker) {}

  /**
   * Asks for a cluster.
   *
   * @return the outcome; <em>unknown</em> is an answer of its own
   */
  public LaunchAnswer launch(RunJobFlowRequest request) {
    try {
      return new LaunchAnswer.Launched(
          call(EmrApi.RUN_JOB_FLOW, () -> emr.runJobFlow(request)).jobFlowId());
    } catch (ThrottledException e) {
      return new LaunchAnswer.Throttled();
    } catch (DeniedException e) {
      return new LaunchAnswer.NotNow(e.getMessage());
    } catch (AwsServiceException e) {
      String code = code(e);
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
   * Whether the call certainly had no effect. EMR's internal failures have the status 400 too
   * (Amazon EMR API reference, RunJobFlow: InternalServerException), and an error without a code
   * comes from something in between.
   */
  private static boolean turnedAway(int status, String code) {
    return status >= 400 && status < 500 && !code.isEmpty() && !code.startsWith("Internal");
  }

  /**
   * Every cluster of the account that has not terminated, 50 a page.
   *
   * @param marker the page before's; empty for the first
   */
  public Page listActive(Optional<String> marker) {
    return list(
        ListClustersRequest.builder()
            .clusterStates(STARTING, BOOTSTRAPPING, RUNNING, WAITING, TERMINATING)
            .marker(marker.orElse(null))
            .build());
  }

  /**
   * The clusters of the account that are starting or ending, 50 a page.
   *
   * @param marker the page before's; empty for the first
   */
  public Page listMoving(Optional<String> marker) {
    return list(
        ListClustersRequest.builder()
            .clusterStates(STARTING, BOOTSTRAPPING, TERMINATING)
            .marker(marker.orElse(null))
            .build());
  }

  /**
   * Every cluster of the account, terminated or not, that was created since; 50 a page.
   *
   * @param since by this machine's clock
   * @param marker the page before's; empty for the first
   */
  public Page listCreated(Instant since, Optional<String> marker) {
    return list(
        ListClustersRequest.builder()
            .createdAfter(since.minus(CLOCK_DIFFERENCE))
            .marker(marker.orElse(null))
            .build());
  }

  /**
   * The terminated clusters of the account that were created since, at most 50: one call proves
   * many ends.
   *
   * @param since by this machine's clock
   */
  public List<ListedCluster> listGone(Instant since) {
    return list(ListClustersRequest.builder()
            .clusterStates(TERMINATED, TERMINATED_WITH_ERRORS)
            .createdAfter(since.minus(CLOCK_DIFFERENCE))
            .build())
        .clusters();
  }

  /** A cluster's state and reason, without its steps; empty if EMR knows no such cluster. */
  public Optional<ClusterStatus> describe(String clusterId) {
    try {
      return Optional.of(status(cluster(clusterId).status()));
    } catch (AwsServiceException e) {
      if (code(e).equals("InvalidRequestException") && e.getMessage().contains("is not valid")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The owner of a cluster, by its tags; empty if this service may not describe it. */
  public Optional<Owner> ownerOf(String clusterId) {
    try {
      Map<String, String> tags = new HashMap<>();
      cluster(clusterId).tags().forEach(tag -> tags.put(tag.key(), tag.value()));
      return Optional.of(
          new Owner(
              tags.getOrDefault(ClusterRequest.INSTALLATION_TAG, ""),
              tags.getOrDefault(ClusterRequest.STORE_TAG, "")));
    } catch (DeniedException e) {
      return Optional.empty();
    }
  }

  private Cluster cluster(String clusterId) {
    return call(
            EmrApi.DESCRIBE_CLUSTER,
            () -> emr.describeCluster(request -> request.clusterId(clusterId)))
        .cluster();
  }

  /** A cluster's steps in the order of their submission. */
  public List<StepStatus> steps(String clusterId) {
    List<StepStatus> steps = new ArrayList<>();
    call(
            EmrApi.LIST_STEPS,
            () ->
                emr.listStepsPaginator(request -> request.clusterId(clusterId)).steps().stream()
                    .toList())
        .forEach(step -> steps.add(status(step.id(), step.name(), step.status())));
    // ListSteps answers the last submitted step first (Amazon EMR API reference, ListSteps).
    Collections.reverse(steps);
    return steps;
  }

  /** One step of a cluster. */
  public StepStatus step(String clusterId, String stepId) {
    Step step =
        call(
                EmrApi.DESCRIBE_STEP,
                () -> emr.describeStep(request -> request.clusterId(clusterId).stepId(stepId)))
            .step();
    return status(step.id(), step.name(), step.status());
  }

  /**
   * Asks EMR to terminate the clusters; that takes minutes, and only {@link #describe} proves it.
   * If EMR refuses because of termination protection, which an account's owner may have switched on
   * for all clusters, it is switched off first.
   *
   * @param clusterIds at most {@value #MOST_TERMINATED_AT_ONCE}, all of them our own
   */
  public void terminate(List<String> clusterIds) {
    try {
      call(
          EmrApi.TERMINATE_JOB_FLOWS,
          () -> emr.terminateJobFlows(request -> request.jobFlowIds(clusterIds)));
    } catch (AwsServiceException e) {
      if (!String.valueOf(e.getMessage()).contains("termination protected")) {
        throw e;
      }
      emr.setTerminationProtection(
          request -> request.jobFlowIds(clusterIds).terminationProtected(false));
      call(
          EmrApi.TERMINATE_JOB_FLOWS,
          () -> emr.terminateJobFlows(request -> request.jobFlowIds(clusterIds)));
    }
  }

  private Page list(ListClustersRequest request) {
    ListClustersRequest soon =
        request.toBuilder()
            .overrideConfiguration(timeout -> timeout.apiCallTimeout(listTimeout))
            .build();
    ListClustersResponse page = call(EmrApi.LIST_CLUSTERS, () -> emr.listClusters(soon));
    return new Page(
        page.clusters().stream().map(EmrGateway::seen).toList(),
        Optional.ofNullable(page.marker()).filter(marker -> !marker.isEmpty()));
  }

  private <T> T call(EmrApi api, Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException e) {
      if (e.isThrottlingException()) {
        quotas.throttled(api);
        throw new ThrottledException(e);
      }
      if (code(e).startsWith("AccessDenied")) {
        throw new DeniedException(api, e.awsErrorDetails().errorMessage(), e);
      }
      throw e;
    }
  }

  private static String code(AwsServiceException e) {
    return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
        ? ""
        : e.awsErrorDetails().errorCode();
  }

  private static ListedCluster seen(ClusterSummary cluster) {
    return new ListedCluster(
        cluster.id(),
        String.valueOf(cluster.name()),
        cluster.status().timeline().creationDateTime(),
        status(cluster.status()));
  }

  /** A state that this service does not know yet: the cluster is certainly not gone. */
  private static ClusterState clusterState(String word) {
    try {
      return ClusterState.valueOf(word);
    } catch (IllegalArgumentException e) {
      LOG.log(Level.WARNING, "EMR reports an unknown state of a cluster: {0}", word);
      return ClusterState.RUNNING;
    }
  }

  private static StepState stepState(String word) {
    try {
      return StepState.valueOf(word);
    } catch (IllegalArgumentException e) {
      LOG.log(Level.WARNING, "EMR reports an unknown state of a step: {0}", word);
      return StepState.RUNNING;
    }
  }

  private static ClusterStatus status(
      software.amazon.awssdk.services.emr.model.ClusterStatus status) {
    var reason = Optional.ofNullable(status.stateChangeReason());
    var timeline = Optional.ofNullable(status.timeline());
    return new ClusterStatus(
        clusterState(String.valueOf(status.stateAsString())),
        reason.map(r -> r.codeAsString()).orElse(""),
        reason.map(r -> r.message()).orElse(""),
        Optional.empty(),
        timeline.map(t -> t.readyDateTime()),
        timeline.map(t -> t.endDateTime()),
        List.of());
  }

  private static StepStatus status(
      String id, String name, software.amazon.awssdk.services.emr.model.StepStatus status) {
    var timeline = Optional.ofNullable(status.timeline());
    return new StepStatus(
        id,
        name,
        stepState(String.valueOf(status.stateAsString())),
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
