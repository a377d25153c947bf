package web;

import java.time.Duration;
import java.time.Instant;

/**
 * The end of what still lasts, as it is drawn. It moves on in steps that grow with the time that
 * has passed: were it the very instant, no page with an open run would ever be what its browser has
 * of it.
 */
final class Elapsed {

  private static final long SHORTEST_STEP_SECONDS = 2;

  /** Less than this part of a bar is hardly seen. */
  private static final long PARTS = 32;

  /** A bar of a few pixels hardly grows in less. */
  private static final long SLOW_STEP_SECONDS = 30;

  private Elapsed() {}

  /**
   * The end of a bar, not after now.
   *
   * @param from where the bar begins
   */
  static Instant end(Instant from, Instant now) {
    long passed = Math.max(0, Duration.between(from, now).toSeconds());
    long step = Math.max(SHORTEST_STEP_SECONDS, Long.highestOneBit(passed / PARTS));
    return from.plusSeconds(passed / step * step);
  }

  /**
   * The end of one of many small bars. All of them move on at the same moments, so that a page with
   * many is sent seldom.
   *
   * @param from where the bar begins
   */
  static Instant slowly(Instant from, Instant now) {
    long second = now.getEpochSecond();
    Instant end = Instant.ofEpochSecond(second - second % SLOW_STEP_SECONDS);
    return end.isBefore(from) ? from : end;
  }
}
