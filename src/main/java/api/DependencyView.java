package api;

import inflight.Dependencies.Dependency;
import inflight.Dependencies.Probe;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;

/**
 * A service outside that this one depends on, in the API.
 *
 * @param name S3, EMR or SNOWFLAKE
 * @param up whether it answered when it was last probed; absent until it was
 * @param probedAt when it was last probed
 * @param trouble why there was no answer
 */
@RegisterForReflection
public record DependencyView(
    String name, Optional<Boolean> up, Optional<Instant> probedAt, Optional<String> trouble) {

  static DependencyView of(Dependency dependency, Optional<Probe> probe) {
    return new DependencyView(
        dependency.name(),
        probe.map(last -> last.trouble().isEmpty()),
        probe.map(Probe::at),
        probe.flatMap(Probe::trouble));
  }
}
