package api;

import flow.Claims.Trouble;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;
import pipeline.Pipeline;

/**
 * A pipeline in the API.
 *
 * @param name its name
 * @param landing where objects land
 * @param curated where the result goes
 * @param table the external table
 * @param ingest what its runs fetch themselves
 * @param trouble what keeps its landed objects from being taken
 */
@RegisterForReflection
public record PipelineView(
    String name,
    String landing,
    String curated,
    String table,
    Optional<String> ingest,
    Optional<String> trouble) {

  static PipelineView of(Pipeline pipeline, Optional<Trouble> trouble) {
    return new PipelineView(
        pipeline.name(),
        pipeline.landingUri(),
        pipeline.curatedUri(),
        pipeline.tableName(),
        pipeline.ingestUrl(),
        trouble.map(Trouble::message));
  }
}
