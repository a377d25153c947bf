package inflight;

import java.time.Clock;

/** Probes for tests of what calls a service outside. */
public final class RecordedProbes {

  private RecordedProbes() {}

  /** Those that tell these dependencies. */
  public static Probes of(Dependencies dependencies, Clock clock) {
    return new Probes(dependencies, clock);
  }
}
