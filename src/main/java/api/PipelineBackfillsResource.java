package api;

import batch.Backfill;
import intake.BackfillRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
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
import pipeline.Pipeline;
import pipeline.Pipelines;
import run.RunId;
import store.Backfills;

/** Loads older objects of a pipeline on demand, and shows the progress. */
@Path("/api/pipelines/{name}/backfills")
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
  public Response begin(
      String name, @QueryParam("reason") Optional<String> reason, @Context UriInfo uri) {
    return recorded.doing(
        "backfill",
        Recorded.pipeline(name),
        reason,
        () -> begin(name, settings(uri.getQueryParameters())));
  }

  private Response begin(String name, Map<String, String> settings) {
    Optional<Pipeline> pipeline = pipelines.find(name);
    if (pipeline.isEmpty()) {
      return Answers.said(Status.NOT_FOUND, "There is no pipeline " + name);
    }
    BackfillRequest request = new BackfillRequest(pipeline.get(), settings);
    Instant now = clock.instant();
    Backfill backfill = request.read(id(now), now);
    Optional<String> obstacle = request.obstacle();
    if (obstacle.isPresent()) {
      return Answers.said(
          Status.CONFLICT, "Cannot backfill pipeline %s: %s".formatted(name, obstacle.get()));
    }
    if (!request.problems().isEmpty()) {
      return Answers.said(
          Status.BAD_REQUEST,
          "Cannot backfill pipeline %s: %s".formatted(name, String.join("; ", request.problems())));
    }
    Optional<Backfill> active = backfills.begin(backfill);
    return active.isEmpty()
        ? Answers.of(Status.CREATED, views.of(backfill))
        : Answers.said(
            Status.CONFLICT,
            "Cannot backfill pipeline %s: its backfill %s is still open; wait for it, or cancel it (POST /api/backfills/%2$s/cancel)"
                .formatted(name, active.get().id()));
  }

  /** The newest backfills of a pipeline, newest first. */
  @GET
  public List<BackfillView> newest(String name) {
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
