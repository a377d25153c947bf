package architecture.planted.flow;

import java.time.Instant;

/** Breaks: time is injected. */
public final class AsksInstant {
  Instant now() {
    return Instant.now();
  }
}
