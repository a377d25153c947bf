package routes;

import cluster.emr.EmrApi;
import cluster.emr.EmrGateway;
import cluster.emr.EmrQuotas;
import cluster.emr.ThrottledException;
import flow.ClusterSnapshot;
import inflight.Dependencies.Dependency;
import inflight.InFlight;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import pipeline.ServiceSettings;
import pipeline.SweeperSettings;
import polling.ClusterListing;
import polling.FollowUpQueries;
import polling.PollSchedule;
import polling.Probes;
import polling.UsualEnds;
import run.Attempt;
import run.AttemptState;
import run.ClusterStatus;
import run.ListedCluster;
import run.OpenRun;
import run.Run;
import run.StepStatus;
import store.RunStore;
import store.StaleVersionException;

/**
 * Looks at all clusters at once: one paged ListClusters serves every run, and what a page shows is
 * written down at once. A cluster is described when it is not listed any more, and its steps are
 * listed when it ends and seldom besides. Every call waits for its token, so that a turn does what
 * the quotas allow and the next goes on.
 */
@ApplicationScoped
public class PollRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(PollRoute.class);

  private static final Duration BETWEEN_TURNS = Duration.ofMillis(250);

  /** So many looks are left to the usual poll when one is brought forward, or ends are listed. */
  private static final int LOOKS_KEPT = 3;

  private final EmrGateway emr;
  private final EmrQuotas quotas;
  private final RunStore runs;
  private final ServiceSettings settings;
  private final InFlight inFlight;
  private final Probes probes;
  private final Clock clock;
  private final FollowUpQueries followUps;
  private final PollSchedule pace;

  private final UsualEnds ends = new UsualEnds();
  private final ClusterListing looking = new ClusterListing();
  private List<Attempt> watched = List.of();
  private boolean isWhole;
  private boolean proofIsUrgent;
  private Instant lastProof = Instant.MIN;

  PollRoute(
      EmrGateway emr,
      EmrQuotas quotas,
      RunStore runs,
      ServiceSettings settings,
      SweeperSettings sweeper,
      InFlight inFlight,
      Probes probes,
      Clock clock) {
    this.emr = emr;
    this.quotas = quotas;
    this.runs = runs;
    this.settings = settings;
    this.inFlight = inFlight;
    this.probes = probes;
    this.clock = clock;
    this.followUps = new FollowUpQueries(settings.stepPoll());
    this.pace = new PollSchedule(settings.clusterPoll(), sweeper);
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from(Endpoints.everyUri("poll-clusters", BETWEEN_TURNS))
        .routeId("poll-clusters")
        .doTry()
        .to(
            "direct:look-at-clusters",
            "direct:describe-clusters",
            "direct:ask-for-steps",
            "direct:expect-ends",
            "direct:show-progress")
        .doCatch(Exception.class)
        .process(this::failed)
        .end();
    lookAtClusters();
    describeClusters();
    askForSteps();
    expectEnds();
    showProgress();
  }

  private void lookAtClusters() {
    from("direct:look-at-clusters")
        .routeId("look-at-clusters")
        .process(exchange -> begin())
        .filter(exchange -> readPages())
        .to(Endpoints.TICK)
        .filter(exchange -> isWhole)
        .to("direct:sweep-clusters");
  }

  private void describeClusters() {
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
  }

  private void askForSteps() {
    from("direct:ask-for-steps")
        .routeId("ask-for-steps")
        .process(exchange -> exchange.getMessage().setBody(toAskForSteps()))
        .split(body())
        .doTry()
        .filter(exchange -> hasSteps(exchange.getMessage().getBody(Attempt.class)))
        .to(Endpoints.TICK)
        .endDoTry()
        .doCatch(Exception.class)
        .process(this::failed)
        .end();
  }

  private void expectEnds() {
    from("direct:expect-ends")
        .routeId("expect-ends")
        .process(exchange -> exchange.getMessage().setBody(toExpect()))
        .split(body())
        .doTry()
        .filter(exchange -> hasNewSteps(exchange.getMessage().getBody(Attempt.class)))
        .to(Endpoints.TICK)
        .endDoTry()
        .doCatch(Exception.class)
        .process(this::failed)
        .end();
  }

  private void showProgress() {
    from("direct:show-progress")
        .routeId("show-progress")
        .process(exchange -> exchange.getMessage().setBody(toShowProgress()))
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
    Optional<Duration> sooner =
        ends.pace(watched, now).filter(pause -> quotas.hasBeside(EmrApi.LIST_CLUSTERS, LOOKS_KEPT));
    if (!looking.mayBegin() || !pace.isDue(inFlight.takePollRequest(), sooner, now)) {
      return;
    }
    List<Attempt> open = runs.openAttempts();
    if (pace.isNeeded(open, now)) {
      looking.begin(now, PollSchedule.oldestUnanswered(open));
    } else {
      watched = List.of();
    }
  }

  /** Asks for the pages that the quota allows; true when there was one. */
  private boolean readPages() {
    Map<String, ListedCluster> shown = new HashMap<>();
    Optional<ClusterSnapshot> snapshot = Optional.empty();
    long pages = 0;
    try {
      while (looking.next().isPresent() && !proofIsUrgent && quotas.take(EmrApi.LIST_CLUSTERS)) {
        probes.asks(Dependency.EMR);
        EmrGateway.Page page = ask(looking.next().get());
        probes.answered(Dependency.EMR);
        inFlight.clustersListed();
        page.clusters().forEach(cluster -> shown.put(cluster.id(), cluster));
        Optional<ClusterSnapshot> ended = looking.add(page.clusters(), page.marker());
        snapshot = ended.isPresent() ? ended : snapshot;
        pages++;
      }
    } catch (ThrottledException e) {
      probes.answered(Dependency.EMR);
      LOG.debugf("%s; the look goes on later", e.getMessage());
    } catch (RuntimeException e) {
      looking.giveUp();
      notListed(e);
      throw e;
    }
    if (pages > 0) {
      write(shown);
    }
    isWhole =
        snapshot.filter(seen -> !seen.begun().equals(inFlight.snapshot().begun())).isPresent();
    snapshot.ifPresent(inFlight::clustersSeen);
    return pages > 0;
  }

  /** A failed poll is a probe, and what every run hears that waits for a cluster. */
  private void notListed(RuntimeException e) {
    probes.failed(Dependency.EMR, e.getMessage());
    inFlight.clustersNotListed("Cannot see EMR's clusters: " + e.getMessage(), clock.instant());
  }

  private EmrGateway.Page ask(ClusterListing.Request page) {
    return switch (page.listing()) {
      case ACTIVE -> emr.listActive(page.marker());
      case MOVING -> emr.listMoving(page.marker());
      case CREATED -> emr.listCreated(page.createdSince().orElseThrow(), page.marker());
    };
  }

  private void write(Map<String, ListedCluster> shown) {
    List<Attempt> now = new ArrayList<>();
    List<OpenRun> open = runs.open();
    followUps.areOver(
        open.stream()
            .map(OpenRun::run)
            .filter(run -> run.outcome().isPresent())
            .map(Run::id)
            .collect(Collectors.toSet()));
    for (Attempt attempt : open.stream().flatMap(run -> run.attempts().stream()).toList()) {
      if (attempt.clusterId().isPresent() && attempt.state() != AttemptState.ENDED) {
        now.add(
            Optional.ofNullable(shown.get(attempt.clusterId().get()))
                .flatMap(cluster -> FollowUpQueries.seen(attempt, cluster))
                .map(seen -> save(attempt, seen))
                .orElse(attempt));
      }
    }
    watched = now;
  }

  private Attempt save(Attempt before, Attempt seen) {
    followUps.changed(seen);
    try {
      return runs.save(seen);
    } catch (StaleVersionException e) {
      return before;
    }
  }

  private List<Attempt> toDescribe() {
    List<Attempt> missing = followUps.toDescribe(watched, inFlight.snapshot(), clock.instant());
    Set<String> proven = mayProve(missing) ? proveGone(missing) : Set.of();
    return missing.stream()
        .filter(attempt -> !proven.contains(attempt.clusterId().orElseThrow()))
        .takeWhile(attempt -> quotas.take(EmrApi.DESCRIBE_CLUSTER))
        .toList();
  }

  /**
   * Whether one call is to tell of many ends, once for each look that misses them. Where the quota
   * to describe them one by one would take long, the call goes before the pages of the next look.
   */
  private boolean mayProve(List<Attempt> missing) {
    boolean isNew = missing.size() > 1 && !inFlight.snapshot().renewed().equals(lastProof);
    boolean isUrgent = isNew && !quotas.hasBeside(EmrApi.DESCRIBE_CLUSTER, missing.size() - 1);
    proofIsUrgent = isUrgent;
    return isNew && quotas.takeBeside(EmrApi.LIST_CLUSTERS, isUrgent ? 0 : LOOKS_KEPT);
  }

  /** Asks for many ends with one call, and returns the clusters that are gone. */
  private Set<String> proveGone(List<Attempt> missing) {
    lastProof = inFlight.snapshot().renewed();
    proofIsUrgent = false;
    Instant oldest =
        missing.stream()
            .map(attempt -> attempt.calledAt().orElse(attempt.intent().intendedAt()))
            .min(Comparator.naturalOrder())
            .orElseThrow();
    Map<String, ClusterStatus> gone =
        emr.listGone(oldest).stream()
            .collect(Collectors.toMap(ListedCluster::id, ListedCluster::status));
    for (Attempt attempt : missing) {
      Optional.ofNullable(gone.get(attempt.clusterId().orElseThrow()))
          .ifPresent(
              status -> {
                followUps.describes(attempt, clock.instant());
                told(attempt, status);
              });
    }
    return gone.keySet();
  }

  private void describe(Attempt attempt) {
    followUps.describes(attempt, clock.instant());
    Optional<ClusterStatus> described = emr.describe(attempt.clusterId().orElseThrow());
    if (described.isEmpty()) {
      isUnknown(attempt);
    } else {
      told(attempt, described.get());
    }
  }

  /** That a cluster is gone is written down together with what became of its steps. */
  private void told(Attempt attempt, ClusterStatus shown) {
    ClusterStatus status = shown.with(knownSteps(attempt));
    if (!FollowUpQueries.lacksSteps(status)) {
      update(attempt, status);
      return;
    }
    boolean isDecisive = followUps.needsSteps(attempt);
    steps(attempt)
        .map(status::with)
        .filter(asked -> !isDecisive || FollowUpQueries.isSettled(asked, clock.instant()))
        .or(() -> isDecisive ? Optional.empty() : Optional.of(status))
        .ifPresent(asked -> update(attempt, asked));
  }

  private void isUnknown(Attempt attempt) {
    if (!FollowUpQueries.isForgotten(attempt, settings.giveUpAfter(), clock.instant())) {
      throw new IllegalStateException(
          "EMR knows no cluster %s; account, region or endpoint may be others than when it was launched"
              .formatted(attempt.clusterId().orElseThrow()));
    }
    update(attempt, ClusterStatus.forgotten());
  }

  private List<Attempt> toAskForSteps() {
    return followUps.toListSteps(watched, clock.instant());
  }

  /** Asks what became of the steps, and says whether that was possible. */
  private boolean hasSteps(Attempt attempt) {
    Optional<List<StepStatus>> steps = steps(attempt);
    steps.ifPresent(shown -> update(attempt, attempt.cluster().orElseThrow().with(shown)));
    return steps.isPresent();
  }

  /**
   * What became of the steps, if a quota allows to ask. Where there is a single one and it was
   * listed before, two quotas do.
   */
  private Optional<List<StepStatus>> steps(Attempt attempt) {
    return steps(attempt, 0);
  }

  /**
   * @param kept how many tokens of either quota are left for others
   */
  private Optional<List<StepStatus>> steps(Attempt attempt, int kept) {
    String cluster = attempt.clusterId().orElseThrow();
    List<StepStatus> known = knownSteps(attempt);
    if (known.size() == 1 && quotas.takeBeside(EmrApi.DESCRIBE_STEP, kept)) {
      followUps.listsSteps(attempt, clock.instant());
      return Optional.of(List.of(emr.step(cluster, known.get(0).id())));
    }
    if (quotas.takeBeside(EmrApi.LIST_STEPS, kept)) {
      followUps.listsSteps(attempt, clock.instant());
      return Optional.of(emr.steps(cluster));
    }
    return Optional.empty();
  }

  private static List<StepStatus> knownSteps(Attempt attempt) {
    return attempt.cluster().map(ClusterStatus::steps).orElse(List.of());
  }

  /** One a turn; each of the others may need a token when its own steps have ended. */
  private List<Attempt> toExpect() {
    return followUps.toExpect(watched, ends, clock.instant()).stream().limit(1).toList();
  }

  private boolean hasNewSteps(Attempt attempt) {
    int others = (int) watched.stream().filter(followUps::needsSteps).count();
    Optional<List<StepStatus>> steps =
        steps(attempt, (others + 1) / 2).filter(shown -> !shown.equals(knownSteps(attempt)));
    steps.ifPresent(shown -> update(attempt, attempt.cluster().orElseThrow().with(shown)));
    return steps.isPresent();
  }

  private List<Attempt> toShowProgress() {
    return followUps.toShowProgress(watched, clock.instant()).stream()
        .limit(1)
        .filter(attempt -> quotas.takeSpare(EmrApi.LIST_STEPS))
        .toList();
  }

  private void listSteps(Attempt attempt) {
    followUps.listsSteps(attempt, clock.instant());
    List<StepStatus> steps = emr.steps(attempt.clusterId().orElseThrow());
    update(attempt, attempt.cluster().orElseThrow().with(steps));
  }

  private void update(Attempt attempt, ClusterStatus status) {
    inFlight.queries().forget(attempt.intent());
    runs.attempt(attempt.run(), attempt.number())
        .filter(stored -> !stored.clusterIsGone())
        .map(stored -> stored.seen(status))
        .ifPresent(
            seen -> {
              Attempt saved = runs.save(seen);
              ends.learn(saved);
              watched =
                  watched.stream().map(known -> isSame(known, saved) ? saved : known).toList();
            });
  }

  private static boolean isSame(Attempt a, Attempt b) {
    return a.run().equals(b.run()) && a.number() == b.number();
  }

  /** What is nobody's fault is neither told nor kept. */
  private static boolean isEmrs(Exception cause) {
    return !(cause instanceof StaleVersionException || cause instanceof ThrottledException);
  }

  private void failed(Exchange exchange) {
    Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    Attempt asked = exchange.getMessage().getBody(Attempt.class);
    if (asked != null && isEmrs(cause)) {
      inFlight
          .queries()
          .fail(
              asked.intent(),
              "Cannot learn what became of cluster %s: %s"
                  .formatted(asked.clusterId().orElseThrow(), cause.getMessage()),
              clock.instant());
    }
    if (isEmrs(cause)) {
      LOG.warnf("Cannot look at the clusters, will look again: %s", cause.getMessage());
    }
  }
}
