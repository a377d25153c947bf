package inflight;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Whether the services outside answered when they were last probed, by a probe or by any call that
 * does as well. That one is away or back is logged once.
 */
@ApplicationScoped
public class Dependencies {

  private static final Logger LOG = Logger.getLogger(Dependencies.class);

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

  private final Clock clock;
  private final Map<Dependency, Probe> probes = new EnumMap<>(Dependency.class);
  private final Map<Dependency, Instant> asked = new EnumMap<>(Dependency.class);

  public Dependencies(Clock clock) {
    this.clock = clock;
  }

  /** The service is being called. */
  public synchronized void asks(Dependency dependency) {
    asked.putIfAbsent(dependency, clock.instant());
  }

  /** The service has answered, if only to refuse. */
  public void answered(Dependency dependency) {
    if (!probed(dependency, Optional.empty())) {
      LOG.infof("%s answers again", dependency);
    }
  }

  /** The service has not answered, or not as it should. */
  public void failed(Dependency dependency, String trouble) {
    if (probed(dependency, Optional.of(trouble))) {
      LOG.warnf("%s does not answer: %s", dependency, trouble);
    }
  }

  /** Whether it was up before, or never probed. */
  private synchronized boolean probed(Dependency dependency, Optional<String> trouble) {
    asked.remove(dependency);
    Probe before = probes.put(dependency, new Probe(clock.instant(), trouble));
    return before == null || before.trouble().isEmpty();
  }

  /**
   * The last probe, unless a later one has been without an answer for too long. Absent until the
   * first has ended.
   *
   * @param patience how long an answer may take
   */
  public synchronized Optional<Probe> last(Dependency dependency, Duration patience) {
    Instant now = clock.instant();
    Optional<Probe> last = Optional.ofNullable(probes.get(dependency));
    return Optional.ofNullable(asked.get(dependency))
        .filter(at -> !at.plus(patience).isAfter(now))
        .map(at -> new Probe(now, Optional.of("It has not answered since " + at)))
        .filter(silent -> last.flatMap(Probe::trouble).isEmpty())
        .or(() -> last);
  }
}
