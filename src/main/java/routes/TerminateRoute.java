package routes;

import cluster.EmrGateway;
import flow.Leg.Terminate;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import run.Attempt;
import run.AttemptState;
import store.RunStore;

/** Asks EMR to terminate a cluster whose end is wanted; that it is gone is seen by the poll. */
@ApplicationScoped
public class TerminateRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(TerminateRoute.class);

  private final EmrGateway emr;
  private final RunStore runs;

  TerminateRoute(EmrGateway emr, RunStore runs) {
    this.emr = emr;
    this.runs = runs;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:terminate-cluster").routeId("terminate-cluster").process(this::terminate);
  }

  private void terminate(Exchange exchange) {
    Attempt attempt = OnLeg.leg(exchange, Terminate.class).attempt();
    String clusterId = attempt.clusterId().orElseThrow();
    LOG.infof("Cluster %s of run %s is to be terminated", clusterId, attempt.run());
    emr.terminate(clusterId);
    if (attempt.state() == AttemptState.LAUNCHED) {
      runs.save(attempt.ending());
    }
  }
}
