package routes;

import cluster.EmrApi;
import cluster.EmrGateway;
import cluster.EmrQuotas;
import cluster.Owner;
import flow.Sweep;
import flow.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import pipeline.ServiceSettings;
import pipeline.SweeperSettings;
import run.SeenCluster;
import run.Stray;
import run.Stray.Fate;
import store.RunStore;

/**
 * Ends the clusters of this installation that no open attempt knows. Its name must be ours, its
 * tags must name this installation and this run store, and one that is older than the run store is
 * only reported: a lost store must not kill what it forgot.
 */
@ApplicationScoped
public class SweepRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(SweepRoute.class);

  private final EmrGateway emr;
  private final EmrQuotas quotas;
  private final RunStore runs;
  private final ServiceSettings settings;
  private final Work work;
  private final Sweep sweep;
  private final Set<String> reported = new HashSet<>();
  private final Set<String> foreign = new HashSet<>();

  SweepRoute(
      EmrGateway emr,
      EmrQuotas quotas,
      RunStore runs,
      ServiceSettings settings,
      SweeperSettings sweeper,
      Work work) {
    this.emr = emr;
    this.quotas = quotas;
    this.runs = runs;
    this.settings = settings;
    this.work = work;
    this.sweep = new Sweep(settings.installation(), sweeper);
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:sweep-clusters")
        .routeId("sweep-clusters")
        .process(exchange -> work.swept(strays()));
  }

  private List<Stray> strays() {
    return sweep.strays(work.look(), runs.openAttempts(), runs.createdAt()).stream()
        .map(this::decided)
        .toList();
  }

  /** What is decided about a stray once its tags are asked, and done about it. */
  private Stray decided(Stray stray) {
    Stray decided = stray.fate() == Fate.TERMINATE ? stray.decided(fate(stray.cluster())) : stray;
    tell(decided);
    if (decided.fate() == Fate.TERMINATE) {
      end(decided.cluster());
    }
    return decided;
  }

  /** Whose tags cannot be read now is asked again with the next look. */
  private Fate fate(SeenCluster cluster) {
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
        "Cluster %s bears this installation's name, but its tags name installation '%s' and run store '%s'; it is left alone. Two services in one account need a service.installation each",
        cluster.id(), owner.get().installation(), owner.get().store());
    return Fate.LEFT_ALONE;
  }

  private Optional<Owner> ownerOf(SeenCluster cluster) {
    try {
      return emr.ownerOf(cluster.id());
    } catch (RuntimeException e) {
      LOG.warnf(
          "Cannot ask whose stray cluster %s is, will try again: %s", cluster.id(), e.getMessage());
      return Optional.empty();
    }
  }

  private void tell(Stray stray) {
    SeenCluster cluster = stray.cluster();
    if (reported.add(cluster.id())) {
      LOG.warnf(
          "Cluster %s ('%s', %s) belongs to no open attempt; created at %s, the sweeper's decision: %s",
          cluster.id(),
          cluster.name(),
          cluster.status().state(),
          cluster.createdAt(),
          stray.fate());
    }
  }

  private void end(SeenCluster cluster) {
    if (!quotas.take(EmrApi.TERMINATE_JOB_FLOWS)) {
      return;
    }
    LOG.warnf("Stray cluster %s ('%s') is terminated", cluster.id(), cluster.name());
    try {
      emr.terminate(List.of(cluster.id()));
    } catch (RuntimeException e) {
      LOG.warnf("Cannot end stray cluster %s, will try again: %s", cluster.id(), e.getMessage());
    }
  }
}
