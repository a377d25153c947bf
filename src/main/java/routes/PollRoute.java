package routes;

import cluster.EmrGateway;
import flow.Sightings;
import flow.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import pipeline.ServiceSettings;
import run.Attempt;
import run.ClusterState;
import store.RunStore;
import store.StaleVersionException;

/**
 * Looks at all clusters at once: one paged ListClusters serves every run. A cluster is described
 * when its state has changed, when it is not among the active ones any more, and seldom besides,
 * for the progress of its steps.
 */
@ApplicationScoped
public class PollRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(PollRoute.class);

  private static final String LOOKED_AT = "lookedAt";

  private final EmrGateway emr;
  private final RunStore runs;
  private final ServiceSettings settings;
  private final Sightings sightings;
  private final Work work;
  private final Clock clock;

  PollRoute(EmrGateway emr, RunStore runs, ServiceSettings settings, Work work, Clock clock) {
    this.emr = emr;
    this.runs = runs;
    this.settings = settings;
    this.work = work;
    this.sightings = new Sightings(settings.stepPoll());
    this.clock = clock;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("timer:poll-clusters?delay=0&period=" + settings.clusterPoll().toMillis())
        .routeId("poll-clusters")
        .process(exchange -> exchange.getMessage().setBody(runs.withCluster()))
        .filter(exchange -> !exchange.getMessage().getBody(List.class).isEmpty())
        .doTry()
        .to("direct:look-at-clusters", Endpoints.TICK)
        .doCatch(Exception.class)
        .process(this::failed)
        .end();

    from("direct:look-at-clusters")
        .routeId("look-at-clusters")
        .process(exchange -> exchange.setProperty(LOOKED_AT, clock.instant()))
        .process(this::look)
        .split(body())
        .to("direct:describe-cluster")
        .end()
        .process(exchange -> work.looked(exchange.getProperty(LOOKED_AT, Instant.class)));

    from("direct:describe-cluster")
        .routeId("describe-cluster")
        .doTry()
        .process(this::describe)
        .doCatch(Exception.class)
        .process(this::failed)
        .end();
  }

  @SuppressWarnings("unchecked")
  private void look(Exchange exchange) {
    List<Attempt> attempts = exchange.getMessage().getBody(List.class);
    Instant oldest =
        attempts.stream().map(Attempt::intendedAt).min(Comparator.naturalOrder()).orElseThrow();
    Map<String, ClusterState> active = emr.active(oldest);
    exchange.getMessage().setBody(sightings.toDescribe(attempts, active, clock.instant()));
  }

  private void describe(Exchange exchange) {
    Attempt attempt = exchange.getMessage().getBody(Attempt.class);
    Attempt seen = attempt.seen(emr.describe(attempt.clusterId().orElseThrow()));
    sightings.described(attempt, clock.instant());
    if (!seen.equals(attempt)) {
      runs.save(seen);
    }
  }

  private void failed(Exchange exchange) {
    Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    if (!(cause instanceof StaleVersionException)) {
      LOG.warnf("Cannot look at the clusters, will look again: %s", cause.getMessage());
    }
  }
}
