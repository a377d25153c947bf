package batch;

import java.time.Instant;
import java.util.Optional;

/**
 * A request to load objects that would not land by themselves, and its progress. First all of its
 * objects are listed, then runs take them, a few at a time.
 *
 * @param id its name, {@code b-<UTC second>-<six hex digits>}
 * @param pipeline the pipeline of its objects
 * @param range which objects it loads
 * @param size how large its runs are, and how many it has at once
 * @param state what it is doing
 * @param createdAt when it was requested
 * @param listedTo the last key that was listed; absent before the first
 * @param inRange how many objects it has found in its range so far
 * @param taken how many of them were not known before, and are its own
 * @param passedOver how many failed or cancelled runs do not stop it
 */
public record Backfill(
    String id,
    String pipeline,
    Range range,
    Size size,
    State state,
    Instant createdAt,
    Optional<String> listedTo,
    long inRange,
    long taken,
    int passedOver) {

  /** What a backfill is doing. */
  public enum State {
    /** It is listing its objects. */
    LISTING,
    /** Its runs take them. */
    RUNNING,
    /** There is nothing left to take, and its runs have ended. */
    DONE,
    /** An operator has stopped it; runs that it had started continued. */
    CANCELLED
  }

  /**
   * Which objects a backfill loads.
   *
   * @param prefix what their keys begin with: the landing prefix, or more
   * @param from its objects were last modified then or later
   * @param until its objects were last modified before then
   */
  public record Range(String prefix, Optional<Instant> from, Optional<Instant> until) {

    /** Whether an object of the prefix is in the range. */
    public boolean includes(LandedObject object) {
      Instant modified = object.lastModified();
      return from.filter(modified::isBefore).isEmpty()
          && until.filter(end -> !modified.isBefore(end)).isEmpty();
    }
  }

  /**
   * How large the runs are.
   *
   * @param maxObjects the most objects in a run
   * @param maxBytes the most bytes in a run; a single larger object is a run of its own
   * @param maxRuns how many runs are open at once, each of which has one cluster
   */
  public record Size(int maxObjects, long maxBytes, int maxRuns) {}

  /** A new one, which has listed nothing. */
  public static Backfill begun(String id, String pipeline, Range range, Size size, Instant now) {
    return new Backfill(id, pipeline, range, size, State.LISTING, now, Optional.empty(), 0, 0, 0);
  }

  /** The same after an operator has stopped it. */
  public Backfill cancelled() {
    return new Backfill(
        id,
        pipeline,
        range,
        size,
        State.CANCELLED,
        createdAt,
        listedTo,
        inRange,
        taken,
        passedOver);
  }

  /** The same when that many failed or cancelled runs do not stop it. */
  public Backfill passingOver(int stops) {
    return new Backfill(
        id, pipeline, range, size, state, createdAt, listedTo, inRange, taken, stops);
  }

  /** Whether it is still open. */
  public boolean isActive() {
    return state == State.LISTING || state == State.RUNNING;
  }
}
