package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import store.AuditLog.Entry;
import store.PausedPipelines;
import store.PausedPipelines.Pause;
import store.PipelineSummaries.Summary;

/**
 * Pauses a pipeline: objects go on being recorded as they land, and runs that have begun go on to
 * their end, but no run begins until it is resumed.
 */
@Path("/api/pipelines/{name}/pause")
@RegisterForReflection
public class PauseResource {

  private final PipelinesResource pipelines;
  private final PausedPipelines paused;
  private final Recorded recorded;

  PauseResource(PipelinesResource pipelines, PausedPipelines paused, Recorded recorded) {
    this.pipelines = pipelines;
    this.paused = paused;
    this.recorded = recorded;
  }

  /**
   * Pauses it. One that is paused already stays as it is, with the earlier reason; 404 if there is
   * none of that name.
   *
   * @param reason why, for whoever finds it paused
   */
  @POST
  public PipelineView pause(String name, @QueryParam("reason") Optional<String> reason) {
    return recorded.doing(
        "pause",
        Recorded.pipeline(name),
        reason,
        asked -> begin(name, asked),
        made -> pipelines.one(name));
  }

  private PipelineView begin(String name, Entry asked) {
    Summary before = pipelines.summary(name);
    Pause pause = new Pause(asked.at(), asked.actor(), asked.reason());
    paused.pause(name, pause);
    return pipelines.view(name, before.paused(before.paused().or(() -> Optional.of(pause))));
  }
}
