package localcloud.emr;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that is set forward at will. */
final class MovableClock extends Clock {
  private final Clock base;
  private volatile Duration ahead = Duration.ZERO;

  /** The system's, which goes on by itself. */
  MovableClock() {
    this(Clock.systemUTC());
  }

  private MovableClock(Clock base) {
    this.base = base;
  }

  /** One that only goes when it is set. */
  static MovableClock standing() {
    return new MovableClock(Clock.fixed(Instant.now(), ZoneOffset.UTC));
  }

  /** By so much in all, not since the last time. */
  void forward(Duration by) {
    ahead = by;
  }

  @Override
  public Instant instant() {
    return base.instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("a test's clock has one zone");
  }
}
