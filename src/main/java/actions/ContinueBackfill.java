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
 * Continues each backfill in small portions, so that neither backfills nor newly landed objects
 * wait for the other.
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

  /** Claims and returns the backfills to continue now. */
  public List<Backfill> due() {
    Instant now = clock.instant();
    return backfills.active().stream()
        .filter(backfill -> inFlight.mayCollect(backfill.pipeline()))
        .filter(backfill -> inFlight.backfills().claim(backfill.id(), now))
        .toList();
  }

  /**
   * Processes one portion.
   *
   * @return whether the next portion can follow at once
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
          "Cannot continue backfill %s of pipeline %s, will try again: %s",
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
