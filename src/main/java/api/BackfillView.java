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
 * @param from its objects were last modified then or later
 * @param until its objects were last modified before then
 * @param maxObjects the most objects in a run
 * @param maxBytes the most bytes in a run
 * @param maxRuns how many runs are open at once
 * @param createdAt when it was requested
 * @param inRange how many objects it has found so far
 * @param known how many of them had landed before, and are not loaded again
 * @param taken how many of them are its own
 * @param waiting how many of its own no run has taken yet
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
            "It starts no more runs, because some have failed or were cancelled (%s): retry or replay these, or pass them over (POST /api/backfills/%s/pass-over); these runs keep their objects"
                .formatted(
                    progress.stopped().stream().map(RunId::value).collect(Collectors.joining(", ")),
                    backfill.id()))
        : Optional.empty();
  }
}
