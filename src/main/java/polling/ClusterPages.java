package polling;

import cluster.emr.EmrApi;
import cluster.emr.EmrGateway;
import cluster.emr.EmrQuotas;
import cluster.emr.ThrottledException;
import flow.ClusterSnapshot;
import inflight.Dependencies;
import inflight.Dependencies.Dependency;
import inflight.InFlight;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import run.Attempt;
import run.ListedCluster;
import store.RunStore;

/**
 * Reads the listing of all clusters page by page: when it is due, as many pages as the quota
 * allows. Only the poller's thread uses it.
 */
record ClusterPages(
    EmrGateway emr,
    EmrQuotas quotas,
    RunStore runs,
    InFlight inFlight,
    Dependencies dependencies,
    Clock clock,
    PollSchedule schedule,
    WatchedAttempts watched,
    ClusterListing listing) {

  private static final Logger LOG = Logger.getLogger(ClusterPages.class);

  /** How many calls an early listing leaves to the regular ones. */
  private static final int CALLS_KEPT = 3;

  /** Begins a listing, if one is due and an attempt or the sweeper needs it. */
  void begin() {
    Instant now = clock.instant();
    // A poll that is requested during another one is due after it.
    Optional<Duration> sooner =
        watched.pace(now).filter(pause -> quotas.hasBeside(EmrApi.LIST_CLUSTERS, CALLS_KEPT));
    if (!listing.mayBegin() || !schedule.isDue(inFlight.takePollRequest(), sooner, now)) {
      return;
    }
    List<Attempt> open = runs.openAttempts();
    if (schedule.isNeeded(open, now)) {
      listing.begin(now, PollSchedule.oldestUnanswered(open));
    } else {
      watched.clear();
    }
  }

  /** Reads the pages that the quota allows, and records what they show. */
  PagesRead read() {
    Map<String, ListedCluster> shown = new HashMap<>();
    Optional<ClusterSnapshot> snapshot = Optional.empty();
    long pages = 0;
    try {
      while (listing.next().isPresent() && quotas.take(EmrApi.LIST_CLUSTERS)) {
        EmrGateway.Page page = read(listing.next().get());
        page.clusters().forEach(cluster -> shown.put(cluster.id(), cluster));
        Optional<ClusterSnapshot> ended = listing.add(page.clusters(), page.marker());
        snapshot = ended.isPresent() ? ended : snapshot;
        pages++;
      }
    } catch (ThrottledException e) {
      dependencies.answered(Dependency.EMR);
      LOG.debugf("%s; the listing of clusters continues later", e.getMessage());
    } catch (RuntimeException e) {
      listing.giveUp();
      failed(e);
      throw e;
    }
    if (pages == 0) {
      return PagesRead.NONE;
    }
    watched.write(shown, clock.instant());
    boolean isWhole = snapshot.filter(this::isNew).isPresent();
    snapshot.ifPresent(inFlight::clustersSeen);
    return isWhole ? PagesRead.LAST : PagesRead.SOME;
  }

  /** A short listing does not change the time of the last complete one. */
  private boolean isNew(ClusterSnapshot snapshot) {
    return !snapshot.begun().equals(inFlight.snapshot().begun());
  }

  private EmrGateway.Page read(ClusterListing.Request request) {
    dependencies.asks(Dependency.EMR);
    EmrGateway.Page page =
        switch (request.listing()) {
          case ACTIVE -> emr.listActive(request.marker());
          case MOVING -> emr.listMoving(request.marker());
          case CREATED -> emr.listCreated(request.createdSince().orElseThrow(), request.marker());
        };
    dependencies.answered(Dependency.EMR);
    inFlight.clustersListed();
    return page;
  }

  /** A failed poll counts as a probe, and every run that waits for a cluster shows it. */
  private void failed(RuntimeException e) {
    dependencies.failed(Dependency.EMR, e.getMessage());
    inFlight.clustersNotListed("Cannot list EMR's clusters: " + e.getMessage(), clock.instant());
  }
}
