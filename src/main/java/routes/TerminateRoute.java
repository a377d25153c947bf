package routes;

import actions.ActionOutcome;
import cluster.emr.DeniedException;
import cluster.emr.EmrApi;
import cluster.emr.EmrGateway;
import cluster.emr.EmrQuotas;
import flow.Action;
import flow.Terminations;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import run.Attempt;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import store.RunStore;

/**
 * Asks EMR to terminate clusters whose end is wanted, up to ten with one call; that they are gone
 * is seen by the poll.
 */
@ApplicationScoped
public class TerminateRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(TerminateRoute.class);

  private final EmrGateway emr;
  private final EmrQuotas quotas;
  private final RunStore runs;
  private final ActionOutcome end;
  private final Clock clock;

  TerminateRoute(EmrGateway emr, EmrQuotas quotas, RunStore runs, ActionOutcome end, Clock clock) {
    this.emr = emr;
    this.quotas = quotas;
    this.runs = runs;
    this.end = end;
    this.clock = clock;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from(Endpoints.TERMINATE)
        .routeId("terminate-clusters")
        .doTry()
        .process(this::terminate)
        .doCatch(Throwable.class)
        .process(this::failed)
        .end()
        .to(Endpoints.TICK);
  }

  private void terminate(Exchange exchange) {
    Terminations batch = exchange.getMessage().getBody(Terminations.class);
    LOG.infof("To be terminated: %s", String.join(", ", batch.clusterIds()));
    Instant asked = clock.instant();
    try {
      emr.terminate(batch.clusterIds());
      batch.actions().forEach(action -> taken(action, asked));
    } catch (AwsServiceException | DeniedException e) {
      if (batch.actions().size() == 1) {
        throw e;
      }
      // One that EMR refuses must not keep the others alive.
      batch.actions().forEach(this::alone);
    }
  }

  private void alone(Action.Terminate action) {
    if (!quotas.take(EmrApi.TERMINATE_JOB_FLOWS)) {
      end.later(action);
      return;
    }
    Instant asked = clock.instant();
    try {
      emr.terminate(List.of(action.attempt().clusterId().orElseThrow()));
      taken(action, asked);
    } catch (RuntimeException e) {
      end.failed(action, e);
    }
  }

  /** The time is that of the question: the cluster's end may be told before the answer is there. */
  private void taken(Action.Terminate action, Instant asked) {
    try {
      Attempt attempt = action.attempt();
      runs.save(attempt.endAsked(asked));
      end.done(action);
    } catch (RuntimeException e) {
      end.failed(action, e);
    }
  }

  private void failed(Exchange exchange) {
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    exchange
        .getMessage()
        .getBody(Terminations.class)
        .actions()
        .forEach(action -> end.failed(action, cause));
  }
}
