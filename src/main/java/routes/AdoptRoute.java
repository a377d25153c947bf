package routes;

import cluster.emr.EmrApi;
import cluster.emr.EmrGateway;
import cluster.emr.EmrQuotas;
import flow.Action.Adopt;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import run.Attempt;
import store.RunStore;

/**
 * RunJobFlow was sent and its answer is not known: the attempt's cluster is the one that bears its
 * name.
 */
@ApplicationScoped
public class AdoptRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(AdoptRoute.class);

  private final EmrGateway emr;
  private final EmrQuotas quotas;
  private final RunStore runs;

  AdoptRoute(EmrGateway emr, EmrQuotas quotas, RunStore runs) {
    this.emr = emr;
    this.quotas = quotas;
    this.runs = runs;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:adopt-cluster").routeId("adopt-cluster").process(this::adopt);
  }

  private void adopt(Exchange exchange) {
    Adopt action = RunExchange.action(exchange, Adopt.class);
    Attempt attempt = action.attempt();
    runs.save(attempt.launched(action.adoption().cluster()));
    LOG.infof(
        "Attempt %d of run %s adopts cluster %s",
        attempt.number(), attempt.run(), action.adoption().cluster());
    // Where there is no token now, the sweeper ends them: a second cluster has no grace.
    if (!action.adoption().surplus().isEmpty() && quotas.take(EmrApi.TERMINATE_JOB_FLOWS)) {
      LOG.warnf("Second clusters of its name are terminated: %s", action.adoption().surplus());
      emr.terminate(action.adoption().surplus());
    }
  }
}
