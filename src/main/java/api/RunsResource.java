package api;

import api.RunDetailView.ObjectView;
import api.RunDetailView.RetiredView;
import api.RunDetailView.StatementView;
import flow.AttemptLinks;
import flow.Phase;
import flow.Timeline;
import flow.WayOut;
import inflight.InFlight;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestResponse;
import pipeline.Pipeline;
import pipeline.Pipelines;
import run.Findings;
import run.Link;
import run.OpenRun;
import run.Outcome;
import run.RunId;
import run.RunState;
import run.SentStatement;
import run.StateEntry;
import store.LandedObjects;
import store.Page;
import store.RetiredOutputs;
import store.RunQuery;
import store.RunStore;
import store.SentStatements;

/** The runs. */
@Path("/api/runs")
@RegisterForReflection
public class RunsResource {

  private static final int USUAL = 100;
  private static final int SHOWN_OBJECTS = 100;
  private static final String NEWEST = "newest";
  private static final String OLDEST = "oldest";

  private final RunStore runs;
  private final LandedObjects objects;
  private final SentStatements statements;
  private final RetiredOutputs retired;
  private final RunOperations operations;
  private final Pipelines pipelines;
  private final InFlight inFlight;
  private final Recorded recorded;
  private final AttemptLinks links;

  RunsResource(
      RunStore runs,
      LandedObjects objects,
      SentStatements statements,
      RetiredOutputs retired,
      RunOperations operations,
      Pipelines pipelines,
      InFlight inFlight,
      Recorded recorded,
      AttemptLinks links) {
    this.runs = runs;
    this.objects = objects;
    this.statements = statements;
    this.retired = retired;
    this.operations = operations;
    this.pipelines = pipelines;
    this.inFlight = inFlight;
    this.recorded = recorded;
    this.links = links;
  }

  /**
   * The runs, newest first, a page at a time.
   *
   * @param state only runs in this state; repeat it for several
   * @param pipeline only runs of this pipeline
   * @param since only runs that were created then or later; a time with its offset
   * @param until only runs that were created before then; a time with its offset
   * @param failedSince only runs that failed then or later and that no run replays; a time with its
   *     offset
   * @param text only runs whose id, message or kind of failure contains this text, in upper or
   *     lower case
   * @param sort {@code newest} first or {@code oldest} first, by when they failed if {@code
   *     failed-since} is given, else by their creation
   * @param limit the most runs in a page
   * @param cursor where the page before has ended; its {@code Link} has it
   */
  @GET
  public RestResponse<List<RunView>> list(
      @Parameter(schema = @Schema(type = SchemaType.ARRAY, implementation = RunState.class))
          @QueryParam("state")
          List<String> state,
      @QueryParam("pipeline") String pipeline,
      @Parameter(schema = @Schema(type = SchemaType.STRING, format = "date-time"))
          @QueryParam("since")
          String since,
      @Parameter(schema = @Schema(type = SchemaType.STRING, format = "date-time"))
          @QueryParam("until")
          String until,
      @Parameter(schema = @Schema(type = SchemaType.STRING, format = "date-time"))
          @QueryParam("failed-since")
          String failedSince,
      @QueryParam("text") String text,
      @Parameter(
              schema =
                  @Schema(
                      type = SchemaType.STRING,
                      enumeration = {NEWEST, OLDEST},
                      defaultValue = NEWEST))
          @QueryParam("sort")
          String sort,
      @Parameter(
              schema =
                  @Schema(
                      type = SchemaType.INTEGER,
                      minimum = "1",
                      maximum = "1000",
                      defaultValue = "100"))
          @QueryParam("limit")
          String limit,
      @QueryParam("cursor") String cursor,
      @Context UriInfo request) {
    return Answers.page(
        page(query(state, pipeline, since, until, failedSince, text, sort, limit, cursor)),
        request);
  }

  /**
   * Reads what is asked for; what is empty or null is not.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 with all mistakes
   */
  public RunQuery query(
      List<String> state,
      String pipeline,
      String since,
      String until,
      String failedSince,
      String text,
      String sort,
      String limit,
      String cursor) {
    ParameterReader reader = new ParameterReader();
    RunQuery query =
        new RunQuery(
            reader.someOf("state", state, RunState.class),
            reader.text(pipeline),
            reader.time("since", since),
            reader.time("until", until),
            reader.time("failed-since", failedSince),
            reader.text(text),
            reader.choice("sort", sort, List.of(NEWEST, OLDEST)).equals(OLDEST)
                ? RunQuery.Order.OLDEST_FIRST
                : RunQuery.Order.NEWEST_FIRST,
            reader.limit(limit, USUAL),
            reader.cursor(cursor, RunId::isOne));
    reader.refuseMistakes();
    return query;
  }

  /** The runs that are asked for. */
  public Page<RunView> page(RunQuery query) {
    return runs.page(query).map(this::view);
  }

  /** The newest runs that make no progress although they were tried again. */
  public List<RunView> stuck(int limit) {
    return inFlight.stuck().stream()
        .sorted(Comparator.comparing(RunId::value).reversed())
        .limit(limit)
        .flatMap(run -> runs.find(run).stream())
        .map(this::view)
        .filter(view -> view.trouble().isPresent())
        .toList();
  }

  /** How many runs there are on all pages together. */
  public long count(RunQuery query) {
    return runs.count(query);
  }

  /** One run with everything that is known of it. */
  @GET
  @Path("{id}")
  public RunDetailView one(String id) {
    OpenRun open = operations.find(id);
    RunId run = open.run().id();
    Findings findings = runs.findings(run);
    Optional<Pipeline> configured = pipelines.find(open.run().pipeline());
    List<StateEntry> history = runs.history(run);
    List<SentStatement> sent = statements.of(run);
    return new RunDetailView(
        view(open),
        objects.page(run, SHOWN_OBJECTS, Optional.empty()).map(ObjectView::of).items(),
        history,
        open.attempts().stream()
            .map(attempt -> RunDetailView.view(attempt, links.links(attempt)))
            .toList(),
        findings.checks(),
        findings.rejected(),
        findings.leftOut(),
        sent.stream().map(StatementView::of).toList(),
        runs.loaded(run),
        retired.of(run).stream().map(RetiredView::of).toList(),
        Timeline.of(open, history, sent).stream()
            .map(phase -> PhaseView.of(phase, logs(open, phase)))
            .toList(),
        configured.flatMap(Pipeline::wholePrefix),
        configured.map(Pipeline::maxAttempts),
        open.run().outcome().flatMap(Outcome::failure).flatMap(WayOut::of),
        operations.allowed(open));
  }

  private Optional<Link> logs(OpenRun open, Phase phase) {
    return open.attempts().stream()
        .filter(attempt -> phase.attempt().filter(own -> own == attempt.number()).isPresent())
        .flatMap(attempt -> phase.step().flatMap(id -> links.stepLogs(attempt, id)).stream())
        .findFirst();
  }

  /**
   * The objects of a run in the order in which they landed, a page at a time.
   *
   * @param id the run's id
   * @param limit the most objects in a page
   * @param cursor where the page before has ended; its {@code Link} has it
   */
  @GET
  @Path("{id}/objects")
  public RestResponse<List<ObjectView>> objects(
      String id,
      @Parameter(
              schema =
                  @Schema(
                      type = SchemaType.INTEGER,
                      minimum = "1",
                      maximum = "1000",
                      defaultValue = "100"))
          @QueryParam("limit")
          String limit,
      @QueryParam("cursor") String cursor,
      @Context UriInfo request) {
    return Answers.page(objects(id, limit, cursor), request);
  }

  /**
   * The same as a page.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 with all mistakes, 404 if there is no
   *     such run
   */
  public Page<ObjectView> objects(String id, String limit, String cursor) {
    ParameterReader reader = new ParameterReader();
    int most = reader.limit(limit, USUAL);
    Optional<String> after = reader.cursor(cursor, position -> position.matches("[0-9]{1,18}"));
    reader.refuseMistakes();
    return objects.page(operations.find(id).run().id(), most, after).map(ObjectView::of);
  }

  /** What the parameter {@code cursor} must be to continue where a page ends. */
  public static String cursor(String position) {
    return Answers.cursor(position);
  }

  /**
   * Asks for the run's end; it is CANCELLED once EMR reports that its cluster is gone. 409 for a
   * run that has ended, or whose rows may be in the table already, unless its pipeline is no longer
   * configured.
   */
  @POST
  @Path("{id}/cancel")
  public RunView cancel(String id, @QueryParam("reason") Optional<String> reason) {
    return perform(RunOperation.CANCEL, id, reason);
  }

  /**
   * Takes the run's output out of the table and deletes it; then the run is CANCELLED, and can be
   * replayed. 409 for a run that has not reached its load, or has succeeded.
   */
  @POST
  @Path("{id}/discard")
  public RunView discard(String id, @QueryParam("reason") Optional<String> reason) {
    return perform(RunOperation.DISCARD, id, reason);
  }

  /**
   * Continues a failed run from the action that failed: only the load, if Spark had succeeded. 409
   * for a run that has not failed.
   */
  @POST
  @Path("{id}/retry")
  public RunView retry(String id, @QueryParam("reason") Optional<String> reason) {
    return perform(RunOperation.RETRY, id, reason);
  }

  /**
   * Starts a new run over the objects of one that failed or was cancelled and has nothing in the
   * table. 409 for any other run, and for one that was replayed before: replay the failed replay
   * instead.
   */
  @POST
  @Path("{id}/replay")
  public RunView replay(String id, @QueryParam("reason") Optional<String> reason) {
    return perform(RunOperation.REPLAY, id, reason);
  }

  private RunView perform(RunOperation operation, String id, Optional<String> reason) {
    return recorded.doing(
        operation.verb(),
        Recorded.run(id),
        reason,
        asked -> view(operations.perform(operation, id)),
        // Of a replay both runs are noted, the new one last.
        made -> view(operations.find(made.get(made.size() - 1))));
  }

  private RunView view(OpenRun open) {
    RunId run = open.run().id();
    return RunView.of(open, inFlight.trouble(open), inFlight.queue().place(run));
  }
}
