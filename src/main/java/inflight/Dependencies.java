package inflight;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Whether the services outside answered when they were last probed. */
@ApplicationScoped
public class Dependencies {

  /** What the service cannot do without. */
  public enum Dependency {
    S3,
    EMR,
    SNOWFLAKE
  }

  /**
   * What a probe found.
   *
   * @param at when
   * @param trouble why it did not answer; empty when it did
   */
  public record Probe(Instant at, Optional<String> trouble) {}

  private final Map<Dependency, Probe> probes = new EnumMap<>(Dependency.class);
  private final Map<Dependency, Instant> asked = new EnumMap<>(Dependency.class);

  /** A probe was sent. */
  public synchronized void asked(Dependency dependency, Instant at) {
    asked.putIfAbsent(dependency, at);
  }

  /**
   * A probe, or any call that does as well, has come back.
   *
   * @return whether the dependency was up before, or never probed
   */
  public synchronized boolean probed(Dependency dependency, Probe probe) {
    asked.remove(dependency);
    Probe before = probes.put(dependency, probe);
    return before == null || before.trouble().isEmpty();
  }

  /**
   * What is known: the last probe, unless one that was sent later has been without an answer for
   * too long. Absent until the first has come back.
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
