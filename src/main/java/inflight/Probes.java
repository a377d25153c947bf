package inflight;

import inflight.Dependencies.Dependency;
import inflight.Dependencies.Probe;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Records whether a service outside answered a call, and logs once that it is unavailable or
 * available again.
 */
@ApplicationScoped
public class Probes {

  private static final Logger LOG = Logger.getLogger(Probes.class);

  private final Dependencies dependencies;
  private final Clock clock;

  /** Keeps it in the dependencies. */
  public Probes(Dependencies dependencies, Clock clock) {
    this.dependencies = dependencies;
    this.clock = clock;
  }

  /** The service is being called. */
  public void asks(Dependency dependency) {
    dependencies.asked(dependency, clock.instant());
  }

  /** The service has answered, even if it refused. */
  public void answered(Dependency dependency) {
    if (!dependencies.probed(dependency, new Probe(clock.instant(), Optional.empty()))) {
      LOG.infof("%s answers again", dependency);
    }
  }

  /** The service has not answered, or not as it should. */
  public void failed(Dependency dependency, String trouble) {
    if (dependencies.probed(dependency, new Probe(clock.instant(), Optional.of(trouble)))) {
      LOG.warnf("%s does not answer: %s", dependency, trouble);
    }
  }
}
