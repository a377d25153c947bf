package pipeline;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;

/** All configured pipelines. */
public final class Pipelines {

  private final Map<String, Pipeline> byName;

  /** Creates them from a map by name. */
  public Pipelines(Map<String, Pipeline> byName) {
    this.byName = new TreeMap<>(byName);
  }

  /** Every pipeline, by name. */
  public List<Pipeline> all() {
    return List.copyOf(byName.values());
  }

  /**
   * The pipelines for which an object of that key lands: none, one, or several if prefixes overlap.
   * A pipeline whose runs ingest their objects themselves is never among them.
   */
  public List<Pipeline> landing(String bucket, String key) {
    return byName.values().stream()
        .filter(pipeline -> pipeline.landing().bucket().equals(bucket))
        .filter(pipeline -> pipeline.ingest().isEmpty() && pipeline.landing().takes(key))
        .toList();
  }

  /** The pipeline of that name; absent if the configuration no longer has it. */
  public Optional<Pipeline> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * The pipeline of that name, which the configuration has.
   *
   * @throws NoSuchElementException if it has none of that name
   */
  public Pipeline named(String name) {
    return find(name)
        .orElseThrow(
            () -> new NoSuchElementException("Pipeline %s is not configured".formatted(name)));
  }
}
