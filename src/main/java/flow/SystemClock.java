package flow;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The service's one source of time; a test sets another. */
public class SystemClock {

  @Produces
  @Singleton
  Clock clock() {
    return new SteadyClock(Clock.systemUTC(), System::nanoTime);
  }
}
