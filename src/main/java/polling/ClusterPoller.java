package polling;

import cluster.emr.EmrGateway;
import cluster.emr.EmrQuotas;
import cluster.emr.ThrottledException;
import inflight.Dependencies;
import inflight.InFlight;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import pipeline.Pipelines;
import pipeline.ServiceSettings;
import pipeline.SweeperSettings;
import run.Attempt;
import store.RunStore;
import store.StaleVersionException;

/**
 * Polls all clusters at once: one paged ListClusters serves every run, and what a page shows is
 * recorded at once. A cluster is described when it is no longer listed, and its steps are listed
 * when it ends and otherwise at long intervals. Every call waits for its token, so that a turn does
 * what the quotas allow, and the next turn continues.
 *
 * <p>One thread takes the turns. A failed query about one attempt is logged, shown at the attempt's
 * run, and repeated later; it does not prevent other queries.
 */
@ApplicationScoped
public class ClusterPoller {

  private static final Logger LOG = Logger.getLogger(ClusterPoller.class);

  private final InFlight inFlight;
  private final Clock clock;
  private final ClusterPages pages;
  private final ClusterEnds ends;
  private final StepQueries steps;

  ClusterPoller(
      EmrGateway emr,
      EmrQuotas quotas,
      RunStore runs,
      Pipelines pipelines,
      ServiceSettings settings,
      SweeperSettings sweeper,
      InFlight inFlight,
      Dependencies dependencies,
      Clock clock) {
    this.inFlight = inFlight;
    this.clock = clock;
    FollowUpQueries followUps = new FollowUpQueries(settings.stepPoll());
    WatchedAttempts watched =
        new WatchedAttempts(runs, inFlight, followUps, new UsualEnds(), pipelines);
    PollSchedule schedule = new PollSchedule(settings.clusterPoll(), sweeper);
    pages =
        new ClusterPages(
            emr,
            quotas,
            runs,
            inFlight,
            dependencies,
            clock,
            schedule,
            watched,
            new ClusterListing());
    steps = new StepQueries(emr, quotas, clock, followUps, watched);
    ends =
        new ClusterEnds(
            emr, quotas, inFlight, settings.giveUpAfter(), clock, followUps, watched, steps);
  }

  /**
   * Reads the due pages of the listing that the quota allows.
   *
   * @throws RuntimeException if EMR does not list its clusters; the listing begins again with the
   *     next poll
   */
  public PagesRead readPages() {
    pages.begin();
    return ends.areUrgent() ? PagesRead.NONE : pages.read();
  }

  /** The attempts whose cluster is missing in the listing, as many as may be described now. */
  public List<Attempt> toDescribe() {
    return ends.toDescribe();
  }

  /** Asks EMR for the attempt's cluster, and returns whether it answered. */
  public boolean describe(Attempt attempt) {
    return query(
        attempt,
        asked -> {
          ends.describe(asked);
          return true;
        });
  }

  /** The attempts whose cluster is ending, and whose steps' outcome is not known. */
  public List<Attempt> toAskForSteps() {
    return steps.ending();
  }

  /** Asks EMR for the outcome of the attempt's steps, and returns whether it answered. */
  public boolean askForSteps(Attempt attempt) {
    return query(attempt, steps::ask);
  }

  /** The attempts whose steps should end about now. */
  public List<Attempt> toExpect() {
    return steps.soonEnding();
  }

  /** Asks EMR whether the attempt's steps have ended, and returns whether anything changed. */
  public boolean expect(Attempt attempt) {
    return query(attempt, steps::askBesideOthers);
  }

  /** The attempts whose progress is worth a call. */
  public List<Attempt> toShowProgress() {
    return steps.progressing();
  }

  /** Asks EMR for the progress of the attempt's steps, and returns whether it answered. */
  public boolean showProgress(Attempt attempt) {
    return query(
        attempt,
        asked -> {
          steps.showProgress(asked);
          return true;
        });
  }

  private boolean query(Attempt attempt, Predicate<Attempt> query) {
    try {
      return query.test(attempt);
    } catch (RuntimeException e) {
      if (isFailure(e)) {
        inFlight
            .queries()
            .fail(
                attempt.intent(),
                "Cannot describe cluster %s: %s"
                    .formatted(attempt.clusterId().orElseThrow(), e.getMessage()),
                clock.instant());
      }
      failed(e);
      return false;
    }
  }

  /** A turn has failed; the next one makes up for it. */
  public void failed(Throwable cause) {
    if (isFailure(cause)) {
      LOG.warnf("Cannot poll the clusters, will try again: %s", cause.getMessage());
    }
  }

  /** A changed row or an empty quota is no failure: the next turn reads the current state. */
  private static boolean isFailure(Throwable cause) {
    return !(cause instanceof StaleVersionException || cause instanceof ThrottledException);
  }
}
