package bench;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that passes only when somebody says so. */
final class VirtualClock extends Clock {

  private Instant now;

  VirtualClock(Instant now) {
    this.now = now;
  }

  /** So much time passes. */
  void pass(Duration time) {
    now = now.plus(time);
  }

  /** Sets the time, unless it is later already. */
  void reach(Instant time) {
    now = time.isAfter(now) ? time : now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("This time is UTC");
  }
}
