package api;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;
import pipeline.ServiceSettings;

/** The open streams of events, of the API and of the page: at most {@code service.max-watchers}. */
@ApplicationScoped
public class Watchers {

  private final int most;
  private final AtomicInteger open = new AtomicInteger();

  public Watchers(ServiceSettings settings) {
    this.most = settings.maxWatchers();
  }

  /** Counts one more, unless there are too many; then the caller must not open its stream. */
  public boolean enter() {
    if (open.incrementAndGet() <= most) {
      return true;
    }
    open.decrementAndGet();
    return false;
  }

  /** A stream that was counted has ended. */
  public void leave() {
    open.decrementAndGet();
  }

  /** Whether no more may enter now. */
  public boolean areFull() {
    return open.get() >= most;
  }

  /** How many there are now. */
  public int count() {
    return open.get();
  }

  /** The most there may be. */
  public int most() {
    return most;
  }
}
