package api;

import batch.Backfill;
import flow.Claims.Trouble;
import flow.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import pipeline.Pipelines;
import store.Backfills;

/** Makes views of backfills. */
@ApplicationScoped
class BackfillViews {

  private final Backfills backfills;
  private final Pipelines pipelines;
  private final Work work;

  BackfillViews(Backfills backfills, Pipelines pipelines, Work work) {
    this.backfills = backfills;
    this.pipelines = pipelines;
    this.work = work;
  }

  BackfillView of(Backfill backfill) {
    return BackfillView.of(
        backfill, backfills.count(backfill), backfills.progress(backfill), waitsFor(backfill));
  }

  private Optional<String> waitsFor(Backfill backfill) {
    String pipeline = backfill.pipeline();
    if (pipelines.find(pipeline).isEmpty()) {
      return Optional.of("Pipeline %s is not configured, or switched off".formatted(pipeline));
    }
    if (!work.mayCollect(pipeline)) {
      return Optional.of(
          work.listings()
              .trouble(pipeline)
              .map(Trouble::message)
              .orElse("Its landing prefix has not been listed yet"));
    }
    return work.backfills().trouble(backfill.id()).map(Trouble::message);
  }
}
