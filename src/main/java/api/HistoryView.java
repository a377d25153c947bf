package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import run.RunState;
import store.PipelineSummaries.PastRun;

/**
 * A run in the history of its pipeline, in the API.
 *
 * @param run its name
 * @param state its state
 * @param createdAt when it took its objects
 * @param endedAt when it came into its final state
 * @param objects how many objects it has
 * @param bytes the size of its objects
 * @param rowsWritten the rows of its curated files, once its job has counted them
 * @param rowsRejected the rows that its job rejected, once it has counted them
 */
@RegisterForReflection
public record HistoryView(
    String run,
    RunState state,
    Instant createdAt,
    Optional<Instant> endedAt,
    int objects,
    long bytes,
    Optional<Long> rowsWritten,
    Optional<Long> rowsRejected) {

  static HistoryView of(PastRun past) {
    return new HistoryView(
        past.run().id().value(),
        past.run().state(),
        past.run().createdAt(),
        past.run().endedAt(),
        past.objects(),
        past.bytes(),
        past.rowsWritten(),
        past.rowsRejected());
  }
}
