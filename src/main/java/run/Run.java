package run;

import batch.Fetcher;
import java.time.Instant;
import java.util.Optional;

/**
 * One batch on its way to the table. Immutable; the store accepts a changed run only over the
 * version that it was made from.
 *
 * @param id its name
 * @param pipeline whose batch it is
 * @param state what it is doing
 * @param version how often it was saved; the store's guard against two writers
 * @param createdAt when its objects were taken
 * @param stateSince when it came into its present state
 * @param objects how many landed objects it has
 * @param bytes their size together
 * @param rows what the Spark job counted, once it is known
 * @param firstAttempt the number of the first attempt that counts against the pipeline's limit; a
 *     retry leaves the earlier ones behind
 * @param outcome how it will end, once that is known
 * @param replayOf the run whose objects it took over, if it is a replay
 * @param replayedAs the run that took over its objects, if it was replayed
 * @param start present for a run that was started, and whose object is fetched; absent for one that
 *     was collected from landed objects
 */
public record Run(
    RunId id,
    String pipeline,
    RunState state,
    long version,
    Instant createdAt,
    Instant stateSince,
    int objects,
    long bytes,
    Optional<RowCounts> rows,
    int firstAttempt,
    Optional<Outcome> outcome,
    Optional<RunId> replayOf,
    Optional<RunId> replayedAs,
    Optional<Start> start) {

  /** A run whose objects have just been taken. */
  public static Run collected(RunId id, String pipeline, Instant now, int objects, long bytes) {
    return begun(
        id, pipeline, RunState.COLLECTED, now, objects, bytes, Optional.empty(), Optional.empty());
  }

  /**
   * A run whose object is still to be fetched. Where its cluster does it, the run needs no
   * manifest, only its turn.
   */
  public static Run started(RunId id, String pipeline, Fetcher fetcher, Instant now, Start start) {
    RunState first = fetcher == Fetcher.SERVICE ? RunState.COLLECTED : RunState.QUEUED;
    return begun(id, pipeline, first, now, 0, 0, Optional.empty(), Optional.of(start));
  }

  /** Whether the service is to fetch its object, or does. */
  public boolean isToBeFetched() {
    return state == RunState.COLLECTED && start.isPresent() && objects == 0;
  }

  /** Whether its cluster fetches its object, and nobody has judged that yet. */
  public boolean ingestsOnItsCluster() {
    return state != RunState.COLLECTED && start.isPresent() && objects == 0;
  }

  private static Run begun(
      RunId id,
      String pipeline,
      RunState state,
      Instant now,
      int objects,
      long bytes,
      Optional<RunId> replayOf,
      Optional<Start> start) {
    return new Run(
        id,
        pipeline,
        state,
        0,
        now,
        now,
        objects,
        bytes,
        Optional.empty(),
        1,
        Optional.empty(),
        replayOf,
        Optional.empty(),
        start);
  }

  /**
   * A new run over the objects of this one, or one whose object is fetched anew as this one's was
   * to be.
   *
   * @param reached how far this one came before it ended
   * @throws IllegalStateException if rows of this one may be in the table, or will be, or another
   *     run has its objects
   */
  public Run replay(RunState reached, RunId again, Instant now) {
    requireObjects("replay");
    if (state != RunState.FAILED && state != RunState.CANCELLED) {
      throw new IllegalStateException(
          "Cannot replay run %s: it is %s, not FAILED or CANCELLED".formatted(id, state));
    }
    if (reached == RunState.LOADING) {
      throw new IllegalStateException(
          "Cannot replay run %s: its rows may be in the table already; retry it instead (POST /api/runs/%s/retry), which repeats only the load"
              .formatted(id, id));
    }
    return begun(
        again,
        pipeline,
        start.isPresent() && objects == 0 && reached != RunState.COLLECTED
            ? RunState.QUEUED
            : RunState.COLLECTED,
        now,
        objects,
        bytes,
        Optional.of(id),
        start);
  }

  private void requireObjects(String wish) {
    if (replayedAs.isPresent()) {
      throw new IllegalStateException(
          "Cannot %s run %s: run %s replays it and has its objects; where that one fails, retry or replay that one"
              .formatted(wish, id, replayedAs.get()));
    }
  }

  /**
   * This run again, from the leg that failed.
   *
   * @param from where it goes on
   * @param attempts how many attempts it has had
   * @throws IllegalStateException if it has not failed, or another run has its objects
   */
  public Run retry(RunState from, int attempts, Instant now) {
    requireObjects("retry");
    if (state != RunState.FAILED) {
      throw new IllegalStateException(
          "Cannot retry run %s: it is %s, not FAILED".formatted(id, state));
    }
    Run next = moveTo(from, now);
    return new Run(
        id,
        pipeline,
        next.state,
        version,
        createdAt,
        now,
        objects,
        bytes,
        rows,
        from == RunState.QUEUED ? attempts + 1 : firstAttempt,
        Optional.empty(),
        replayOf,
        replayedAs,
        start);
  }

  /**
   * The run with its end asked for by somebody.
   *
   * @throws IllegalStateException if its end is known already, or its rows may be in the table
   */
  public Run cancel() {
    if (state.isFinal()) {
      throw new IllegalStateException("Cannot cancel run %s: it is %s".formatted(id, state));
    }
    if (outcome.isPresent()) {
      throw new IllegalStateException(
          "Cannot cancel run %s: it is ending as %s (%s)"
              .formatted(id, outcome.get().state(), outcome.get().message()));
    }
    if (state == RunState.LOADING) {
      throw new IllegalStateException(
          "Cannot cancel run %s: it is LOADING, and its rows may be in the table already"
              .formatted(id));
    }
    return decide(Outcome.ended(RunState.CANCELLED, "Cancelled on request in " + state));
  }

  /**
   * The run in its next state.
   *
   * @throws IllegalStateException if the table of transitions does not allow it
   */
  public Run moveTo(RunState next, Instant now) {
    if (!state.next().contains(next)) {
      throw new IllegalStateException(
          "Cannot move run %s from %s to %s".formatted(id, state, next));
    }
    return new Run(
        id,
        pipeline,
        next,
        version,
        createdAt,
        now,
        objects,
        bytes,
        rows,
        firstAttempt,
        outcome,
        replayOf,
        replayedAs,
        start);
  }

  /** The run with its end decided; the first decision stays. */
  public Run decide(Outcome end) {
    return outcome.isPresent() ? this : with(rows, Optional.of(end));
  }

  /** The run with what the Spark job counted. */
  public Run counted(RowCounts counts) {
    return with(Optional.of(counts), outcome);
  }

  /** The run with the object that was fetched for it. */
  public Run ingested(int count, long size) {
    return new Run(
        id,
        pipeline,
        state,
        version,
        createdAt,
        stateSince,
        count,
        size,
        rows,
        firstAttempt,
        outcome,
        replayOf,
        replayedAs,
        start);
  }

  private Run with(Optional<RowCounts> counts, Optional<Outcome> end) {
    return new Run(
        id,
        pipeline,
        state,
        version,
        createdAt,
        stateSince,
        objects,
        bytes,
        counts,
        firstAttempt,
        end,
        replayOf,
        replayedAs,
        start);
  }
}
