package pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All configured pipelines. */
public final class Pipelines {

  private final Map<String, Pipeline> byName;

  /** Those of the map, by their names. */
  public Pipelines(Map<String, Pipeline> byName) {
    this.byName = new TreeMap<>(byName);
  }

  /** Every pipeline, by name. */
  public List<Pipeline> all() {
    return List.copyOf(byName.values());
  }

  /** The pipeline of that name; absent when the configuration no longer has it. */
  public Optional<Pipeline> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
