package localcloud.emr;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import localcloud.awsjson.AwsError;
import localcloud.faults.Call;
import localcloud.faults.Faults;
import localcloud.faults.OnCluster;
import localcloud.faults.Service;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.StepConfig;

/**
 * All clusters of the stand-in's only account, behind one lock; {@link #advance} advances them.
 * Ended clusters stay and can be described, as long as the stand-in runs.
 */
final class Account implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Account.class.getName());

  private final Clock clock;
  private final Function<RunJobFlowRequest, EmrCluster.Pace> pace;
  private final StepRunner steps;
  private final Faults faults;
  private final Map<String, EmrCluster> clusters = new LinkedHashMap<>();
  private final List<EmrCluster> moving = new ArrayList<>();
  private Optional<EmrEvents> events = Optional.empty();

  /**
   * Without clusters.
   *
   * @param pace the durations for a cluster of that request
   * @param steps runs every step, and is closed with the account
   */
  Account(
      Clock clock,
      Function<RunJobFlowRequest, EmrCluster.Pace> pace,
      StepRunner steps,
      Faults faults) {
    this.clock = clock;
    this.pace = pace;
    this.steps = steps;
    this.faults = faults;
  }

  /** Reports changes of clusters and steps from now on. */
  synchronized void tell(EmrEvents told) {
    events = Optional.of(told);
  }

  /** Advances every cluster to the present time. */
  synchronized void advance() {
    Instant now = now();
    for (EmrCluster cluster : moving) {
      try {
        boolean wasOpen = cluster.isOpen();
        cluster.advance(now, this::start);
        if (wasOpen && !cluster.isOpen()) {
          deliverBootstrapLog(cluster);
        }
        events.ifPresent(told -> told.observe(cluster, now));
      } catch (RuntimeException e) {
        // Otherwise the first failure would stop the time of all clusters.
        LOG.log(Level.ERROR, "Cannot advance cluster " + cluster.id(), e);
      }
    }
    moving.removeIf(EmrCluster::isEnded);
  }

  private void deliverBootstrapLog(EmrCluster cluster) {
    cluster
        .logUri()
        .ifPresent(
            uri -> cluster.bootstrapLog().ifPresent(log -> steps.deliver(log, uri, cluster.id())));
  }

  private RunningStep start(EmrCluster cluster, EmrStep step) {
    return steps.start(
        new StepRunner.Order(
            cluster.id(),
            step.id(),
            step.jarStep(),
            cluster.logUri(),
            cluster.request().configurations(),
            cluster.plan(step)),
        outcome -> stepEnded(cluster, step, outcome));
  }

  private synchronized void stepEnded(EmrCluster cluster, EmrStep step, StepOutcome outcome) {
    cluster.stepEnded(step, outcome, now());
  }

  /** Creates a cluster, in STARTING. */
  synchronized EmrCluster create(RunJobFlowRequest request) {
    Instant now = now();
    String id = Ids.cluster();
    EmrCluster cluster = new EmrCluster(id, request, pace.apply(request), fate(id, request), now);
    request.steps().forEach(step -> cluster.add(Ids.step(), step, now));
    clusters.put(cluster.id(), cluster);
    moving.add(cluster);
    return cluster;
  }

  private Fate fate(String id, RunJobFlowRequest request) {
    Call call = new Call(Service.EMR, "RunJobFlow", request.name());
    return faults
        .strike(call, OnCluster.class, fault -> Fate.concerns(fault, request))
        .map(fault -> Fate.of(fault, id, request))
        .orElse(Fate.NONE);
  }

  synchronized List<String> addSteps(EmrCluster cluster, List<StepConfig> steps) {
    Instant now = now();
    return steps.stream().map(step -> cluster.add(Ids.step(), step, now).id()).toList();
  }

  synchronized void terminate(EmrCluster cluster) {
    cluster.terminateByUser(now());
  }

  /** Reads or changes a cluster under the lock. */
  synchronized <T> T with(String clusterId, AwsError ifUnknown, Function<EmrCluster, T> use) {
    return use.apply(
        Optional.ofNullable(clusters.get(String.valueOf(clusterId))).orElseThrow(() -> ifUnknown));
  }

  /** A cluster's name, if there is such a cluster. */
  synchronized Optional<String> name(String clusterId) {
    return Optional.ofNullable(clusters.get(clusterId)).map(cluster -> cluster.request().name());
  }

  /** Reads all clusters under the lock, in the order of their creation. */
  synchronized <T> T withAll(Function<List<EmrCluster>, T> use) {
    return use.apply(List.copyOf(clusters.values()));
  }

  /** In milliseconds, as EMR's times are. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Ends every process of every step. */
  @Override
  public void close() {
    List<RunningStep> running;
    Optional<EmrEvents> told;
    synchronized (this) {
      told = events;
      running =
          moving.stream()
              .flatMap(cluster -> cluster.steps().stream())
              .flatMap(step -> step.process().stream())
              .toList();
    }
    running.parallelStream().forEach(RunningStep::endNow);
    steps.close();
    told.ifPresent(EmrEvents::close);
  }
}
