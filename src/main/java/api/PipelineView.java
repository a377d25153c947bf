package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import pipeline.Pipeline;
import run.RepeatedFailure;

/**
 * A pipeline in the API.
 *
 * @param name its name
 * @param landing where objects land
 * @param curated where the result goes
 * @param table the external table
 * @param ingest what its runs fetch themselves
 * @param nextStart the next time of its schedule
 * @param trouble why its landed objects are not taken
 */
@RegisterForReflection
public record PipelineView(
    String name,
    String landing,
    String curated,
    String table,
    Optional<String> ingest,
    Optional<Instant> nextStart,
    Optional<String> trouble) {

  static PipelineView of(Pipeline pipeline, Optional<RepeatedFailure> trouble, Instant now) {
    return new PipelineView(
        pipeline.name(),
        pipeline.landingUri(),
        pipeline.curatedUri(),
        pipeline.tableName(),
        pipeline.ingestUrl(),
        pipeline.schedule().map(schedule -> schedule.next(now)),
        trouble.map(RepeatedFailure::message));
  }
}
