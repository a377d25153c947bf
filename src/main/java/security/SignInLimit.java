package security;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Limits sign-ins that fail to ten in a minute, for each name and for each address. One that is
 * still being checked counts, so that many at once are no way around it.
 */
@ApplicationScoped
class SignInLimit {

  private static final int MOST_FAILURES = 10;
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MOST_KEPT = 10_000;

  private final Clock clock;

  /** By name and address, those whose minute began first come first. */
  private final Map<String, Failures> failures =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > MOST_KEPT;
        }
      };

  private record Failures(Instant until, int count) {}

  SignInLimit(Clock clock) {
    this.clock = clock;
  }

  /** How long that one must wait, if it must. */
  synchronized Optional<Duration> pause(String key) {
    return pause(List.of(key), clock.instant());
  }

  private Optional<Duration> pause(List<String> keys, Instant now) {
    return keys.stream()
        .map(failures::get)
        .filter(failure -> failure != null && failure.count() >= MOST_FAILURES)
        .map(Failures::until)
        .filter(now::isBefore)
        .max(Instant::compareTo)
        .map(until -> Duration.between(now, until));
  }

  /**
   * Counts a sign-in as failed.
   *
   * @param keys the name and the address
   * @return how long to wait; then it does not count, and must not be tried
   */
  synchronized Optional<Duration> begin(List<String> keys) {
    Instant now = clock.instant();
    failures.values().removeIf(failure -> !failure.until().isAfter(now));
    Optional<Duration> pause = pause(keys, now);
    if (pause.isEmpty()) {
      keys.forEach(key -> count(key, 1, now));
    }
    return pause;
  }

  /** Takes back that a sign-in counts as failed. */
  synchronized void succeeded(List<String> keys) {
    Instant now = clock.instant();
    keys.stream().filter(failures::containsKey).forEach(key -> count(key, -1, now));
  }

  private void count(String key, int more, Instant now) {
    failures.merge(
        key,
        new Failures(now.plus(WINDOW), 1),
        (old, first) -> new Failures(old.until(), old.count() + more));
  }
}
