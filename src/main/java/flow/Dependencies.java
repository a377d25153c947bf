package flow;

import jakarta.enterprise.context.ApplicationScoped;
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

  /** A probe has come back. */
  public synchronized void probed(Dependency dependency, Probe probe) {
    probes.put(dependency, probe);
  }

  /** The last probe; absent until the first has come back. */
  public synchronized Optional<Probe> last(Dependency dependency) {
    return Optional.ofNullable(probes.get(dependency));
  }
}
