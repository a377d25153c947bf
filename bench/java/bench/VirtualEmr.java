package bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import localcloud.emr.InProcessEmr;
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
 * EMR in virtual time, as the service sees it: its calls take a while and count against quotas that
 * others use too.
 */
final class VirtualEmr implements EmrClient {

  private static final String OTHERS = "somebody else's";

  private final VirtualClock clock;
  private final Duration latency;
  private final Random ours;
  private final Random others;
  private final InProcessEmr emr;
  private final Map<String, InProcessEmr.Cluster> watched = new LinkedHashMap<>();
  private final Set<String> transientOthers = new HashSet<>();
  private final List<Call> calls = new ArrayList<>();
  private final Map<QuotaUse.Quota, Double> owed = new EnumMap<>(QuotaUse.Quota.class);
  private Consumer<Change> changes = change -> {};
  private boolean settled;
  private Optional<Duration> terminating = Optional.empty();
  private Instant competesSince;

  /**
   * One call of the service.
   *
   * @param operation its name, such as RunJobFlow
   * @param at when EMR received it
   * @param isThrottled whether the quota refused it
   */
  record Call(String operation, Instant at, boolean isThrottled) {}

  /**
   * A cluster of the service has changed.
   *
   * @param clusterId EMR's id
   * @param state its new state; empty if its steps have ended
   */
  record Change(String clusterId, Optional<String> state) {}

  /**
   * An account without clusters.
   *
   * @param visibility how long ListClusters does not show a new cluster
   * @param latency how long each call takes
   */
  VirtualEmr(VirtualClock clock, long seed, Duration visibility, Duration latency) {
    this.clock = clock;
    this.latency = latency;
    this.ours = new Random(seed);
    this.others = new Random(~seed);
    this.emr = new InProcessEmr(clock, visibility, new Times());
  }

  /**
   * Provisioning takes 4 to 8 minutes, a step 10 to 40, terminating 1 to 5; what is history takes
   * no time.
   */
  private final class Times implements InProcessEmr.Times {

    @Override
    public Duration provisioning(String cluster) {
      return settled ? between(random(cluster), 4, 8) : Duration.ZERO;
    }

    @Override
    public Duration terminating(String cluster) {
      return settled ? terminating.orElseGet(() -> between(random(cluster), 1, 5)) : Duration.ZERO;
    }

    @Override
    public Duration step(String cluster) {
      return between(random(cluster), 10, 40);
    }
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
  void populate(int gone, int waiting, int passing, Duration before) {
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
      advance();
    }
  }

  private void settle() {
    for (int i = 0; i < 4; i++) {
      emr.advance();
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
    return emr.create(request);
  }

  private static StepConfig step() {
    return StepConfig.builder()
        .name("step")
        .actionOnFailure(ActionOnFailure.TERMINATE_CLUSTER)
        .hadoopJarStep(jar -> jar.jar("command-runner.jar").args("true"))
        .build();
  }

  /** The listener for each change of the service's clusters. */
  void onChange(Consumer<Change> listener) {
    changes = listener;
  }

  /** From now on another user takes half of each quota, in bursts, and repeats what is refused. */
  void compete() {
    competesSince = clock.instant();
  }

  /** Each cluster that is launched from now on takes that long to terminate. */
  void terminateWithin(Duration time) {
    terminating = Optional.of(time);
  }

  /** Advances EMR to the present time. */
  void advance() {
    emr.advance();
    for (String id : List.copyOf(transientOthers)) {
      if (emr.cluster(id).isEnded()) {
        transientOthers.remove(id);
        transientOthers.add(create(false, step()));
      }
    }
    watched.replaceAll(this::look);
    othersCall();
  }

  private InProcessEmr.Cluster look(String id, InProcessEmr.Cluster before) {
    if (before.state() == ClusterState.TERMINATED) {
      return before;
    }
    InProcessEmr.Cluster now = emr.cluster(id);
    if (now.stepsEnded() && !before.stepsEnded()) {
      changes.accept(new Change(id, Optional.empty()));
    }
    if (now.state() != before.state()) {
      changes.accept(new Change(id, Optional.of(now.state().toString())));
    }
    return now;
  }

  /**
   * Half of the refill is used at once whenever it would fill the whole bucket; refused calls are repeated every second.
   */
  private void othersCall() {
    if (competesSince == null) {
      return;
    }
    long second = Duration.between(competesSince, clock.instant()).toSeconds();
    for (QuotaUse.Quota quota : QuotaUse.Quota.values()) {
      if (second % (long) (quota.burst() / (quota.perSecond() / 2)) == 0) {
        owed.merge(quota, (double) quota.burst(), Double::sum);
      }
      while (owed.getOrDefault(quota, 0.0) >= 1 && emr.spend(quota.operation())) {
        owed.merge(quota, -1.0, Double::sum);
      }
    }
  }

  /** Every call of the service, in order. */
  List<Call> calls() {
    return List.copyOf(calls);
  }

  /** How many clusters of the service there are now. */
  long activeClusters() {
    return watched.values().stream().filter(cluster -> !cluster.isEnded()).count();
  }

  /** How many clusters of others there are now. */
  long activeOthers() {
    return emr.clusters().stream()
        .filter(cluster -> !watched.containsKey(cluster.id()) && !cluster.isEnded())
        .count();
  }

  /** The total lifetime of the service's clusters. */
  Duration clusterTime() {
    return watched.values().stream()
        .map(one -> Duration.between(one.created(), one.ended().orElse(clock.instant())))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private <T extends EmrResponse> T call(String operation, EmrRequest request, Class<T> type) {
    Instant received = clock.instant();
    clock.pass(latency);
    try {
      T response = emr.call(request, type);
      calls.add(new Call(operation, received, false));
      return response;
    } catch (EmrException e) {
      calls.add(new Call(operation, received, e.isThrottlingException()));
      throw e;
    }
  }

  @Override
  public RunJobFlowResponse runJobFlow(RunJobFlowRequest request) {
    RunJobFlowResponse response = call("RunJobFlow", request, RunJobFlowResponse.class);
    watched.put(response.jobFlowId(), emr.cluster(response.jobFlowId()));
    return response;
  }

  @Override
  public DescribeClusterResponse describeCluster(DescribeClusterRequest request) {
    return call("DescribeCluster", request, DescribeClusterResponse.class);
  }

  @Override
  public ListClustersResponse listClusters(ListClustersRequest request) {
    return call("ListClusters", request, ListClustersResponse.class);
  }

  @Override
  public ListStepsResponse listSteps(ListStepsRequest request) {
    return call("ListSteps", request, ListStepsResponse.class);
  }

  @Override
  public DescribeStepResponse describeStep(DescribeStepRequest request) {
    return call("DescribeStep", request, DescribeStepResponse.class);
  }

  @Override
  public TerminateJobFlowsResponse terminateJobFlows(TerminateJobFlowsRequest request) {
    return call("TerminateJobFlows", request, TerminateJobFlowsResponse.class);
  }

  @Override
  public SetTerminationProtectionResponse setTerminationProtection(
      SetTerminationProtectionRequest request) {
    return call("SetTerminationProtection", request, SetTerminationProtectionResponse.class);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    emr.close();
  }
}
