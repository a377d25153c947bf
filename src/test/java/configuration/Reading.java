package configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import aws.RegionChain;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import pipeline.Pipeline;

/** Reads a configuration as at the service's start. */
public final class Reading {

  /** A machine on which the SDK finds no region. */
  private static final RegionChain NO_REGION = new RegionChain(Optional::empty);

  private Reading() {}

  /** The typed whole. */
  static Configuration of(Config config) {
    return new Configuration(config, NO_REGION);
  }

  /** The first pipeline of one that is sound. */
  public static Pipeline pipeline(testing.Configuration configuration) {
    return of(configuration.config()).pipelines.all().get(0);
  }

  /** Everything that is told of one that is not. */
  static List<String> problems(testing.Configuration configuration) {
    InvalidConfiguration refusal =
        catchThrowableOfType(InvalidConfiguration.class, () -> of(configuration.config()));
    assertThat(refusal).isNotNull();
    return Arrays.stream(refusal.getMessage().split("\n  - ")).skip(1).toList();
  }
}
