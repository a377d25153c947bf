package run;

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
 * @param outcome how it will end, once that is known
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
    Optional<Outcome> outcome) {

  /** A run whose objects have just been taken. */
  public static Run collected(RunId id, String pipeline, Instant now, int objects, long bytes) {
    return new Run(
        id,
        pipeline,
        RunState.COLLECTED,
        0,
        now,
        now,
        objects,
        bytes,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * A new run over the objects of this one.
   *
   * @throws IllegalStateException if this one has not failed: its rows may be in the table, or will
   *     be
   */
  public Run replay(RunId again, Instant now) {
    if (state != RunState.FAILED && state != RunState.CANCELLED) {
      throw new IllegalStateException(
          "Cannot replay run %s: it is %s, not FAILED or CANCELLED".formatted(id, state));
    }
    return collected(again, pipeline, now, objects, bytes);
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
    return new Run(id, pipeline, next, version, createdAt, now, objects, bytes, rows, outcome);
  }

  /** The run with its end decided; the first decision stays. */
  public Run decide(Outcome end) {
    return outcome.isPresent()
        ? this
        : new Run(
            id,
            pipeline,
            state,
            version,
            createdAt,
            stateSince,
            objects,
            bytes,
            rows,
            Optional.of(end));
  }

  /** The run with what the Spark job counted. */
  public Run counted(RowCounts counts) {
    return new Run(
        id,
        pipeline,
        state,
        version,
        createdAt,
        stateSince,
        objects,
        bytes,
        Optional.of(counts),
        outcome);
  }
}
