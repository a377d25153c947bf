package api;

import batch.Backfill;
import flow.Work;
import jakarta.enterprise.context.ApplicationScoped;
import store.Backfills;

/** Makes views of backfills. */
@ApplicationScoped
class BackfillViews {

  private final Backfills backfills;
  private final Work work;

  BackfillViews(Backfills backfills, Work work) {
    this.backfills = backfills;
    this.work = work;
  }

  BackfillView of(Backfill backfill) {
    return BackfillView.of(
        backfill,
        backfills.count(backfill),
        backfills.progress(backfill),
        work.backfills().trouble(backfill.id()));
  }
}
