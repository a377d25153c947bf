package actions;

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
import org.jboss.logging.Logger;
import run.Attempt;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import store.RunStore;

/**
 * Asks EMR to terminate clusters that no run needs, up to ten with one call. The poll sees when
 * they are gone.
 */
@ApplicationScoped
public class TerminateClusters {

  private static final Logger LOG = Logger.getLogger(TerminateClusters.class);

  private final EmrGateway emr;
  private final EmrQuotas quotas;
  private final RunStore runs;
  private final ActionOutcome outcome;
  private final Clock clock;

  TerminateClusters(
      EmrGateway emr, EmrQuotas quotas, RunStore runs, ActionOutcome outcome, Clock clock) {
    this.emr = emr;
    this.quotas = quotas;
    this.runs = runs;
    this.outcome = outcome;
    this.clock = clock;
  }

  /** Terminates the clusters, and returns the claim of each, whatever happens. */
  public void terminate(Terminations batch) {
    try {
      ask(batch);
    } catch (Throwable e) {
      // Even after an Error: a claim that is kept would keep its cluster alive.
      batch.actions().forEach(action -> outcome.failed(action, e));
    }
  }

  private void ask(Terminations batch) {
    LOG.infof("To be terminated: %s", String.join(", ", batch.clusterIds()));
    Instant asked = clock.instant();
    try {
      emr.terminate(batch.clusterIds());
    } catch (AwsServiceException | DeniedException e) {
      if (batch.actions().size() == 1) {
        throw e;
      }
      // A refusal for one cluster must not keep the others alive.
      batch.actions().forEach(this::askAlone);
      return;
    }
    batch.actions().forEach(action -> accepted(action, asked));
  }

  private void askAlone(Action.Terminate action) {
    if (!quotas.take(EmrApi.TERMINATE_JOB_FLOWS)) {
      outcome.later(action);
      return;
    }
    Instant asked = clock.instant();
    try {
      emr.terminate(List.of(action.attempt().clusterId().orElseThrow()));
      accepted(action, asked);
    } catch (RuntimeException e) {
      outcome.failed(action, e);
    }
  }

  /** Uses the time before the call: EMR may report the cluster's end before this answer arrives. */
  private void accepted(Action.Terminate action, Instant asked) {
    try {
      Attempt attempt = action.attempt();
      runs.save(attempt.endAsked(asked));
      outcome.done(action);
    } catch (RuntimeException e) {
      outcome.failed(action, e);
    }
  }
}
