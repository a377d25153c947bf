package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.util.Optional;
import security.CurrentCaller;
import store.PausedPipelines;
import store.PausedPipelines.Pause;

/**
 * Pauses a pipeline: objects go on being recorded as they land, and runs that have begun go on to
 * their end, but no run begins until it is resumed.
 */
@Path("/api/pipelines/{name}/pause")
@RegisterForReflection
public class PauseResource {

  private final PipelinesResource pipelines;
  private final PausedPipelines paused;
  private final CurrentCaller caller;
  private final Recorded recorded;
  private final Clock clock;

  PauseResource(
      PipelinesResource pipelines,
      PausedPipelines paused,
      CurrentCaller caller,
      Recorded recorded,
      Clock clock) {
    this.pipelines = pipelines;
    this.paused = paused;
    this.caller = caller;
    this.recorded = recorded;
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
    return recorded.doing("pause", Recorded.pipeline(name), reason, () -> begin(name, reason));
  }

  private PipelineView begin(String name, Optional<String> reason) {
    String pipeline = pipelines.one(name).name();
    Optional<String> given = reason.filter(said -> !said.isBlank());
    paused.pause(pipeline, new Pause(clock.instant(), caller.get().name(), given));
    return pipelines.one(pipeline);
  }
}
