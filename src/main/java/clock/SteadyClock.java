package clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * Time that passes evenly, even if the system's clock jumps. A clock that jumps forward must not
 * make a good cluster late, and one that is set back must not stop a deadline. The difference is
 * corrected by one second in a hundred, until this clock agrees with the system's.
 */
final class SteadyClock extends Clock {

  private static final int MADE_UP_FOR = 100;

  private final Clock system;
  private final LongSupplier nanos;
  private Instant at;
  private long atNanos;

  /**
   * @param system the system's clock
   * @param nanos the time that passes, as of {@link System#nanoTime()}
   */
  SteadyClock(Clock system, LongSupplier nanos) {
    this.system = system;
    this.nanos = nanos;
    this.at = system.instant();
    this.atNanos = nanos.getAsLong();
  }

  @Override
  public synchronized Instant instant() {
    long now = nanos.getAsLong();
    Duration passed = Duration.ofNanos(now - atNanos);
    Instant steady = at.plus(passed);
    Duration most = passed.dividedBy(MADE_UP_FOR);
    at = steady.plus(within(Duration.between(steady, system.instant()), most));
    atNanos = now;
    return at;
  }

  private static Duration within(Duration difference, Duration most) {
    if (difference.compareTo(most) > 0) {
      return most;
    }
    return difference.compareTo(most.negated()) < 0 ? most.negated() : difference;
  }

  @Override
  public ZoneId getZone() {
    return system.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("The service's time is UTC");
  }
}
