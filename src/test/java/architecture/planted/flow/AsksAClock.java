package architecture.planted.flow;

import java.time.Clock;
import java.time.Instant;

/** Allowed: this is how to ask for the time. */
public final class AsksAClock {
  Instant now(Clock clock) {
    return Instant.now(clock);
  }
}
