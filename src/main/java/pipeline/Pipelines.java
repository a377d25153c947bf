package pipeline;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;

/**
 * All configured pipelines. Read once, at start; a service with an unsound configuration does not
 * start.
 */
@Startup
@ApplicationScoped
public class Pipelines {

  private static final String PREFIX = "pipelines.";

  private final Map<String, Pipeline> byName;

  /**
   * @throws InvalidConfiguration naming everything that is wrong
   */
  Pipelines(Config config) {
    this.byName = read(config);
  }

  /** Every pipeline, by name. */
  public List<Pipeline> all() {
    return List.copyOf(byName.values());
  }

  /** The pipeline of that name; absent when the configuration no longer has it. */
  public Optional<Pipeline> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  private static Map<String, Pipeline> read(Config config) {
    List<String> problems = new ArrayList<>();
    Map<String, Pipeline> pipelines = new TreeMap<>();
    for (String property : config.getPropertyNames()) {
      if (property.startsWith(PREFIX)) {
        pipelines.putIfAbsent(property.substring(PREFIX.length()).replaceAll("\\..*", ""), null);
      }
    }
    pipelines.replaceAll(
        (name, none) ->
            new PipelineReader(name, new Properties(config, PREFIX + name + ".", problems)).read());
    if (pipelines.isEmpty()) {
      problems.add(
          "pipelines.<name>.* is not set: there is no pipeline; describe one as README.md shows");
    }
    if (config
        .getOptionalValue("snowflake.url", String.class)
        .filter(url -> !url.isBlank())
        .isEmpty()) {
      problems.add(
          "snowflake.url is not set; write jdbc:snowflake://<account>.snowflakecomputing.com/?warehouse=<name>&role=<name>");
    }
    sharedPlaces(pipelines, problems);
    if (!problems.isEmpty()) {
      throw new InvalidConfiguration(problems);
    }
    return pipelines;
  }

  /** Two pipelines that write to one place, or register one table, would mix their rows. */
  private static void sharedPlaces(Map<String, Pipeline> pipelines, List<String> problems) {
    Map<String, String> owners = new TreeMap<>();
    pipelines.forEach(
        (name, pipeline) -> {
          String table = "warehouse.table " + pipeline.tableName();
          String place = "curated.prefix " + pipeline.curatedUri();
          for (String owned : List.of(table, place)) {
            boolean known = !owned.contains(PipelineReader.NOT_SET);
            String other = known ? owners.putIfAbsent(owned, name) : null;
            if (other != null) {
              problems.add(
                  "%s%s.%s is also that of pipeline %s; give each its own"
                      .formatted(PREFIX, name, owned, other));
            }
          }
        });
  }
}
