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
 * The active faults, and the received calls. A call meets at most one fault at each place: the
 * oldest of those that are due; the others wait for the next call.
 */
public final class Faults {
  private static final int CALLS_KEPT = 100_000;

  /**
   * An active fault.
   *
   * @param hits how often it has taken effect
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

    /** Counts a call that it concerns, unless it is due. */
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

  /** Activates the faults, in this order after the active ones; returns their ids. */
  public synchronized List<Long> add(List<Fault> faults) {
    return faults.stream().map(this::add).toList();
  }

  private long add(Fault fault) {
    lastId++;
    turns.add(new Turn(lastId, fault));
    return lastId;
  }

  /** Every fault, including those that have taken effect for the last time. */
  public synchronized List<Standing> standing() {
    return turns.stream().map(turn -> new Standing(turn.id, turn.fault, turn.hits)).toList();
  }

  /**
   * Removes all faults. Effects that have begun remain.
   *
   * @return the removed faults
   */
  public synchronized List<Standing> clear() {
    List<Standing> stood = standing();
    turns.clear();
    return stood;
  }

  /** Records a call without a client, and returns its fault. */
  public OnCall received(Call call) {
    return received(call, "");
  }

  /**
   * Records a call and returns its fault, before the call has any effect.
   *
   * @param client the caller's User-Agent; null if there is none
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

  /** The fault of a call at one place, with any effect of that place. */
  public <E extends Effect> Optional<E> strike(Call call, Class<E> place) {
    return strike(call, place, any -> true);
  }

  /**
   * The fault of a call at one place. Counters of other faults do not change.
   *
   * @param place the effects of that place
   * @param concerns which of them can affect the call
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
