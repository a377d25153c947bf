package localcloud.emr;

import bench.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import localcloud.awsjson.AwsError;
import localcloud.faults.Faults;
import localcloud.s3.S3Uri;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.DescribeClusterRequest;
import software.amazon.awssdk.services.emr.model.DescribeClusterResponse;
import software.amazon.awssdk.services.emr.model.DescribeStepRequest;
import software.amazon.awssdk.services.emr.model.DescribeStepResponse;
import software.amazon.awssdk.services.emr.model.EmrException;
import software.amazon.awssdk.services.emr.model.EmrRequest;
import software.amazon.awssdk.services.emr.model.EmrResponse;
import software.amazon.awssdk.services.emr.model.ListClustersRequest;
import software.amazon.awssdk.services.emr.model.ListClustersResponse;
import software.amazon.awssdk.services.emr.model.ListStepsRequest;
import software.amazon.awssdk.services.emr.model.ListStepsResponse;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.RunJobFlowResponse;
import software.amazon.awssdk.services.emr.model.SetTerminationProtectionRequest;
import software.amazon.awssdk.services.emr.model.SetTerminationProtectionResponse;
import software.amazon.awssdk.services.emr.model.StepConfig;
import software.amazon.awssdk.services.emr.model.TerminateJobFlowsRequest;
import software.amazon.awssdk.services.emr.model.TerminateJobFlowsResponse;

/**
 * The EMR stand-in's own account, API and quotas behind the SDK's interface, without HTTP, without
 * processes and in virtual time. It is in the stand-in's package because these are package-private.
 */
public final class VirtualEmr implements EmrClient {

  private static final String OTHERS = "somebody else's";

  private final VirtualClock clock;
  private final Duration latency;
  private final Random ours;
  private final Random others;
  private final PriorityQueue<Ending> endings =
      new PriorityQueue<>(Comparator.comparing(Ending::at));
  private final Account account;
  private final EmrApi api;
  private final Quotas quotas;
  private final Map<EmrCluster, Shown> watched = new LinkedHashMap<>();
  private final Set<String> transientOthers = new HashSet<>();
  private final List<Call> calls = new ArrayList<>();
  private final Map<Operation, Double> owed = new EnumMap<>(Operation.class);
  private Consumer<Change> changes = change -> {};
  private boolean settled;
  private Optional<Duration> terminating = Optional.empty();
  private Instant competesSince;

  /** A step that ends at that time. */
  private record Ending(String clusterId, Instant at, Consumer<StepOutcome> ended) {}

  /** A cluster as last seen inside the stand-in. */
  private record Shown(ClusterState state, boolean stepsEnded) {}

  /**
   * One call of the service.
   *
   * @param operation the constant of {@link Operation}
   * @param at when EMR received it
   * @param isThrottled whether the quota refused it
   */
  public record Call(String operation, Instant at, boolean isThrottled) {}

  /**
   * A cluster of the service has changed.
   *
   * @param clusterId EMR's id
   * @param state its new state; empty if its steps have ended
   */
  public record Change(String clusterId, Optional<String> state) {}

  /**
   * An account without clusters.
   *
   * @param visibility how long ListClusters does not show a new cluster
   * @param latency how long each call takes
   */
  public VirtualEmr(VirtualClock clock, long seed, Duration visibility, Duration latency) {
    this.clock = clock;
    this.latency = latency;
    this.ours = new Random(seed);
    this.others = new Random(~seed);
    this.account = new Account(clock, this::pace, new Steps(), new Faults(clock));
    this.api = new EmrApi(account, visibility);
    this.quotas = Quotas.ofAws(clock);
  }

  /** Steps without processes: each takes 10 to 40 minutes and succeeds. */
  private final class Steps implements StepRunner {

    @Override
    public RunningStep start(Order order, Consumer<StepOutcome> ended) {
      Duration takes = between(random(account.name(order.clusterId()).orElseThrow()), 10, 40);
      endings.add(new Ending(order.clusterId(), clock.instant().plus(takes), ended));
      return new RunningStep();
    }

    /** No cluster of this simulation fails in bootstrap. */
    @Override
    public void deliver(Fate.BootstrapLog log, S3Uri logUri, String clusterId) {
      throw new UnsupportedOperationException("log of " + clusterId);
    }

    @Override
    public void close() {
      endings.clear();
    }
  }

  /** Provisioning takes 4 to 8 minutes, terminating 1 to 5; clusters of the past take no time. */
  private EmrCluster.Pace pace(RunJobFlowRequest request) {
    if (!settled) {
      return new EmrCluster.Pace(Duration.ZERO, Duration.ZERO);
    }
    Random random = random(request.name());
    Duration provisioning = between(random, 4, 8);
    return new EmrCluster.Pace(
        provisioning, terminating.orElseGet(() -> between(random, 1, 5)));
  }

  private Random random(String name) {
    return name.equals(OTHERS) ? others : ours;
  }

  private static Duration between(Random random, int least, int most) {
    return Duration.ofMillis((long) ((least + (most - least) * random.nextDouble()) * 60_000));
  }

  /**
   * Others use the account too.
   *
   * @param gone how many of their clusters came and went in the days before now
   * @param waiting how many exist and stay
   * @param passing how many come and go: when one ends, another begins
   */
  public void populate(int gone, int waiting, int passing, Duration before) {
    for (int i = 0; i < gone; i++) {
      clock.pass(before.dividedBy(gone + 1));
      create(false);
      settle();
    }
    for (int i = 0; i < waiting; i++) {
      create(true);
    }
    settle();
    clock.pass(before.dividedBy(gone + 1));
    settled = true;
    for (int i = 0; i < passing; i++) {
      transientOthers.add(create(false, step()));
      clock.pass(Duration.ofMinutes(2));
      account.advance();
    }
  }

  private void settle() {
    for (int i = 0; i < 4; i++) {
      account.advance();
    }
  }

  private String create(boolean stays, StepConfig... steps) {
    RunJobFlowRequest request =
        RunJobFlowRequest.builder()
            .name(OTHERS)
            .releaseLabel("emr-7.13.0")
            .serviceRole("EMR_DefaultRole")
            .jobFlowRole("EMR_EC2_DefaultRole")
            .instances(
                i ->
                    i.masterInstanceType("m5.xlarge")
                        .instanceCount(1)
                        .keepJobFlowAliveWhenNoSteps(stays))
            .steps(steps)
            .build();
    return ((RunJobFlowResponse) api.answer(Operation.RUN_JOB_FLOW, request)).jobFlowId();
  }

  private static StepConfig step() {
    return StepConfig.builder()
        .name("step")
        .actionOnFailure(ActionOnFailure.TERMINATE_CLUSTER)
        .hadoopJarStep(jar -> jar.jar("command-runner.jar").args("true"))
        .build();
  }

  /** The listener for each change of the service's clusters. */
  public void onChange(Consumer<Change> listener) {
    changes = listener;
  }

  /** From now on another user takes half of each quota, in bursts, and repeats what is refused. */
  public void compete() {
    competesSince = clock.instant();
  }

  /** Each cluster that is launched from now on takes that long to terminate. */
  public void terminateWithin(Duration time) {
    terminating = Optional.of(time);
  }

  /** Advances EMR to the present time. */
  public void advance() {
    while (!endings.isEmpty() && !endings.peek().at().isAfter(clock.instant())) {
      endings.remove().ended().accept(new StepOutcome(Optional.empty()));
    }
    account.advance();
    for (String id : List.copyOf(transientOthers)) {
      if (account.with(id, AwsError.internal(id), EmrCluster::isEnded)) {
        transientOthers.remove(id);
        transientOthers.add(create(false, step()));
      }
    }
    watched.replaceAll(this::look);
    othersCall();
  }

  private Shown look(EmrCluster cluster, Shown before) {
    if (before.state() == ClusterState.TERMINATED) {
      return before;
    }
    boolean stepsEnded = cluster.steps().stream().noneMatch(EmrStep::isActive);
    if (stepsEnded && !before.stepsEnded()) {
      changes.accept(new Change(cluster.id(), Optional.empty()));
    }
    if (cluster.state() != before.state()) {
      changes.accept(new Change(cluster.id(), Optional.of(cluster.state().toString())));
    }
    return new Shown(cluster.state(), stepsEnded);
  }

  /**
   * Half of the refill is used at once whenever it would fill the whole bucket; refused calls are repeated every second.
   */
  private void othersCall() {
    if (competesSince == null) {
      return;
    }
    long second = Duration.between(competesSince, clock.instant()).toSeconds();
    bursts().forEach((operation, burst) -> {
      if (second % burst.every() == 0) {
        owed.merge(operation, (double) burst.calls(), Double::sum);
      }
      while (owed.getOrDefault(operation, 0.0) >= 1 && passes(operation)) {
        owed.merge(operation, -1.0, Double::sum);
      }
    });
  }

  private record Burst(int calls, int every) {}

  private static Map<Operation, Burst> bursts() {
    Map<Operation, Burst> bursts = new EnumMap<>(Operation.class);
    bursts.put(Operation.RUN_JOB_FLOW, new Burst(10, 40));
    bursts.put(Operation.TERMINATE_JOB_FLOWS, new Burst(10, 40));
    bursts.put(Operation.LIST_STEPS, new Burst(10, 40));
    bursts.put(Operation.DESCRIBE_STEP, new Burst(10, 40));
    bursts.put(Operation.DESCRIBE_CLUSTER, new Burst(10, 20));
    bursts.put(Operation.LIST_CLUSTERS, new Burst(20, 80));
    return bursts;
  }

  private boolean passes(Operation operation) {
    try {
      quotas.count(operation);
      return true;
    } catch (AwsError throttled) {
      return false;
    }
  }

  /** Every call of the service, in order. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** How many clusters of the service there are now. */
  public long activeClusters() {
    return watched.keySet().stream().filter(cluster -> !cluster.isEnded()).count();
  }

  /** How many clusters of others there are now. */
  public long activeOthers() {
    return account.withAll(
        all -> all.stream().filter(c -> !watched.containsKey(c) && !c.isEnded()).count());
  }

  /** The total lifetime of the service's clusters. */
  public Duration clusterTime() {
    return watched.keySet().stream()
        .map(c -> Duration.between(c.created(), c.ended().orElse(clock.instant())))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private <T extends EmrResponse> T call(Operation operation, EmrRequest request, Class<T> type) {
    Instant received = clock.instant();
    clock.pass(latency);
    try {
      quotas.count(operation);
      calls.add(new Call(operation.name(), received, false));
      return type.cast(api.answer(operation, request));
    } catch (AwsError e) {
      boolean isThrottled = e.type().equals(AwsError.throttling().type());
      if (isThrottled) {
        calls.add(new Call(operation.name(), received, true));
      }
      throw EmrException.builder()
          .message(e.getMessage())
          .statusCode(e.status())
          .awsErrorDetails(
              AwsErrorDetails.builder()
                  .serviceName("Emr")
                  .errorCode(e.type())
                  .errorMessage(e.getMessage())
                  .build())
          .build();
    }
  }

  @Override
  public RunJobFlowResponse runJobFlow(RunJobFlowRequest request) {
    RunJobFlowResponse response =
        call(Operation.RUN_JOB_FLOW, request, RunJobFlowResponse.class);
    EmrCluster cluster =
        account.with(response.jobFlowId(), AwsError.internal("No cluster"), found -> found);
    watched.put(cluster, new Shown(cluster.state(), false));
    return response;
  }

  @Override
  public DescribeClusterResponse describeCluster(DescribeClusterRequest request) {
    return call(Operation.DESCRIBE_CLUSTER, request, DescribeClusterResponse.class);
  }

  @Override
  public ListClustersResponse listClusters(ListClustersRequest request) {
    return call(Operation.LIST_CLUSTERS, request, ListClustersResponse.class);
  }

  @Override
  public ListStepsResponse listSteps(ListStepsRequest request) {
    return call(Operation.LIST_STEPS, request, ListStepsResponse.class);
  }

  @Override
  public DescribeStepResponse describeStep(DescribeStepRequest request) {
    return call(Operation.DESCRIBE_STEP, request, DescribeStepResponse.class);
  }

  @Override
  public TerminateJobFlowsResponse terminateJobFlows(TerminateJobFlowsRequest request) {
    TerminateJobFlowsResponse response =
        call(Operation.TERMINATE_JOB_FLOWS, request, TerminateJobFlowsResponse.class);
    endStepsOf(request.jobFlowIds());
    return response;
  }

  /** A step ends with its cluster. */
  private void endStepsOf(List<String> clusters) {
    List<Ending> cut =
        endings.stream().filter(ending -> clusters.contains(ending.clusterId())).toList();
    endings.removeAll(cut);
    cut.forEach(
        ending ->
            endings.add(new Ending(ending.clusterId(), clock.instant(), ending.ended())));
  }

  @Override
  public SetTerminationProtectionResponse setTerminationProtection(
      SetTerminationProtectionRequest request) {
    return call(
        Operation.SET_TERMINATION_PROTECTION, request, SetTerminationProtectionResponse.class);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    account.close();
  }
}
