package configuration;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import java.util.Set;

/** The service cannot start; the message names every problem with its property and the way out. */
public final class InvalidConfiguration extends ConfigurationException {

  private static final long serialVersionUID = 1;

  InvalidConfiguration(List<String> problems) {
    super(
        "Cannot start: the configuration has %d problem%s:\n  - %s"
            .formatted(
                problems.size(), problems.size() == 1 ? "" : "s", String.join("\n  - ", problems)),
        Set.of());
  }

  /** A stack trace does not help the author of the configuration. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
