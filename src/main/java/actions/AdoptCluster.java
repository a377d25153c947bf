package actions;

import cluster.emr.EmrApi;
import cluster.emr.EmrGateway;
import cluster.emr.EmrQuotas;
import flow.Action.Adopt;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import run.Attempt;
import store.RunStore;

/**
 * Assigns the cluster with an attempt's name to that attempt, after the answer to its RunJobFlow
 * was lost.
 */
@ApplicationScoped
public class AdoptCluster {

  private static final Logger LOG = Logger.getLogger(AdoptCluster.class);

  private final EmrGateway emr;
  private final EmrQuotas quotas;
  private final RunStore runs;

  AdoptCluster(EmrGateway emr, EmrQuotas quotas, RunStore runs) {
    this.emr = emr;
    this.quotas = quotas;
    this.runs = runs;
  }

  /** Records the attempt's cluster, and terminates further clusters with its name. */
  public void adopt(Adopt action) {
    Attempt attempt = action.attempt();
    runs.save(attempt.launched(action.adoption().cluster()));
    LOG.infof(
        "Attempt %d of run %s adopts cluster %s",
        attempt.number(), attempt.run(), action.adoption().cluster());
    // Without a token now, the sweeper ends them: a second cluster has no grace.
    if (!action.adoption().surplus().isEmpty() && quotas.take(EmrApi.TERMINATE_JOB_FLOWS)) {
      LOG.warnf("Terminated further clusters with the same name: %s", action.adoption().surplus());
      emr.terminate(action.adoption().surplus());
    }
  }
}
