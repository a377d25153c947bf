package inflight;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Whether the services that this one depends on answered their last probe. */
@ApplicationScoped
public class Dependencies {

  /** A service that this one depends on. */
  public enum Dependency {
    S3,
    EMR,
    SNOWFLAKE
  }

  /**
   * The outcome of a probe.
   *
   * @param at when it was sent or answered
   * @param trouble why there was no answer; empty if there was one
   */
  public record Probe(Instant at, Optional<String> trouble) {}

  private final Map<Dependency, Probe> probes = new EnumMap<>(Dependency.class);
  private final Map<Dependency, Instant> asked = new EnumMap<>(Dependency.class);

  /** A probe was sent. */
  public synchronized void asked(Dependency dependency, Instant at) {
    asked.putIfAbsent(dependency, at);
  }

  /**
   * A probe, or any call that counts as one, has ended.
   *
   * @return whether the dependency was up before, or had never been probed
   */
  public synchronized boolean probed(Dependency dependency, Probe probe) {
    asked.remove(dependency);
    Probe before = probes.put(dependency, probe);
    return before == null || before.trouble().isEmpty();
  }

  /**
   * The last probe, unless a later one has been without an answer for too long. Absent until the
   * first has ended.
   *
   * @param patience how long an answer may take
   */
  public synchronized Optional<Probe> last(Dependency dependency, Duration patience, Instant now) {
    Optional<Probe> last = Optional.ofNullable(probes.get(dependency));
    return Optional.ofNullable(asked.get(dependency))
        .filter(at -> !at.plus(patience).isAfter(now))
        .map(at -> new Probe(now, Optional.of("It has not answered since " + at)))
        .filter(silent -> last.flatMap(Probe::trouble).isEmpty())
        .or(() -> last);
  }
}
