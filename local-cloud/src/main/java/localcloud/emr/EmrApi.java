package localcloud.emr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import localcloud.awsjson.AwsError;
import software.amazon.awssdk.services.emr.model.AddJobFlowStepsRequest;
import software.amazon.awssdk.services.emr.model.AddJobFlowStepsResponse;
import software.amazon.awssdk.services.emr.model.AddTagsRequest;
import software.amazon.awssdk.services.emr.model.CancelStepsRequest;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.DescribeClusterRequest;
import software.amazon.awssdk.services.emr.model.DescribeClusterResponse;
import software.amazon.awssdk.services.emr.model.DescribeStepRequest;
import software.amazon.awssdk.services.emr.model.DescribeStepResponse;
import software.amazon.awssdk.services.emr.model.EmrRequest;
import software.amazon.awssdk.services.emr.model.EmrResponse;
import software.amazon.awssdk.services.emr.model.Instance;
import software.amazon.awssdk.services.emr.model.InstanceGroupType;
import software.amazon.awssdk.services.emr.model.InstanceState;
import software.amazon.awssdk.services.emr.model.ListBootstrapActionsRequest;
import software.amazon.awssdk.services.emr.model.ListBootstrapActionsResponse;
import software.amazon.awssdk.services.emr.model.ListClustersRequest;
import software.amazon.awssdk.services.emr.model.ListClustersResponse;
import software.amazon.awssdk.services.emr.model.ListInstanceFleetsRequest;
import software.amazon.awssdk.services.emr.model.ListInstanceFleetsResponse;
import software.amazon.awssdk.services.emr.model.ListInstanceGroupsRequest;
import software.amazon.awssdk.services.emr.model.ListInstanceGroupsResponse;
import software.amazon.awssdk.services.emr.model.ListInstancesRequest;
import software.amazon.awssdk.services.emr.model.ListInstancesResponse;
import software.amazon.awssdk.services.emr.model.ListStepsRequest;
import software.amazon.awssdk.services.emr.model.ListStepsResponse;
import software.amazon.awssdk.services.emr.model.ModifyClusterRequest;
import software.amazon.awssdk.services.emr.model.PutAutoTerminationPolicyRequest;
import software.amazon.awssdk.services.emr.model.PutAutoTerminationPolicyResponse;
import software.amazon.awssdk.services.emr.model.RemoveTagsRequest;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.RunJobFlowResponse;
import software.amazon.awssdk.services.emr.model.SetTerminationProtectionRequest;
import software.amazon.awssdk.services.emr.model.SetTerminationProtectionResponse;
import software.amazon.awssdk.services.emr.model.StepState;
import software.amazon.awssdk.services.emr.model.TerminateJobFlowsRequest;
import software.amazon.awssdk.services.emr.model.TerminateJobFlowsResponse;

/**
 * The operations of EMR's API over the {@link Account}; each throws {@link AwsError} for what EMR
 * refuses.
 */
final class EmrApi {
  private static final int PAGE = 50;
  private static final int INSTANCES_PAGE = 2_000;
  private static final int MAX_IDS = 10;

  private final Account account;
  private final ClusterChanges changes;
  private final Duration visibility;

  /**
   * Over the account.
   *
   * @param visibility how long ListClusters does not show a new cluster
   */
  EmrApi(Account account, Duration visibility) {
    this.account = account;
    this.changes = new ClusterChanges(account);
    this.visibility = visibility;
  }

  /** The names and ids of the clusters that a call concerns, as far as they are in it. */
  String concerned(Incoming incoming) {
    Stream<String> asked =
        incoming.request().stream()
            .filter(RunJobFlowRequest.class::isInstance)
            .map(request -> ((RunJobFlowRequest) request).name());
    Stream<String> named =
        incoming.clusters().stream()
            .flatMap(id -> Stream.concat(account.name(id).stream(), Stream.of(id)));
    return Stream.concat(asked, named).collect(Collectors.joining(" "));
  }

  EmrResponse answer(Operation operation, EmrRequest request) {
    return switch (operation) {
      case RUN_JOB_FLOW -> runJobFlow((RunJobFlowRequest) request);
      case DESCRIBE_CLUSTER -> describeCluster((DescribeClusterRequest) request);
      case LIST_CLUSTERS -> listClusters((ListClustersRequest) request);
      case ADD_JOB_FLOW_STEPS -> addJobFlowSteps((AddJobFlowStepsRequest) request);
      case LIST_STEPS -> listSteps((ListStepsRequest) request);
      case DESCRIBE_STEP -> describeStep((DescribeStepRequest) request);
      case TERMINATE_JOB_FLOWS -> terminate((TerminateJobFlowsRequest) request);
      case SET_TERMINATION_PROTECTION -> protect((SetTerminationProtectionRequest) request);
      case PUT_AUTO_TERMINATION_POLICY ->
          putAutoTermination((PutAutoTerminationPolicyRequest) request);
      case LIST_INSTANCES -> listInstances((ListInstancesRequest) request);
      case LIST_INSTANCE_GROUPS -> listInstanceGroups((ListInstanceGroupsRequest) request);
      case LIST_INSTANCE_FLEETS -> listInstanceFleets((ListInstanceFleetsRequest) request);
      case LIST_BOOTSTRAP_ACTIONS -> listBootstrapActions((ListBootstrapActionsRequest) request);
      case ADD_TAGS -> changes.addTags((AddTagsRequest) request);
      case REMOVE_TAGS -> changes.removeTags((RemoveTagsRequest) request);
      case MODIFY_CLUSTER -> changes.modify((ModifyClusterRequest) request);
      case CANCEL_STEPS -> changes.cancelSteps((CancelStepsRequest) request);
    };
  }

  private RunJobFlowResponse runJobFlow(RunJobFlowRequest request) {
    RequestChecks.check(request);
    EmrCluster cluster = account.create(request);
    return RunJobFlowResponse.builder()
        .jobFlowId(cluster.id())
        .clusterArn(ClusterDescription.arn(cluster))
        .build();
  }

  private DescribeClusterResponse describeCluster(DescribeClusterRequest request) {
    return account.with(
        request.clusterId(),
        notValid(request.clusterId()),
        cluster ->
            DescribeClusterResponse.builder()
                .cluster(ClusterDescription.full(cluster, account.now()))
                .build());
  }

  private ListClustersResponse listClusters(ListClustersRequest request) {
    RequestChecks.checkFilter(
        "clusterStates", request.clusterStatesAsStrings(), ClusterState.knownValues());
    Set<String> states = Set.copyOf(request.clusterStatesAsStrings());
    Instant visible = account.now().minus(visibility);
    return account.withAll(
        clusters -> {
          List<EmrCluster> newestFirst = new ArrayList<>(clusters);
          Collections.reverse(newestFirst);
          Page<EmrCluster> page =
              Page.of(
                  newestFirst,
                  EmrCluster::id,
                  request.marker(),
                  PAGE,
                  cluster ->
                      !cluster.created().isAfter(visible) && matches(cluster, request, states));
          return ListClustersResponse.builder()
              .clusters(
                  page.items().stream()
                      .map(cluster -> ClusterDescription.summary(cluster, account.now()))
                      .toList())
              .marker(page.marker())
              .build();
        });
  }

  private static boolean matches(
      EmrCluster cluster, ListClustersRequest request, Set<String> states) {
    return (states.isEmpty() || states.contains(cluster.state().toString()))
        && (request.createdAfter() == null || !cluster.created().isBefore(request.createdAfter()))
        && (request.createdBefore() == null || !cluster.created().isAfter(request.createdBefore()));
  }

  private AddJobFlowStepsResponse addJobFlowSteps(AddJobFlowStepsRequest request) {
    RequestChecks.check(request.steps());
    return account.with(
        request.jobFlowId(),
        AwsError.validation("Specified job flow ID not valid."),
        cluster -> {
          if (!cluster.isOpen()) {
            throw AwsError.validation(
                "A job flow that is shutting down, terminated, or finished may not be modified.");
          }
          RequestChecks.checkAdded(request.steps(), cluster.stepConcurrency());
          long active = cluster.steps().stream().filter(EmrStep::isActive).count();
          if (active + request.steps().size() > RequestChecks.MAX_STEPS) {
            throw AwsError.validation(
                "Maximum number of active steps(State = 'Running', 'Pending' or 'Cancel_Pending')"
                    + " for cluster exceeded.");
          }
          return AddJobFlowStepsResponse.builder()
              .stepIds(account.addSteps(cluster, request.steps()))
              .build();
        });
  }

  /** In reverse order, unless requested by id or by state. */
  private ListStepsResponse listSteps(ListStepsRequest request) {
    if (request.stepIds().size() > MAX_IDS) {
      throw AwsError.invalidRequest("TooManyStepIds", "At most 10 step ids can be given.");
    }
    RequestChecks.checkFilter("stepStates", request.stepStatesAsStrings(), StepState.knownValues());
    Set<String> ids = Set.copyOf(request.stepIds());
    Set<String> states = Set.copyOf(request.stepStatesAsStrings());
    return account.with(
        request.clusterId(),
        notValid(request.clusterId()),
        cluster -> {
          List<EmrStep> steps = new ArrayList<>(cluster.steps());
          if (ids.isEmpty() && states.isEmpty()) {
            Collections.reverse(steps);
          }
          Page<EmrStep> page =
              Page.of(
                  steps,
                  EmrStep::id,
                  request.marker(),
                  PAGE,
                  step ->
                      (ids.isEmpty() || ids.contains(step.id()))
                          && (states.isEmpty() || states.contains(step.state().toString())));
          return ListStepsResponse.builder()
              .steps(page.items().stream().map(EmrStep::summary).toList())
              .marker(page.marker())
              .build();
        });
  }

  private DescribeStepResponse describeStep(DescribeStepRequest request) {
    return account.with(
        request.clusterId(),
        notValid(request.clusterId()),
        cluster ->
            cluster.steps().stream()
                .filter(step -> step.id().equals(request.stepId()))
                .findFirst()
                .map(step -> DescribeStepResponse.builder().step(step.describe()).build())
                .orElseThrow(() -> unknownStep(request.stepId())));
  }

  /**
   * Ends the clusters that are not protected, and refuses for those that are; ends none if an id is
   * unknown.
   */
  private TerminateJobFlowsResponse terminate(TerminateJobFlowsRequest request) {
    List<EmrCluster> clusters = named(request.jobFlowIds());
    List<EmrCluster> refused =
        account.withAll(
            all -> {
              clusters.stream()
                  .filter(cluster -> !cluster.isTerminationProtected())
                  .forEach(account::terminate);
              return clusters.stream()
                  .filter(cluster -> cluster.isOpen() && cluster.isTerminationProtected())
                  .toList();
            });
    if (!refused.isEmpty()) {
      throw AwsError.validation(
          "Could not shut down one or more job flows since they are termination protected.");
    }
    return TerminateJobFlowsResponse.builder().build();
  }

  private SetTerminationProtectionResponse protect(SetTerminationProtectionRequest request) {
    if (request.terminationProtected() == null) {
      throw AwsError.validation(
          "1 validation error detected: Value null at 'terminationProtected' failed to satisfy"
              + " constraint: Member must not be null");
    }
    List<EmrCluster> clusters = named(request.jobFlowIds());
    return account.withAll(
        all -> {
          clusters.forEach(c -> c.setTerminationProtected(request.terminationProtected()));
          return SetTerminationProtectionResponse.builder().build();
        });
  }

  private List<EmrCluster> named(List<String> ids) {
    if (ids.isEmpty() || ids.size() > MAX_IDS) {
      throw AwsError.validation("Between 1 and 10 job flow ids must be given, not " + ids.size());
    }
    AwsError unknown = AwsError.validation("Specified job flow ID not valid.");
    return ids.stream().map(id -> account.with(id, unknown, cluster -> cluster)).toList();
  }

  private PutAutoTerminationPolicyResponse putAutoTermination(
      PutAutoTerminationPolicyRequest request) {
    if (request.autoTerminationPolicy() != null) {
      RequestChecks.check(request.autoTerminationPolicy());
    }
    return account.with(
        request.clusterId(),
        notValid(request.clusterId()),
        cluster -> {
          cluster.setAutoTermination(request.autoTerminationPolicy());
          return PutAutoTerminationPolicyResponse.builder().build();
        });
  }

  private ListInstancesResponse listInstances(ListInstancesRequest request) {
    RequestChecks.checkFilter(
        "instanceStates", request.instanceStatesAsStrings(), InstanceState.knownValues());
    RequestChecks.checkFilter(
        "instanceGroupTypes",
        request.instanceGroupTypesAsStrings(),
        InstanceGroupType.knownValues());
    Set<String> states = Set.copyOf(request.instanceStatesAsStrings());
    Set<String> roles = new HashSet<>(request.instanceGroupTypesAsStrings());
    if (request.instanceFleetType() != null) {
      roles.add(request.instanceFleetTypeAsString());
    }
    return account.with(
        request.clusterId(),
        notValid(request.clusterId()),
        cluster -> {
          List<Instance> instances = ClusterInstances.list(cluster, roles);
          Page<Instance> page =
              Page.of(
                  instances,
                  Instance::id,
                  request.marker(),
                  INSTANCES_PAGE,
                  instance ->
                      (states.isEmpty() || states.contains(instance.status().stateAsString()))
                          && isOrUnset(request.instanceGroupId(), instance.instanceGroupId())
                          && isOrUnset(request.instanceFleetId(), instance.instanceFleetId()));
          return ListInstancesResponse.builder()
              .instances(page.items())
              .marker(page.marker())
              .build();
        });
  }

  private static boolean isOrUnset(String wanted, String actual) {
    return wanted == null || wanted.equals(actual);
  }

  private ListInstanceGroupsResponse listInstanceGroups(ListInstanceGroupsRequest request) {
    return account.with(
        request.clusterId(),
        notValid(request.clusterId()),
        cluster ->
            ListInstanceGroupsResponse.builder()
                .instanceGroups(InstanceCollections.groups(cluster))
                .build());
  }

  private ListInstanceFleetsResponse listInstanceFleets(ListInstanceFleetsRequest request) {
    return account.with(
        request.clusterId(),
        notValid(request.clusterId()),
        cluster ->
            ListInstanceFleetsResponse.builder()
                .instanceFleets(InstanceCollections.fleets(cluster))
                .build());
  }

  private ListBootstrapActionsResponse listBootstrapActions(ListBootstrapActionsRequest request) {
    return account.with(
        request.clusterId(),
        notValid(request.clusterId()),
        cluster ->
            ListBootstrapActionsResponse.builder()
                .bootstrapActions(ClusterDescription.bootstrapActions(cluster))
                .build());
  }

  static AwsError unknownStep(String stepId) {
    return AwsError.invalidRequest("NoSuchStep", "Step id '" + stepId + "' is not valid.");
  }

  static AwsError notValid(String clusterId) {
    return AwsError.invalidRequest("NoSuchCluster", "Cluster id '" + clusterId + "' is not valid.");
  }
}
