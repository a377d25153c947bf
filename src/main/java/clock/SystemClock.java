package clock;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The service's source of time; tests replace it. */
public class SystemClock {

  @Produces
  @Singleton
  @WallClock
  Clock wallClock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  Clock clock() {
    return new SteadyClock(Clock.systemUTC(), System::nanoTime);
  }
}
