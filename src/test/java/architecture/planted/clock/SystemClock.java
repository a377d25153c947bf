package architecture.planted.clock;

import java.time.Clock;

/** Allowed: the one source of time. */
public final class SystemClock {
  Clock clock() {
    return Clock.systemUTC();
  }
}
