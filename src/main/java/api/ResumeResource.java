package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import store.PausedPipelines;
import store.PipelineSummaries.Summary;

/** Resumes a paused pipeline. */
@Path("/api/pipelines/{name}/resume")
@RegisterForReflection
public class ResumeResource {

  private final PipelinesResource pipelines;
  private final PausedPipelines paused;
  private final Recorded recorded;

  ResumeResource(PipelinesResource pipelines, PausedPipelines paused, Recorded recorded) {
    this.pipelines = pipelines;
    this.paused = paused;
    this.recorded = recorded;
  }

  /**
   * Lets runs of the pipeline begin again: what has landed meanwhile is taken as if it had landed
   * now, and times of its schedule that have passed count as missed. One that is not paused stays
   * as it is; 404 if there is none of that name.
   */
  @POST
  public PipelineView resume(String name, @QueryParam("reason") Optional<String> reason) {
    return recorded.doing(
        "resume",
        Recorded.pipeline(name),
        reason,
        asked -> resume(name),
        made -> pipelines.one(name));
  }

  private PipelineView resume(String name) {
    Summary before = pipelines.summary(name);
    paused.resume(name);
    return pipelines.view(name, before.paused(Optional.empty()));
  }
}
