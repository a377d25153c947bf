package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import pipeline.Pipeline;

/**
 * A pipeline in the API.
 *
 * @param name its name
 * @param landing where objects land
 * @param curated where the result goes
 * @param table the external table
 */
@RegisterForReflection
public record PipelineView(String name, String landing, String curated, String table) {

  static PipelineView of(Pipeline pipeline) {
    return new PipelineView(
        pipeline.name(), pipeline.landingUri(), pipeline.curatedUri(), pipeline.tableName());
  }
}
