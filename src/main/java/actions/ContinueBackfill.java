package actions;

import batch.Backfill;
import inflight.InFlight;
import intake.Backfilling;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import pipeline.Pipelines;
import store.Backfills;
import store.StaleVersionException;

/**
 * Goes on with each backfill, beside what lands by itself: a portion at a time, so that neither
 * waits for the other.
 */
@ApplicationScoped
public class ContinueBackfill {

  private static final Logger LOG = Logger.getLogger(ContinueBackfill.class);

  private final Pipelines pipelines;
  private final Backfills backfills;
  private final Backfilling backfilling;
  private final InFlight inFlight;
  private final Clock clock;

  ContinueBackfill(
      Pipelines pipelines,
      Backfills backfills,
      Backfilling backfilling,
      InFlight inFlight,
      Clock clock) {
    this.pipelines = pipelines;
    this.backfills = backfills;
    this.backfilling = backfilling;
    this.inFlight = inFlight;
    this.clock = clock;
  }

  /** The backfills that are to go on now; each is claimed. */
  public List<Backfill> due() {
    Instant now = clock.instant();
    return backfills.active().stream()
        .filter(backfill -> inFlight.mayCollect(backfill.pipeline()))
        .filter(backfill -> inFlight.backfills().claim(backfill.id(), now))
        .toList();
  }

  /**
   * Does one portion.
   *
   * @return whether there is more to be done at once
   */
  public boolean goOn(Backfill backfill) {
    try {
      boolean hasMore = goOn(backfill.id());
      if (!hasMore) {
        inFlight.backfills().release(backfill.id(), clock.instant(), clock.instant());
      }
      return hasMore;
    } catch (StaleVersionException e) {
      LOG.infof("Backfill %s was cancelled meanwhile", backfill.id());
      inFlight.backfills().forget(backfill.id());
    } catch (Throwable e) {
      LOG.warnf(
          "Cannot go on with backfill %s of pipeline %s, will try again: %s",
          backfill.id(), backfill.pipeline(), e);
      inFlight.backfills().fail(backfill.id(), ActionOutcome.reason(e), clock.instant());
    }
    return false;
  }

  private boolean goOn(String id) {
    return backfills
        .find(id)
        .flatMap(
            backfill ->
                pipelines
                    .find(backfill.pipeline())
                    .map(pipeline -> backfilling.goOn(pipeline, backfill, clock.instant())))
        .orElse(false);
  }
}
