package pipeline;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The configuration as it was read at start, for people to see.
 *
 * @param byPipeline the properties of each pipeline, by the pipeline's name
 * @param shared those of the service, which every pipeline relies on
 */
public record WrittenSettings(Map<String, List<Setting>> byPipeline, List<Setting> shared) {

  public WrittenSettings {
    byPipeline = Map.copyOf(byPipeline);
    shared = List.copyOf(shared);
  }

  /** The properties of a pipeline, and then those that every pipeline relies on. */
  public List<Setting> of(String pipeline) {
    return Stream.concat(byPipeline.getOrDefault(pipeline, List.of()).stream(), shared.stream())
        .toList();
  }
}
