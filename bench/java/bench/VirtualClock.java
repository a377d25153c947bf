package bench;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that passes only on request. */
final class VirtualClock extends Clock {

  private Instant now;

  VirtualClock(Instant now) {
    this.now = now;
  }

  /** Lets that much time pass. */
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
