package localcloud.faults;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The faults that stand, and the calls that came in. A call meets at most one fault of each place
 * where faults strike: of those that are due, the oldest; the others wait for the next call.
 */
public final class Faults {
  private static final int CALLS_KEPT = 100_000;

  /**
   * A fault that stands.
   *
   * @param hits how often it has struck
   */
  public record Standing(long id, Fault fault, long hits) {}

  /** A fault's counters. */
  private static final class Turn {
    private final long id;
    private final Fault fault;
    private long passed;
    private long hits;

    Turn(long id, Fault fault) {
      this.id = id;
      this.fault = fault;
    }

    /** Counts a call that it speaks of, unless it is due. */
    boolean isDue() {
      if (passed < fault.skip()) {
        passed++;
        return false;
      }
      return fault.times() == 0 || hits < fault.times();
    }
  }

  private final Clock clock;
  private final List<Turn> turns = new ArrayList<>();
  private final Deque<ReceivedCall> calls = new ArrayDeque<>();
  private long lastId;
  private long lastCall;

  /** No faults and no calls yet. */
  public Faults(Clock clock) {
    this.clock = clock;
  }

  /**
   * From now on the faults stand, in this order behind those that do already; answers their ids.
   */
  public synchronized List<Long> add(List<Fault> faults) {
    return faults.stream().map(this::add).toList();
  }

  private long add(Fault fault) {
    lastId++;
    turns.add(new Turn(lastId, fault));
    return lastId;
  }

  /** Every fault that stands, also those that have struck for the last time. */
  public synchronized List<Standing> standing() {
    return turns.stream().map(turn -> new Standing(turn.id, turn.fault, turn.hits)).toList();
  }

  /**
   * No fault stands any more. What has been struck stays as it is.
   *
   * @return the faults as they stood
   */
  public synchronized List<Standing> clear() {
    List<Standing> stood = standing();
    turns.clear();
    return stood;
  }

  /** Notes a call of nobody in particular, and tells what befalls it. */
  public OnCall received(Call call) {
    return received(call, "");
  }

  /**
   * Notes a call and tells what befalls it, before it has any effect.
   *
   * @param client how the caller called itself; null where it did not
   */
  public synchronized OnCall received(Call call, String client) {
    lastCall++;
    calls.addLast(
        new ReceivedCall(lastCall, clock.instant(), call, Objects.requireNonNullElse(client, "")));
    if (calls.size() > CALLS_KEPT) {
      calls.removeFirst();
    }
    return strike(call, OnCall.class).orElseGet(OnCall.Nothing::new);
  }

  /** What strikes a call at one place, which any effect that is at home there may do. */
  public <E extends Effect> Optional<E> strike(Call call, Class<E> place) {
    return strike(call, place, any -> true);
  }

  /**
   * What strikes a call at one place. Of other faults neither skip nor times are touched.
   *
   * @param place the effects that are at home there
   * @param concerns which of them the call is open to
   */
  public synchronized <E extends Effect> Optional<E> strike(
      Call call, Class<E> place, Predicate<? super E> concerns) {
    Optional<Turn> struck = Optional.empty();
    for (Turn turn : turns) {
      Effect effect = turn.fault.effect();
      boolean due =
          place.isInstance(effect)
              && turn.fault.speaksOf(call)
              && concerns.test(place.cast(effect))
              && turn.isDue();
      if (due && struck.isEmpty()) {
        struck = Optional.of(turn);
      }
    }
    struck.ifPresent(turn -> turn.hits++);
    return struck.map(turn -> place.cast(turn.fault.effect()));
  }

  /** The last calls in order, at most {@value #CALLS_KEPT}, from the one behind that number. */
  public synchronized List<ReceivedCall> calls(long after) {
    return calls.stream().filter(call -> call.number() > after).toList();
  }
}
