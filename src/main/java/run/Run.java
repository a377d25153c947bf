package run;

import batch.Fetcher;
import java.time.Instant;
import java.util.Optional;

/**
 * One batch on its way to the table. Immutable; the store accepts a changed run only in place of
 * the version that it was derived from.
 *
 * @param origin what it was born with
 * @param standing where it stands
 * @param input what it takes
 * @param output what it has written
 * @param version how often it was saved; the store's guard against two writers
 * @param replayedAs the run that took over its objects, if it was replayed
 */
public record Run(
    Origin origin,
    Standing standing,
    Input input,
    Output output,
    long version,
    Optional<RunId> replayedAs) {

  /**
   * What a run was born with.
   *
   * @param id its name
   * @param pipeline the batch's pipeline
   * @param createdAt when its objects were taken
   * @param replayOf the run whose objects it took over, if it is a replay
   * @param start present for a run that was started, and whose object is fetched; absent for one
   *     that was collected from landed objects
   */
  public record Origin(
      RunId id,
      String pipeline,
      Instant createdAt,
      Optional<RunId> replayOf,
      Optional<Start> start) {}

  /**
   * Where a run stands.
   *
   * @param state its state
   * @param since when it came into that state
   * @param firstAttempt the number of the first attempt that counts against the pipeline's limit;
   *     after a retry the earlier ones do not count
   * @param outcome how it will end, once that is known
   */
  public record Standing(
      RunState state, Instant since, int firstAttempt, Optional<Outcome> outcome) {}

  /**
   * What a run takes.
   *
   * @param objects how many landed objects
   * @param bytes their total size
   */
  public record Input(int objects, long bytes) {}

  /**
   * What a run has written.
   *
   * @param rows what the Spark job counted, once it is known
   * @param mayBeInTable whether the table may register its files: the first statement that
   *     registers them is about to be sent, or was, and they were not taken out again since
   */
  public record Output(Optional<RowCounts> rows, boolean mayBeInTable) {}

  /** A run whose objects have just been taken. */
  public static Run collected(RunId id, String pipeline, Instant now, int objects, long bytes) {
    return begun(
        new Origin(id, pipeline, now, Optional.empty(), Optional.empty()),
        RunState.COLLECTED,
        new Input(objects, bytes));
  }

  /**
   * A run whose object is still to be fetched. Where its cluster does it, the run needs no
   * manifest, only its turn.
   */
  public static Run started(RunId id, String pipeline, Fetcher fetcher, Instant now, Start start) {
    return begun(
        new Origin(id, pipeline, now, Optional.empty(), Optional.of(start)),
        fetcher == Fetcher.SERVICE ? RunState.COLLECTED : RunState.QUEUED,
        new Input(0, 0));
  }

  private static Run begun(Origin origin, RunState first, Input input) {
    return new Run(
        origin,
        new Standing(first, origin.createdAt(), 1, Optional.empty()),
        input,
        new Output(Optional.empty(), false),
        0,
        Optional.empty());
  }

  /** Its name. */
  public RunId id() {
    return origin.id();
  }

  /** Whose batch it is. */
  public String pipeline() {
    return origin.pipeline();
  }

  /** What it is doing. */
  public RunState state() {
    return standing.state();
  }

  /** How it will end, once that is known. */
  public Optional<Outcome> outcome() {
    return standing.outcome();
  }

  /** How many landed objects it takes. */
  public int objects() {
    return input.objects();
  }

  /** Whether the table may register its files. */
  public boolean mayBeInTable() {
    return output.mayBeInTable();
  }

  /** Whether the service is to fetch its object, or does. */
  public boolean isToBeFetched() {
    return state() == RunState.COLLECTED && lacksItsObject();
  }

  /** Whether its cluster fetches its object, and that attempt is not judged yet. */
  public boolean ingestsOnItsCluster() {
    return state() != RunState.COLLECTED && lacksItsObject();
  }

  /** Whether it was started, and its object is not known to be fetched. */
  private boolean lacksItsObject() {
    return origin.start().isPresent() && objects() == 0;
  }

  /**
   * A new run over the objects of this one, or one whose object is fetched anew as this one's was
   * to be.
   *
   * @param reached the state that this one had reached before it ended
   * @throws IllegalStateException if rows of this one may be in the table, or will be, or another
   *     run has its objects
   */
  public Run replay(RunState reached, RunId again, Instant now) {
    requireObjects("replay");
    if (state() != RunState.FAILED && state() != RunState.CANCELLED) {
      throw new IllegalStateException(
          "Cannot replay run %s: it is %s, not FAILED or CANCELLED".formatted(id(), words()));
    }
    if (mayBeInTable()) {
      throw new IllegalStateException(
          "Cannot replay run %1$s: its rows may be in the table; retry it, which repeats only the load (POST /api/runs/%1$s/retry), or discard what it wrote (POST /api/runs/%1$s/discard) and replay it then"
              .formatted(id()));
    }
    return begun(
        new Origin(again, pipeline(), now, Optional.of(id()), origin.start()),
        lacksItsObject() && reached != RunState.COLLECTED ? RunState.QUEUED : RunState.COLLECTED,
        input);
  }

  private void requireObjects(String wish) {
    if (replayedAs.isPresent()) {
      throw new IllegalStateException(
          "Cannot %s run %s: run %s replays it and has its objects; if that one fails, retry or replay that one"
              .formatted(wish, id(), replayedAs.get()));
    }
  }

  private String words() {
    return outcome()
        .filter(end -> !state().isFinal())
        .map(
            end ->
                "%s and is %s as soon as EMR says that its cluster is gone"
                    .formatted(state(), end.state()))
        .orElse(state().name());
  }

  /**
   * This run, continued from the action that failed. If its load failed, it need not wait for the
   * end of its cluster.
   *
   * @param from the state in which it continues
   * @param attempts how many attempts it has had
   * @throws IllegalStateException if it has not failed, or another run has its objects
   */
  public Run retry(RunState from, int attempts, Instant now) {
    requireObjects("retry");
    if (state() != RunState.FAILED && !hasFailedInItsLoad()) {
      throw new IllegalStateException(
          "Cannot retry run %s: it is %s, not FAILED".formatted(id(), words()));
    }
    if (state() != from) {
      requireNext(from);
    }
    int first = from == RunState.QUEUED ? attempts + 1 : standing.firstAttempt();
    return with(new Standing(from, later(now), first, Optional.empty()), input, output);
  }

  private boolean hasFailedInItsLoad() {
    return state() == RunState.LOADING
        && outcome().filter(end -> end.state() == RunState.FAILED).isPresent();
  }

  /**
   * The run with its end requested by an operator.
   *
   * @param mayDiscard whether what is in the table of it can be taken out: its pipeline is
   *     configured. Where it is not, the run ends all the same, and may be discarded later.
   * @throws IllegalStateException if its end is known already, or its rows may be in the table
   */
  public Run cancel(boolean mayDiscard) {
    requireNoEnd("cancel");
    if (state() == RunState.LOADING && mayBeInTable() && mayDiscard) {
      throw new IllegalStateException(
          "Cannot cancel run %1$s: it is LOADING, and its rows may already be in the table; discard what it wrote instead (POST /api/runs/%1$s/discard)"
              .formatted(id()));
    }
    return decide(Outcome.ended(RunState.CANCELLED, "Cancelled on request in " + state()));
  }

  private void requireNoEnd(String wish) {
    if (state().isFinal()) {
      throw new IllegalStateException("Cannot %s run %s: it is %s".formatted(wish, id(), state()));
    }
    if (outcome().isPresent()) {
      throw new IllegalStateException(
          "Cannot %s run %s: it is ending as %s (%s)"
              .formatted(wish, id(), outcome().get().state(), outcome().get().message()));
    }
  }

  /**
   * The run with the request to take what it wrote out of the table and to delete it: then it is
   * CANCELLED, and can be replayed.
   *
   * @throws IllegalStateException if it has written nothing that is to be loaded, or has succeeded
   */
  public Run discard(Instant now) {
    requireObjects("discard");
    boolean hasEnded = state() == RunState.FAILED || state() == RunState.CANCELLED;
    if (hasEnded && !mayBeInTable()) {
      throw new IllegalStateException(
          "Cannot discard run %1$s: nothing that it wrote was registered in the table; replay it (POST /api/runs/%1$s/replay)"
              .formatted(id()));
    }
    if (!hasEnded && !hasFailedInItsLoad()) {
      requireNoEnd("discard");
    }
    if (!hasEnded && state() != RunState.LOADING) {
      throw new IllegalStateException(
          "Cannot discard run %1$s: it is %2$s and has nothing in the table; cancel it (POST /api/runs/%1$s/cancel)"
              .formatted(id(), state()));
    }
    return (hasEnded ? moveTo(RunState.LOADING, now) : this)
        .ending(Outcome.ended(RunState.CANCELLED, "Discarded on request in " + state()));
  }

  /** Whether its files must still be taken out of the table before it may end. */
  public boolean isToBeWithdrawn() {
    return mayBeInTable() && outcome().filter(end -> end.state() == RunState.CANCELLED).isPresent();
  }

  /** The table may register its files from now on. */
  public Run registering() {
    return with(standing, input, new Output(output.rows(), true));
  }

  /** The table registers none of its files, which is proven, and never will. */
  public Run withdrawn() {
    return with(standing, input, new Output(output.rows(), false));
  }

  /**
   * The run in its next state. Even if the clock was set back, no state gets an earlier time than
   * the one before.
   *
   * @throws IllegalStateException if the table of transitions does not allow it
   */
  public Run moveTo(RunState next, Instant now) {
    requireNext(next);
    return with(new Standing(next, later(now), standing.firstAttempt(), outcome()), input, output);
  }

  private void requireNext(RunState next) {
    if (!state().next().contains(next)) {
      throw new IllegalStateException(
          "Cannot move run %s from %s to %s".formatted(id(), state(), next));
    }
  }

  private Instant later(Instant now) {
    return now.isBefore(standing.since()) ? standing.since() : now;
  }

  /** The run with its end decided; the first decision stays. */
  public Run decide(Outcome end) {
    return outcome().isPresent() ? this : ending(end);
  }

  private Run ending(Outcome end) {
    return with(
        new Standing(state(), standing.since(), standing.firstAttempt(), Optional.of(end)),
        input,
        output);
  }

  /** The run with what the Spark job counted. */
  public Run counted(RowCounts counts) {
    return with(standing, input, new Output(Optional.of(counts), mayBeInTable()));
  }

  /** The run with the object that was fetched for it. */
  public Run ingested(int count, long size) {
    return with(standing, new Input(count, size), output);
  }

  /** The run as the store has it after a save. */
  public Run saved() {
    return new Run(origin, standing, input, output, version + 1, replayedAs);
  }

  private Run with(Standing nextStanding, Input nextInput, Output nextOutput) {
    return new Run(origin, nextStanding, nextInput, nextOutput, version, replayedAs);
  }
}
