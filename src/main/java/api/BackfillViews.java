package api;

import batch.Backfill;
import inflight.InFlight;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import pipeline.Pipelines;
import run.RepeatedFailure;
import store.Backfills;

/** Makes views of backfills. */
@ApplicationScoped
class BackfillViews {

  private final Backfills backfills;
  private final Pipelines pipelines;
  private final InFlight inFlight;

  BackfillViews(Backfills backfills, Pipelines pipelines, InFlight inFlight) {
    this.backfills = backfills;
    this.pipelines = pipelines;
    this.inFlight = inFlight;
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
    if (!inFlight.mayCollect(pipeline)) {
      return Optional.of(
          inFlight
              .listings()
              .trouble(pipeline)
              .map(RepeatedFailure::message)
              .orElse("Its landing prefix has not been listed yet"));
    }
    return inFlight.backfills().trouble(backfill.id()).map(RepeatedFailure::message);
  }
}
