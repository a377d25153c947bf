package architecture.planted.flow;

import java.time.Clock;

/** Breaks: time is injected. */
public final class MakesAClock {
  Clock clock() {
    return Clock.systemUTC();
  }
}
