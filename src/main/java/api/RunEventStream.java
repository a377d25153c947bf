package api;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import store.StateEntries.Entered;

/** What one watcher is told. Only the worker of {@link RunEvents} sends. */
final class RunEventStream implements Flow.Subscription {

  private final RunEvents events;
  private final Flow.Subscriber<? super Optional<Entered>> subscriber;
  private final Optional<Long> after;
  private final AtomicLong requested = new AtomicLong();
  private final Queue<Entered> next = new ArrayDeque<>();
  private volatile boolean isOpen = true;
  private boolean hasBegun;
  private boolean isQuiet;
  private long last;

  RunEventStream(
      RunEvents events,
      Flow.Subscriber<? super Optional<Entered>> subscriber,
      Optional<Long> after) {
    this.events = events;
    this.subscriber = subscriber;
    this.after = after;
  }

  /** A client that has seen more than there is gets what comes from now on. */
  void begin() {
    if (hasBegun) {
      return;
    }
    long end = events.last();
    last = Math.min(after.orElse(end), end);
    hasBegun = true;
    isQuiet = true;
    beat();
    send();
  }

  /** Sends what there is, as far as the connection has room. */
  void send() {
    while (hasBegun && isOpen && requested.get() > 0) {
      if (next.isEmpty()) {
        next.addAll(events.after(last));
      }
      Entered entered = next.poll();
      if (entered == null) {
        return;
      }
      last = entered.id();
      isQuiet = false;
      give(Optional.of(entered));
    }
  }

  /**
   * Shows that the connection is alive, unless something was sent since the last time. Begins what
   * could not begin because the store was away.
   */
  void beat() {
    begin();
    if (hasBegun && isOpen && isQuiet && requested.get() > 0) {
      give(Optional.empty());
    }
    isQuiet = true;
  }

  private void give(Optional<Entered> item) {
    requested.decrementAndGet();
    subscriber.onNext(item);
  }

  @Override
  public void request(long items) {
    requested.accumulateAndGet(
        items, (open, more) -> open + more < 0 ? Long.MAX_VALUE : open + more);
    events.submit(this::send);
  }

  @Override
  public void cancel() {
    isOpen = false;
    events.ended(this);
  }
}
