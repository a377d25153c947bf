package testing;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** A configuration of nothing but the given properties, read as Quarkus reads its own. */
public final class Configuration {

  private final Map<String, String> properties = new HashMap<>();

  private Configuration() {}

  /** Without any property. */
  public static Configuration empty() {
    return new Configuration();
  }

  /** The least that one pipeline needs, the region, and the address of Snowflake. */
  public static Configuration ofPipeline(String name) {
    return empty()
        .with("aws.region", "eu-central-1")
        .with("snowflake.url", "jdbc:snowflake://example.snowflakecomputing.com/")
        .with("snowflake.user", "service")
        .with("snowflake.password", "of a trial")
        .withPipeline(name);
  }

  /** The least that one more pipeline needs. */
  public Configuration withPipeline(String name) {
    return with("pipelines." + name + ".landing.bucket", "landing")
        .with("pipelines." + name + ".input.columns", "N int")
        .with("pipelines." + name + ".curated.bucket", "curated")
        .with("pipelines." + name + ".warehouse.database", "LAKE")
        .with("pipelines." + name + ".warehouse.table", name.replace('-', '_'));
  }

  /** With that property. */
  public Configuration with(String name, String value) {
    properties.put(name, value);
    return this;
  }

  /** Without that property. */
  public Configuration without(String name) {
    properties.remove(name);
    return this;
  }

  /** As the service gets it, with variables of the environment before it. */
  public Config config(Map<String, String> environment) {
    return builder().withSources(new EnvConfigSource(environment, 300)).build();
  }

  /** As the service gets it. */
  public Config config() {
    return builder().build();
  }

  private SmallRyeConfigBuilder builder() {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .addDefaultInterceptors()
        .withSources(new PropertiesConfigSource(properties, "test", 100));
  }
}
