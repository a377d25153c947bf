package polling;

import inflight.Dependencies;
import inflight.Dependencies.Dependency;
import inflight.Dependencies.Probe;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Keeps what a call told of a service outside, and says once that it is away or back. */
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

  /** A call is about to be made. */
  public void asks(Dependency dependency) {
    dependencies.asked(dependency, clock.instant());
  }

  /** The call was answered. */
  public void answered(Dependency dependency) {
    if (!dependencies.probed(dependency, new Probe(clock.instant(), Optional.empty()))) {
      LOG.infof("%s answers again", dependency);
    }
  }

  /** The call was not answered as it should, for that reason. */
  public void failed(Dependency dependency, String trouble) {
    if (dependencies.probed(dependency, new Probe(clock.instant(), Optional.of(trouble)))) {
      LOG.warnf("%s does not answer: %s", dependency, trouble);
    }
  }
}
