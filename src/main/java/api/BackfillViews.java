package api;

import batch.Backfill;
import inflight.InFlight;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;
import pipeline.Pipelines;
import run.RepeatedFailure;
import store.Backfills;
import store.Backfills.Progress;
import store.PausedPipelines;

/** Makes views of backfills. */
@ApplicationScoped
class BackfillViews {

  private final Backfills backfills;
  private final Pipelines pipelines;
  private final PausedPipelines paused;
  private final InFlight inFlight;

  BackfillViews(
      Backfills backfills, Pipelines pipelines, PausedPipelines paused, InFlight inFlight) {
    this.backfills = backfills;
    this.pipelines = pipelines;
    this.paused = paused;
    this.inFlight = inFlight;
  }

  BackfillView of(Backfill backfill) {
    return before(backfill).apply(backfill);
  }

  /** Reads what is known of a backfill, to show it after a change without reading again. */
  Function<Backfill, BackfillView> before(Backfill backfill) {
    long waiting = backfills.count(backfill);
    Progress progress = backfills.progress(backfill);
    Optional<String> waitsFor = waitsFor(backfill);
    return after -> BackfillView.of(after, waiting, progress, waitsFor);
  }

  private static String resting(String pipeline) {
    return "It starts no more runs, because pipeline %1$s is paused; resume it (POST /api/pipelines/%1$s/resume)"
        .formatted(pipeline);
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
    return inFlight
        .backfills()
        .trouble(backfill.id())
        .map(RepeatedFailure::message)
        .or(() -> paused.find(pipeline).map(pause -> resting(pipeline)));
  }
}
