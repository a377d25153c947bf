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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import localcloud.awsjson.AwsError;
import localcloud.faults.Call;
import localcloud.faults.Faults;
import localcloud.faults.OnCluster;
import localcloud.faults.Service;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.StepConfig;

/**
 * All clusters of the one account that the stand-in is, behind one lock; a clock's tick moves them
 * on. Ended clusters stay and can be described, as long as the stand-in runs.
 */
final class Account implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Account.class.getName());
  private static final long TICK_MILLIS = 20;

  private final Clock clock;
  private final EmrCluster.Pace pace;
  private final StepLauncher launcher;
  private final Faults faults;
  private final Map<String, EmrCluster> clusters = new LinkedHashMap<>();
  private final List<EmrCluster> moving = new ArrayList<>();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "emr-tick");
            thread.setDaemon(true);
            return thread;
          });

  private final ScheduledFuture<?> ticks;

  Account(Clock clock, EmrCluster.Pace pace, StepLauncher launcher, Faults faults) {
    this.clock = clock;
    this.pace = pace;
    this.launcher = launcher;
    this.faults = faults;
    this.ticks =
        ticker.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void tick() {
    Instant now = now();
    for (EmrCluster cluster : moving) {
      try {
        cluster.advance(now, this::start);
      } catch (RuntimeException e) {
        // Otherwise the first failure would stop the time of all clusters.
        LOG.log(Level.ERROR, "Cannot advance cluster " + cluster.id(), e);
      }
    }
    moving.removeIf(EmrCluster::isEnded);
  }

  private RunningStep start(EmrCluster cluster, EmrStep step) {
    return launcher.start(
        new StepLauncher.Order(
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

  /** Makes a cluster, in STARTING. */
  synchronized EmrCluster create(RunJobFlowRequest request) {
    Instant now = now();
    String id = Ids.cluster();
    EmrCluster cluster = new EmrCluster(id, request, pace, fate(id, request), now);
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
    ticks.cancel(false);
    ticker.shutdownNow();
    List<RunningStep> running;
    synchronized (this) {
      running =
          moving.stream()
              .flatMap(cluster -> cluster.steps().stream())
              .flatMap(step -> step.process().stream())
              .toList();
    }
    running.parallelStream().forEach(RunningStep::endNow);
    launcher.close();
  }
}
