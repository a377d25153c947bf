package flow;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The service's own pace; what concerns one pipeline is in {@link pipeline.Pipeline}. */
@ConfigMapping(prefix = "service")
public interface ServiceSettings {

  /**
   * Names this installation in its clusters' names and tags; two services in one AWS account must
   * differ here. Letters, digits and dashes.
   */
  @WithDefault("transient-pipelines")
  String installation();

  /** How often due runs are looked for; a finished leg does not wait for it. */
  @WithDefault("1s")
  Duration tick();

  /** How often EMR is asked for all clusters at once. */
  @WithDefault("15s")
  Duration clusterPoll();

  /** How often a running cluster's steps are looked at, for progress only. */
  @WithDefault("60s")
  Duration stepPoll();

  /**
   * How long EMR may take to list a new cluster; after a lost answer to RunJobFlow the name is
   * looked for during this time.
   */
  @WithDefault("2m")
  Duration clusterVisibility();

  /**
   * How long one leg of a run is repeated while S3, EMR or Snowflake does not do what it is asked.
   */
  @WithDefault("30m")
  Duration giveUpAfter();

  /** How often the outside services are probed for the health group {@code dependencies}. */
  @WithDefault("30s")
  Duration probe();
}
