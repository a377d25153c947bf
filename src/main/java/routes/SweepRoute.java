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
import java.util.Set;
import org.apache.camel.Exchange;
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
        .process(exchange -> exchange.getMessage().setBody(strays()))
        .split(body())
        .doTry()
        .process(exchange -> sweep(exchange.getMessage().getBody(Stray.class)))
        .doCatch(Exception.class)
        .process(SweepRoute::failed)
        .end();
  }

  private List<Stray> strays() {
    List<Stray> strays = sweep.strays(work.look(), runs.openAttempts(), runs.createdAt());
    work.swept(strays);
    return strays;
  }

  private void sweep(Stray stray) {
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
    boolean ends =
        stray.fate() == Fate.TERMINATE
            && !foreign.contains(cluster.id())
            && quotas.take(EmrApi.DESCRIBE_CLUSTER);
    if (ends) {
      emr.ownerOf(cluster.id()).ifPresent(owner -> end(cluster, owner));
    }
  }

  /** Whose tags cannot be read now is asked again with the next look. */
  private void end(SeenCluster cluster, Owner owner) {
    if (!owner.equals(new Owner(settings.installation(), runs.id()))) {
      foreign.add(cluster.id());
      LOG.warnf(
          "Cluster %s bears this installation's name, but its tags name installation '%s' and run store '%s'; it is left alone. Two services in one account need a service.installation each",
          cluster.id(), owner.installation(), owner.store());
    } else if (quotas.take(EmrApi.TERMINATE_JOB_FLOWS)) {
      LOG.warnf("Stray cluster %s ('%s') is terminated", cluster.id(), cluster.name());
      emr.terminate(List.of(cluster.id()));
    }
  }

  private static void failed(Exchange exchange) {
    LOG.warnf(
        "Cannot end a stray cluster, will try again: %s",
        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class).getMessage());
  }
}
