package routes;

import actions.CollectBatches;
import actions.ContinueBackfill;
import actions.FollowSchedules;
import batch.Backfill;
import jakarta.enterprise.context.ApplicationScoped;
import pipeline.ServiceSettings;

/**
 * Batches: waiting objects become runs when their batch closes, when a schedule calls for it, or
 * portion by portion in a backfill.
 */
@ApplicationScoped
public class BatchRoutes extends Endpoints {

  private static final int BACKFILLS_AT_ONCE = 2;

  private final ServiceSettings settings;
  private final CollectBatches collectBatches;
  private final FollowSchedules followSchedules;
  private final ContinueBackfill continueBackfill;

  BatchRoutes(
      ServiceSettings settings,
      CollectBatches collectBatches,
      FollowSchedules followSchedules,
      ContinueBackfill continueBackfill) {
    this.settings = settings;
    this.collectBatches = collectBatches;
    this.followSchedules = followSchedules;
    this.continueBackfill = continueBackfill;
  }

  @Override
  public void configure() {
    collect();
    schedules();
    backfills();
  }

  /** With each tick, before the runs' next actions are decided. */
  private void collect() {
    from(direct("collect-batches"))
        .routeId("collect-batches")
        .process(exchange -> collectBatches.collect());
  }

  private void schedules() {
    from(every("schedule", settings.tick()))
        .routeId("start-scheduled")
        .routeConfigurationId(ErrorHandling.AGAIN_LATER)
        .process(exchange -> followSchedules.follow());
  }

  private void backfills() {
    from(every("backfills", settings.tick()))
        .routeId("backfills")
        .routeConfigurationId(ErrorHandling.AGAIN_LATER)
        .setBody(exchange -> continueBackfill.due())
        .split(body())
        .to(toActionPool("backfill"));

    from(actionPool("backfill", BACKFILLS_AT_ONCE))
        .routeId("backfill")
        .filter(exchange -> continueBackfill.goOn(body(exchange, Backfill.class)))
        .to(tick(), toActionPool("backfill"))
        .end();
  }
}
