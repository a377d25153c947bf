package kills;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One end of the service, and what came after it. */
final class Death {

  /**
   * A point at which it ended.
   *
   * @param landed the object whose run was there
   */
  record Struck(Point point, Landed landed) {}

  /**
   * No JVM is up in so short a time; what a stand-in reads before was on its way when the process
   * died.
   */
  private static final Duration STILL_THE_DEAD = Duration.ofMillis(300);

  private final Instant at;
  private final List<Struck> struck = new ArrayList<>();
  private Optional<Instant> resumed = Optional.empty();

  /**
   * @param at when the process was seen to be gone
   */
  Death(Instant at) {
    this.at = at;
  }

  void at(Point point, Landed landed) {
    struck.add(new Struck(point, landed));
  }

  List<Struck> struck() {
    return List.copyOf(struck);
  }

  /** The service made a call at that time. */
  void called(Instant when) {
    if (resumed.isEmpty() && when.isAfter(at.plus(STILL_THE_DEAD))) {
      resumed = Optional.of(when);
    }
  }

  /** When work was resumed; empty until then. */
  Optional<Instant> resumed() {
    return resumed;
  }

  /** From the death until work was resumed; empty where the service was ended before. */
  Optional<Duration> resumedAfter() {
    return resumed.map(when -> Duration.between(at, when));
  }
}
