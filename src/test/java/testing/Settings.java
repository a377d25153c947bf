package testing;

import java.time.Duration;
import pipeline.ServiceSettings;

/** The service's own settings, for tests of what reads them. */
public final class Settings {

  /** How often clusters are polled. */
  public static final Duration CLUSTER_POLL = Duration.ofSeconds(5);

  private Settings() {}

  /** Those of the installation "test"; else the defaults. */
  public static ServiceSettings service() {
    return new ServiceSettings(
        "test",
        Duration.ofSeconds(1),
        CLUSTER_POLL,
        Duration.ofMinutes(1),
        Duration.ofMinutes(2),
        50,
        Duration.ofMinutes(30),
        Duration.ofSeconds(30),
        500);
  }
}
