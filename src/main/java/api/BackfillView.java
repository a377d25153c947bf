package api;

import batch.Backfill;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import run.RunId;
import run.RunState;
import store.Backfills.Progress;

/**
 * A backfill in the API.
 *
 * @param id its name
 * @param pipeline whose objects it loads
 * @param state what it is doing
 * @param prefix what the keys of its objects begin with
 * @param from they were last modified then or later
 * @param until and before then
 * @param maxObjects objects in a run at most
 * @param maxBytes bytes in a run at most
 * @param maxRuns how many runs are open at once
 * @param createdAt when it was asked for
 * @param inRange objects that it has found by now
 * @param known those of them that had landed before, and are not loaded again
 * @param taken the others, which are its own
 * @param waiting those that no run has taken yet
 * @param runs how many runs are in each state
 * @param message what it waits for
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record BackfillView(
    String id,
    String pipeline,
    Backfill.State state,
    String prefix,
    Optional<Instant> from,
    Optional<Instant> until,
    int maxObjects,
    long maxBytes,
    int maxRuns,
    Instant createdAt,
    long inRange,
    long known,
    long taken,
    long waiting,
    Map<RunState, Integer> runs,
    Optional<String> message) {

  static BackfillView of(
      Backfill backfill, long waiting, Progress progress, Optional<String> waitsFor) {
    return new BackfillView(
        backfill.id(),
        backfill.pipeline(),
        backfill.state(),
        backfill.range().prefix(),
        backfill.range().from(),
        backfill.range().until(),
        backfill.size().maxObjects(),
        backfill.size().maxBytes(),
        backfill.size().maxRuns(),
        backfill.createdAt(),
        backfill.inRange(),
        backfill.inRange() - backfill.taken(),
        backfill.taken(),
        waiting,
        progress.runs(),
        backfill.isActive() ? waitsFor.or(() -> held(backfill, progress)) : Optional.empty());
  }

  private static Optional<String> held(Backfill backfill, Progress progress) {
    return progress.isHeld(backfill)
        ? Optional.of(
            "It makes no more runs, since some have failed or were cancelled (%s): retry or replay these, or pass them over (POST /api/backfills/%s/pass-over); their objects stay theirs"
                .formatted(
                    progress.stopped().stream().map(RunId::value).collect(Collectors.joining(", ")),
                    backfill.id()))
        : Optional.empty();
  }
}
