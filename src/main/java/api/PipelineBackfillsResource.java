package api;

import batch.Backfill;
import intake.BackfillRequest;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import pipeline.Pipeline;
import pipeline.Pipelines;
import run.RunId;
import store.Backfills;

/** Loads older objects of a pipeline on demand, and shows the progress. */
@Path("/api/pipelines/{name}/backfills")
@RegisterForReflection
public class PipelineBackfillsResource {

  private static final int MOST = 50;

  private final Pipelines pipelines;
  private final Backfills backfills;
  private final BackfillViews views;
  private final Recorded recorded;
  private final Clock clock;

  PipelineBackfillsResource(
      Pipelines pipelines,
      Backfills backfills,
      BackfillViews views,
      Recorded recorded,
      Clock clock) {
    this.pipelines = pipelines;
    this.backfills = backfills;
    this.views = views;
    this.recorded = recorded;
    this.clock = clock;
  }

  /**
   * Begins a backfill of the objects below {@code prefix} that were last modified between {@code
   * from} and {@code until}, in runs of {@code max-objects} and {@code max-bytes}, of which {@code
   * max-runs} are open at once. 201 with the backfill; 400 with all mistakes; 409 if the pipeline
   * has another open backfill, or can have none.
   */
  @POST
  @Parameter(
      name = "prefix",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING),
      description =
          "What the keys of its objects begin with; without it the pipeline's landing prefix")
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING, format = "date-time"),
      description =
          "Its objects were last modified then or later; a time with its offset, for instance 2026-01-01T00:00:00Z")
  @Parameter(
      name = "until",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING, format = "date-time"),
      description = "Its objects were last modified before then; a time with its offset")
  @Parameter(
      name = "max-objects",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "100000"),
      description = "The most objects in a run; without it the pipeline's batch.max-objects")
  @Parameter(
      name = "max-bytes",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "1"),
      description = "The most bytes in a run; without it the pipeline's batch.max-bytes")
  @Parameter(
      name = "max-runs",
      in = ParameterIn.QUERY,
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500", defaultValue = "1"),
      description = "How many of its runs may be open at once")
  @APIResponse(
      responseCode = "201",
      description = "The backfill has begun",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = BackfillView.class)))
  public Response begin(
      String name, @QueryParam("reason") Optional<String> reason, @Context UriInfo uri) {
    return begin(name, reason, settings(uri.getQueryParameters()));
  }

  /**
   * The same with parameters by their names.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem as described there
   */
  public Response begin(String name, Optional<String> reason, Map<String, String> given) {
    return recorded.doing(
        "backfill",
        Recorded.pipeline(name),
        reason,
        asked -> begin(name, given),
        made ->
            Answers.of(Status.CREATED, backfills.find(made.get(0)).map(views::of).orElseThrow()));
  }

  private Response begin(String name, Map<String, String> given) {
    Pipeline pipeline = pipelines.find(name).orElseThrow(() -> Answers.noPipeline(name));
    BackfillRequest request = new BackfillRequest(pipeline, given);
    Instant now = clock.instant();
    Backfill backfill = request.read(id(now), now);
    Optional<String> obstacle = request.obstacle();
    if (obstacle.isPresent()) {
      throw Answers.problem(
          Status.CONFLICT, "Cannot backfill pipeline %s: %s".formatted(name, obstacle.get()));
    }
    if (!request.problems().isEmpty()) {
      throw Answers.problem(
          Status.BAD_REQUEST,
          "Cannot backfill pipeline %s: %s".formatted(name, String.join("; ", request.problems())));
    }
    Function<Backfill, BackfillView> view = views.before(backfill);
    Optional<Backfill> active = backfills.begin(backfill);
    if (active.isPresent()) {
      throw Answers.problem(
          Status.CONFLICT,
          "Cannot backfill pipeline %s: its backfill %s is still open; wait for it, or cancel it (POST /api/backfills/%2$s/cancel)"
              .formatted(name, active.get().id()));
    }
    return Answers.of(Status.CREATED, view.apply(backfill));
  }

  /** The newest backfills of a pipeline, newest first. */
  @GET
  public List<BackfillView> newest(String name) {
    if (pipelines.find(name).isEmpty()) {
      throw Answers.noPipeline(name);
    }
    return backfills.newest(name, MOST).stream().map(views::of).toList();
  }

  /** The first value of each parameter that says something about the backfill itself. */
  private static Map<String, String> settings(MultivaluedMap<String, String> given) {
    return given.keySet().stream()
        .filter(name -> !name.equals("reason"))
        .collect(Collectors.toMap(Function.identity(), given::getFirst));
  }

  private static String id(Instant now) {
    return "b" + RunId.create(now, ThreadLocalRandom.current().nextInt()).value().substring(1);
  }
}
