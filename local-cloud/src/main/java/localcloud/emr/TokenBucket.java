package localcloud.emr;

import java.time.Duration;
import java.time.Instant;

/** Allows a burst of calls, and one more for every interval since, up to the burst again. */
final class TokenBucket {
  private final Duration capacity;
  private final Duration interval;

  /** Kept instead of a number of tokens, because it needs no rounding. */
  private Instant fullAt = Instant.MIN;

  /**
   * A full bucket.
   *
   * @param burst how many tokens it holds
   * @param interval the time in which one token comes back
   */
  TokenBucket(int burst, Duration interval) {
    this.capacity = interval.multipliedBy(burst);
    this.interval = interval;
  }

  /** Takes a token; takes nothing and returns false if there is no whole one. */
  synchronized boolean take(Instant now) {
    Instant next = (fullAt.isAfter(now) ? fullAt : now).plus(interval);
    if (next.isAfter(now.plus(capacity))) {
      return false;
    }
    fullAt = next;
    return true;
  }
}
