package architecture.planted.flow;

import java.time.Instant;
import java.util.function.Supplier;

/** Breaks: time is injected. */
public final class AsksInstantByReference {
  Supplier<Instant> now() {
    return Instant::now;
  }
}
