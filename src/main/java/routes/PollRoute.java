package routes;

import cluster.EmrApi;
import cluster.EmrGateway;
import cluster.EmrQuotas;
import cluster.ThrottledException;
import flow.Look;
import flow.PendingLook;
import flow.Watch;
import flow.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import pipeline.ServiceSettings;
import pipeline.SweeperSettings;
import pipeline.SweeperSettings.Mode;
import run.Attempt;
import run.ClusterStatus;
import run.StepStatus;
import store.RunStore;
import store.StaleVersionException;

/**
 * Looks at all clusters at once: one paged ListClusters serves every run. A cluster is described
 * when it is not listed any more, and its steps are listed when it ends and seldom besides. Every
 * call waits for its token, so that a turn does what the quotas allow and the next goes on.
 */
@ApplicationScoped
public class PollRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(PollRoute.class);

  private static final Duration STEPS_MAY_LAG = Duration.ofMinutes(2);
  private static final Duration BETWEEN_TURNS = Duration.ofMillis(250);

  private final EmrGateway emr;
  private final EmrQuotas quotas;
  private final RunStore runs;
  private final ServiceSettings settings;
  private final SweeperSettings sweeper;
  private final Work work;
  private final Clock clock;
  private final Watch watch;

  private Optional<PendingLook> pending = Optional.empty();
  private Instant nextLook = Instant.MIN;
  private Instant nextSweep = Instant.MIN;
  private List<Attempt> watched = List.of();

  PollRoute(
      EmrGateway emr,
      EmrQuotas quotas,
      RunStore runs,
      ServiceSettings settings,
      SweeperSettings sweeper,
      Work work,
      Clock clock) {
    this.emr = emr;
    this.quotas = quotas;
    this.runs = runs;
    this.settings = settings;
    this.sweeper = sweeper;
    this.work = work;
    this.clock = clock;
    this.watch = new Watch(settings.stepPoll());
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from(Endpoints.every("poll-clusters", BETWEEN_TURNS))
        .routeId("poll-clusters")
        .doTry()
        .to("direct:look-at-clusters", "direct:describe-clusters", "direct:list-steps")
        .doCatch(Exception.class)
        .process(this::failed)
        .end();

    from("direct:look-at-clusters")
        .routeId("look-at-clusters")
        .process(exchange -> begin())
        .process(exchange -> exchange.getMessage().setBody(readPages()))
        .filter(body())
        .to("direct:sweep-clusters", Endpoints.TICK);

    from("direct:describe-clusters")
        .routeId("describe-clusters")
        .process(exchange -> exchange.getMessage().setBody(toDescribe()))
        .split(body())
        .doTry()
        .process(exchange -> describe(exchange.getMessage().getBody(Attempt.class)))
        .to(Endpoints.TICK)
        .doCatch(Exception.class)
        .process(this::failed)
        .end();

    from("direct:list-steps")
        .routeId("list-steps")
        .process(exchange -> exchange.getMessage().setBody(toListSteps()))
        .split(body())
        .doTry()
        .process(exchange -> listSteps(exchange.getMessage().getBody(Attempt.class)))
        .to(Endpoints.TICK)
        .doCatch(Exception.class)
        .process(this::failed)
        .end();
  }

  private void begin() {
    Instant now = clock.instant();
    // A look that is asked for during another one is due after it.
    if (pending.isPresent()) {
      return;
    }
    boolean isAsked = work.takeLookRequest();
    if (!isAsked && !isDue(nextLook, settings.clusterPoll(), now)) {
      return;
    }
    nextLook = now.plus(settings.clusterPoll());
    List<Attempt> open = runs.openAttempts();
    boolean isNeeded =
        open.stream().anyMatch(a -> a.clusterId().isPresent() || a.calledAt().isPresent());
    boolean sweeps = sweeper.mode() != Mode.OFF && isDue(nextSweep, sweeper.every(), now);
    if (!isNeeded && !sweeps) {
      watched = List.of();
      return;
    }
    nextSweep = now.plus(sweeper.every());
    pending =
        Optional.of(
            new PendingLook(
                now,
                open.stream()
                    .filter(Attempt::isUnanswered)
                    .map(attempt -> attempt.calledAt().orElseThrow())
                    .min(Comparator.naturalOrder())));
  }

  /** A clock that was set back lengthens no pause. */
  private static boolean isDue(Instant next, Duration pause, Instant now) {
    return !next.isAfter(now) || next.isAfter(now.plus(pause));
  }

  /** Asks for the pages that the quota allows; true when the look is complete. */
  private boolean readPages() {
    if (pending.isEmpty()) {
      return false;
    }
    PendingLook look = pending.get();
    try {
      while (look.look().isEmpty() && quotas.take(EmrApi.LIST_CLUSTERS)) {
        EmrGateway.Page page =
            look.createdSince().isPresent()
                ? emr.listCreated(look.createdSince().get(), look.marker())
                : emr.listActive(look.marker());
        look.add(page.clusters(), page.marker());
      }
    } catch (ThrottledException e) {
      LOG.debugf("%s; the look goes on later", e.getMessage());
      return false;
    } catch (RuntimeException e) {
      // A marker may be what EMR refuses: the next look begins anew.
      pending = Optional.empty();
      throw e;
    }
    look.look().ifPresent(this::looked);
    return pending.isEmpty();
  }

  private void looked(Look look) {
    pending = Optional.empty();
    List<Attempt> now = new ArrayList<>();
    for (Attempt attempt : runs.openAttempts()) {
      if (attempt.clusterId().isPresent()) {
        now.add(Watch.seen(attempt, look).map(seen -> save(attempt, seen)).orElse(attempt));
      }
    }
    watched = now;
    work.looked(look);
  }

  private Attempt save(Attempt before, Attempt seen) {
    watch.changed(seen);
    try {
      return runs.save(seen);
    } catch (StaleVersionException e) {
      return before;
    }
  }

  private List<Attempt> toDescribe() {
    return taking(watch.toDescribe(watched, work.look(), clock.instant()), EmrApi.DESCRIBE_CLUSTER);
  }

  private List<Attempt> toListSteps() {
    Instant now = clock.instant();
    List<Attempt> asked = taking(watch.toListSteps(watched, now), EmrApi.LIST_STEPS);
    if (!asked.isEmpty()) {
      return asked;
    }
    return watch.toShowProgress(watched, now).stream()
        .limit(1)
        .filter(attempt -> quotas.takeSpare(EmrApi.LIST_STEPS))
        .toList();
  }

  private List<Attempt> taking(List<Attempt> wanted, EmrApi api) {
    return wanted.stream().takeWhile(attempt -> quotas.take(api)).toList();
  }

  /** That a cluster is gone is written down together with what became of its steps. */
  private void describe(Attempt attempt) {
    watch.describes(attempt, clock.instant());
    String cluster = attempt.clusterId().orElseThrow();
    List<StepStatus> known = attempt.cluster().map(ClusterStatus::steps).orElse(List.of());
    ClusterStatus status = described(attempt, cluster).with(known);
    if (status.state().isGone() && !status.stepsEnded()) {
      if (!quotas.take(EmrApi.LIST_STEPS)) {
        return;
      }
      status = status.with(emr.steps(cluster));
    }
    // EMR may tell of a cluster's end before it tells of its steps'.
    Instant settled = status.endedAt().orElse(Instant.EPOCH).plus(STEPS_MAY_LAG);
    if (!status.state().isGone() || status.stepsEnded() || settled.isBefore(clock.instant())) {
      update(attempt, status);
    }
  }

  /** Of a cluster that EMR has forgotten nothing more is to be learnt, and nothing is left. */
  private ClusterStatus described(Attempt attempt, String cluster) {
    Optional<ClusterStatus> status = emr.describe(cluster);
    Instant longAgo = attempt.intent().expiresAt().plus(settings.giveUpAfter());
    if (status.isEmpty() && longAgo.isBefore(clock.instant())) {
      return ClusterStatus.forgotten();
    }
    return status.orElseThrow(
        () ->
            new IllegalStateException(
                "EMR knows no cluster %s; account, region or endpoint may be others than when it was launched"
                    .formatted(cluster)));
  }

  private void listSteps(Attempt attempt) {
    watch.listsSteps(attempt, clock.instant());
    List<StepStatus> steps = emr.steps(attempt.clusterId().orElseThrow());
    update(attempt, attempt.cluster().orElseThrow().with(steps));
  }

  private void update(Attempt attempt, ClusterStatus status) {
    runs.attempt(attempt.run(), attempt.number())
        .filter(stored -> !stored.clusterIsGone())
        .map(stored -> stored.seen(status))
        .ifPresent(
            seen -> {
              Attempt saved = runs.save(seen);
              watched =
                  watched.stream().map(known -> isSame(known, saved) ? saved : known).toList();
            });
  }

  private static boolean isSame(Attempt a, Attempt b) {
    return a.run().equals(b.run()) && a.number() == b.number();
  }

  private void failed(Exchange exchange) {
    Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    if (!(cause instanceof StaleVersionException || cause instanceof ThrottledException)) {
      LOG.warnf("Cannot look at the clusters, will look again: %s", cause.getMessage());
    }
  }
}
