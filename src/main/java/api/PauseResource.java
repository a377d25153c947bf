package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.util.Optional;
import store.PausedPipelines;
import store.PausedPipelines.Pause;

/**
 * Pauses a pipeline: objects go on being recorded as they land, and runs that have begun go on to
 * their end, but no run begins until it is resumed.
 */
@Path("/api/pipelines/{name}/pause")
@RegisterForReflection
public class PauseResource {

  /** Until requests carry a name. */
  private static final String CALLER = "anonymous";

  private final PipelinesResource pipelines;
  private final PausedPipelines paused;
  private final Clock clock;

  PauseResource(PipelinesResource pipelines, PausedPipelines paused, Clock clock) {
    this.pipelines = pipelines;
    this.paused = paused;
    this.clock = clock;
  }

  /**
   * Pauses it. One that is paused already stays as it is, with the earlier reason; 404 if there is
   * none of that name.
   *
   * @param reason why, for whoever finds it paused
   */
  @POST
  public PipelineView pause(String name, @QueryParam("reason") Optional<String> reason) {
    String pipeline = pipelines.one(name).name();
    paused.pause(
        pipeline, new Pause(clock.instant(), CALLER, reason.filter(said -> !said.isBlank())));
    return pipelines.one(pipeline);
  }
}
