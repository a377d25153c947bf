package api;

import inflight.InFlight;
import intake.Collector;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import pipeline.Pipeline;
import pipeline.Pipelines;
import run.RepeatedFailure;
import run.Run;
import run.Start;
import store.PausedPipelineException;
import store.PausedPipelines;
import store.Starts;

/** Starts runs by hand. */
@Path("/api/pipelines/{name}/start")
@RegisterForReflection
public class StartResource {

  private final Pipelines pipelines;
  private final Starts starts;
  private final Collector collector;
  private final PausedPipelines paused;
  private final InFlight inFlight;
  private final Recorded recorded;
  private final Clock clock;

  StartResource(
      Pipelines pipelines,
      Starts starts,
      Collector collector,
      PausedPipelines paused,
      InFlight inFlight,
      Recorded recorded,
      Clock clock) {
    this.pipelines = pipelines;
    this.starts = starts;
    this.collector = collector;
    this.paused = paused;
    this.inFlight = inFlight;
    this.recorded = recorded;
    this.clock = clock;
  }

  /**
   * Starts a run of a pipeline that ingests; any other pipeline takes at once what waits in its
   * landing prefix. 201 with the new runs; 200 with a run that was started before and has fetched
   * nothing yet, so that no new one is needed; 409 if nothing waits, or the pipeline is paused.
   */
  @POST
  @APIResponse(
      responseCode = "201",
      description = "The new runs",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = StartView.class)))
  @APIResponse(
      responseCode = "200",
      description = "A run that was started before and has fetched nothing yet",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = StartView.class)))
  public Response start(String name, @QueryParam("reason") Optional<String> reason) {
    return recorded.doing(
        "start",
        Recorded.pipeline(name),
        reason,
        asked -> start(name),
        made -> Answers.of(Status.CREATED, new StartView(made, "Started")));
  }

  private Response start(String name) {
    Pipeline pipeline = pipelines.find(name).orElseThrow(() -> Answers.noPipeline(name));
    try {
      paused.refuse(name);
      return pipeline.ingest().isPresent() ? ingest(pipeline) : collect(pipeline);
    } catch (PausedPipelineException e) {
      throw Answers.problem(Status.CONFLICT, e.getMessage());
    }
  }

  private Response ingest(Pipeline pipeline) {
    Starts.Started started =
        starts.ingest(
            pipeline.name(), pipeline.ingestBy().orElseThrow(), Start.byHand(), clock.instant());
    List<String> run = List.of(started.run().value());
    return started.isNew()
        ? Answers.of(Status.CREATED, new StartView(run, "Started"))
        : Answers.of(Status.OK, new StartView(run, "Started before, and has fetched nothing yet"));
  }

  private Response collect(Pipeline pipeline) {
    if (!inFlight.mayCollect(pipeline.name())) {
      throw Answers.problem(
          Status.CONFLICT,
          "Cannot start pipeline %s: %s"
              .formatted(
                  pipeline.name(),
                  inFlight
                      .listings()
                      .trouble(pipeline.name())
                      .map(RepeatedFailure::message)
                      .orElse("its landing prefix has not been listed yet; try again")));
    }
    List<Run> runs = collector.collectAll(pipeline, clock.instant());
    if (runs.isEmpty()) {
      throw Answers.problem(
          Status.CONFLICT,
          "Cannot start pipeline %s: nothing that can be taken waits in %s; land an object, or wait until it is found (landing.poll)%s"
              .formatted(
                  pipeline.name(),
                  pipeline.landingUri(),
                  pipeline.batch().grouping().marker().isPresent()
                      ? ", and until its marker is (batch.marker)"
                      : ""));
    }
    return Answers.of(
        Status.CREATED,
        new StartView(
            runs.stream().map(run -> run.id().value()).toList(), "Started over what had landed"));
  }
}
