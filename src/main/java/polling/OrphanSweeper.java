package polling;

import cluster.emr.EmrApi;
import cluster.emr.EmrGateway;
import cluster.emr.EmrQuotas;
import cluster.request.Owner;
import inflight.InFlight;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import pipeline.ServiceSettings;
import pipeline.SweeperSettings;
import run.ListedCluster;
import run.OrphanCluster;
import run.OrphanCluster.Fate;
import store.RunStore;

/**
 * Ends the clusters of this installation that belong to no open attempt. The cluster's name must be
 * ours, and its tags must name this installation and this run store. A cluster that is older than
 * the run store is only reported: a lost store must not kill what it forgot.
 */
@ApplicationScoped
public class OrphanSweeper {

  private static final Logger LOG = Logger.getLogger(OrphanSweeper.class);

  private final EmrGateway emr;
  private final EmrQuotas quotas;
  private final RunStore runs;
  private final ServiceSettings settings;
  private final InFlight inFlight;
  private final OrphanSearch search;
  private final Set<String> reported = new HashSet<>();
  private final Set<String> foreign = new HashSet<>();

  OrphanSweeper(
      EmrGateway emr,
      EmrQuotas quotas,
      RunStore runs,
      ServiceSettings settings,
      SweeperSettings sweeper,
      InFlight inFlight) {
    this.emr = emr;
    this.quotas = quotas;
    this.runs = runs;
    this.settings = settings;
    this.inFlight = inFlight;
    this.search = new OrphanSearch(settings.installation(), sweeper);
  }

  /**
   * Finds the orphans of the last snapshot, which must be complete, and terminates those that it
   * may.
   */
  public void sweep() {
    inFlight.orphansFound(orphans());
  }

  private List<OrphanCluster> orphans() {
    return search.orphans(inFlight.snapshot(), runs.openAttempts(), runs.createdAt()).stream()
        .map(this::decided)
        .toList();
  }

  /** Reads an orphan's tags, decides what to do about it, and does it. */
  private OrphanCluster decided(OrphanCluster orphan) {
    OrphanCluster decided =
        orphan.fate() == Fate.TERMINATE ? orphan.decided(fate(orphan.cluster())) : orphan;
    tell(decided);
    if (decided.fate() == Fate.TERMINATE) {
      end(decided.cluster());
    }
    return decided;
  }

  /** If its tags cannot be read now, the next poll tries again. */
  private Fate fate(ListedCluster cluster) {
    if (foreign.contains(cluster.id())) {
      return Fate.LEFT_ALONE;
    }
    if (!quotas.take(EmrApi.DESCRIBE_CLUSTER)) {
      return Fate.WAITS;
    }
    Optional<Owner> owner = ownerOf(cluster);
    if (owner.isEmpty()) {
      return Fate.WAITS;
    }
    if (owner.get().equals(new Owner(settings.installation(), runs.id()))) {
      return Fate.TERMINATE;
    }
    foreign.add(cluster.id());
    LOG.warnf(
        "Cluster %s has this installation's name, but its tags name installation '%s' and run store '%s'; it is left alone. Two services in one account need a service.installation each",
        cluster.id(), owner.get().installation(), owner.get().store());
    return Fate.LEFT_ALONE;
  }

  private Optional<Owner> ownerOf(ListedCluster cluster) {
    try {
      return emr.ownerOf(cluster.id());
    } catch (RuntimeException e) {
      LOG.warnf(
          "Cannot read the tags of orphan cluster %s, will try again: %s",
          cluster.id(), e.getMessage());
      return Optional.empty();
    }
  }

  private void tell(OrphanCluster orphan) {
    ListedCluster cluster = orphan.cluster();
    if (reported.add(cluster.id())) {
      LOG.warnf(
          "Cluster %s ('%s', %s) belongs to no open attempt; created at %s, the sweeper's decision: %s",
          cluster.id(),
          cluster.name(),
          cluster.status().state(),
          cluster.createdAt(),
          orphan.fate());
    }
  }

  private void end(ListedCluster cluster) {
    if (!quotas.take(EmrApi.TERMINATE_JOB_FLOWS)) {
      return;
    }
    LOG.warnf("Orphan cluster %s ('%s') is terminated", cluster.id(), cluster.name());
    try {
      emr.terminate(List.of(cluster.id()));
    } catch (RuntimeException e) {
      LOG.warnf("Cannot end orphan cluster %s, will try again: %s", cluster.id(), e.getMessage());
    }
  }
}
