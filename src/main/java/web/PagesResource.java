package web;

import api.AuditResource;
import api.RunOperation;
import api.RunView;
import api.RunsResource;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.List;
import java.util.Optional;
import pipeline.Pipeline;
import pipeline.Pipelines;

/** The pages that operators look at. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class PagesResource {

  private static final int OK = 200;
  private static final int RUNS = 50;
  private static final int OBJECTS = 100;
  private static final int ENTRIES = 200;

  private final Frame frame;
  private final Pages pages;
  private final PipelinePage pipelines;
  private final RunsResource runs;
  private final AuditResource audit;
  private final Pipelines configured;

  PagesResource(
      Frame frame,
      Pages pages,
      PipelinePage pipelines,
      RunsResource runs,
      AuditResource audit,
      Pipelines configured) {
    this.frame = frame;
    this.pages = pages;
    this.pipelines = pipelines;
    this.runs = runs;
    this.audit = audit;
    this.configured = configured;
  }

  /** The overview. */
  @GET
  public Response overview() {
    return frame.live(pages.live("/"), Optional.empty());
  }

  /** The runs that a form asks for. */
  @GET
  @Path("runs")
  public Response runs(
      @QueryParam("pipeline") Optional<String> pipeline,
      @QueryParam("state") Optional<String> state,
      @QueryParam("since") Optional<String> since,
      @QueryParam("until") Optional<String> until,
      @QueryParam("failed-since") Optional<String> failedSince,
      @QueryParam("text") Optional<String> text,
      @QueryParam("cursor") Optional<String> cursor) {
    RunFilter filter =
        new RunFilter(
            pipeline.orElse(""),
            state.orElse(""),
            RunFilter.time(since),
            RunFilter.time(until),
            RunFilter.time(failedSince),
            text.orElse(""));
    try {
      var found =
          runs.page(
              runs.query(
                  state.filter(word -> !word.isEmpty()).map(List::of).orElse(List.of()),
                  filter.pipeline(),
                  filter.since(),
                  filter.until(),
                  filter.failedSince(),
                  filter.text(),
                  null,
                  String.valueOf(RUNS),
                  cursor.orElse(null)));
      return runs(
          OK,
          found.items(),
          filter,
          Optional.empty(),
          found.next().map(RunsResource::cursor).map(after -> older(filter, after)));
    } catch (HttpProblem refused) {
      return runs(
          refused.getStatusCode(),
          List.of(),
          filter,
          Optional.ofNullable(refused.getDetail()),
          Optional.empty());
    }
  }

  private Response runs(
      int status,
      List<RunView> found,
      RunFilter filter,
      Optional<String> problem,
      Optional<String> next) {
    List<String> names = configured.all().stream().map(Pipeline::name).toList();
    return frame.still(
        status,
        new Page(
            "Runs",
            Page.Section.RUNS,
            "",
            List.of(Piece.of("runs", Templates.runs(found, filter, names, problem, next)))));
  }

  private static String older(RunFilter filter, String after) {
    return UriBuilder.fromPath("/runs")
        .queryParam("pipeline", filter.pipeline())
        .queryParam("state", filter.state())
        .queryParam("since", filter.since())
        .queryParam("until", filter.until())
        .queryParam("failed-since", filter.failedSince())
        .queryParam("text", filter.text())
        .queryParam("cursor", after)
        .build()
        .toString();
  }

  /** A run. */
  @GET
  @Path("runs/{id}")
  public Response run(String id, @QueryParam("done") Optional<String> done) {
    return frame.live(pages.live("/runs/" + id), saidOfRun(done));
  }

  /** The objects of a run, a page at a time. */
  @GET
  @Path("runs/{id}/objects")
  public Response objects(String id, @QueryParam("cursor") Optional<String> cursor) {
    var found = runs.objects(id, String.valueOf(OBJECTS), cursor.orElse(null));
    Optional<String> next =
        found
            .next()
            .map(RunsResource::cursor)
            .map(after -> "/runs/%s/objects?cursor=%s".formatted(id, after));
    return frame.still(
        OK,
        new Page(
            "Objects of run " + id,
            Page.Section.RUNS,
            "",
            List.of(Piece.of("objects", Templates.objects(id, found.items(), next)))));
  }

  /** A pipeline. */
  @GET
  @Path("pipelines/{name}")
  public Response pipeline(String name, @QueryParam("done") Optional<String> done) {
    return frame.live(pages.live("/pipelines/" + name), saidOfPipeline(done));
  }

  /** What a pipeline would send. */
  @GET
  @Path("pipelines/{name}/plan")
  public Response plan(String name) {
    return frame.still(OK, pipelines.plan(name));
  }

  /** The properties that are in force for a pipeline. */
  @GET
  @Path("pipelines/{name}/configuration")
  public Response configuration(String name) {
    return frame.still(OK, pipelines.configuration(name));
  }

  /** What operators did. */
  @GET
  @Path("audit")
  public Response audit(@QueryParam("cursor") Optional<String> cursor) {
    var found = audit.page(null, null, String.valueOf(ENTRIES), cursor.orElse(null));
    Optional<String> next =
        found.next().map(RunsResource::cursor).map(after -> "/audit?cursor=" + after);
    return frame.still(
        OK,
        new Page(
            "Audit log",
            Page.Section.AUDIT,
            "",
            List.of(Piece.of("audit", Templates.auditLog(found.items(), next)))));
  }

  /** What was just done; only words that this page knows, because anyone can write a link. */
  private static Optional<String> saidOfRun(Optional<String> done) {
    return done.flatMap(
        word ->
            RunOperation.of(word)
                .map(Operations::said)
                .or(
                    () ->
                        PipelineOperation.of(word)
                            .filter(PipelineOperation.START::equals)
                            .map(Operations::said)));
  }

  private static Optional<String> saidOfPipeline(Optional<String> done) {
    return done.flatMap(
        word ->
            PipelineOperation.of(word)
                .map(Operations::said)
                .or(() -> BackfillOperation.of(word).map(Operations::said))
                .or(
                    () ->
                        Optional.of("The backfill has begun.")
                            .filter(begun -> word.equals("backfill"))));
  }
}
