package api;

import api.RunDetailView.ObjectView;
import api.RunDetailView.RetiredView;
import api.RunDetailView.StatementView;
import flow.FailureLinks;
import flow.RetryPolicy;
import inflight.InFlight;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestResponse;
import pipeline.Pipelines;
import run.Findings;
import run.OpenRun;
import run.Run;
import run.RunId;
import run.RunState;
import store.LandedObjects;
import store.Page;
import store.RetiredOutputs;
import store.RunQuery;
import store.RunStore;
import store.SentStatements;
import store.StaleVersionException;

/** The runs. */
@Path("/api/runs")
@RegisterForReflection
public class RunsResource {

  private static final int USUAL = 100;
  private static final int SHOWN_OBJECTS = 100;
  private static final String NEWEST = "newest";
  private static final String OLDEST = "oldest";
  private static final int MOST_TRIES = 5;

  private final RunStore runs;
  private final LandedObjects objects;
  private final SentStatements statements;
  private final RetiredOutputs retired;
  private final Pipelines pipelines;
  private final InFlight inFlight;
  private final FailureLinks evidence;
  private final Clock clock;

  RunsResource(
      RunStore runs,
      LandedObjects objects,
      SentStatements statements,
      RetiredOutputs retired,
      Pipelines pipelines,
      InFlight inFlight,
      FailureLinks evidence,
      Clock clock) {
    this.runs = runs;
    this.objects = objects;
    this.statements = statements;
    this.retired = retired;
    this.pipelines = pipelines;
    this.inFlight = inFlight;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * The runs, newest first, a page at a time.
   *
   * @param state only runs in this state; repeat it for several
   * @param pipeline only runs of this pipeline
   * @param since only runs that were created then or later; a time with its offset
   * @param until only runs that were created before then; a time with its offset
   * @param text only runs whose id, message or kind of failure contains this text, in upper or
   *     lower case
   * @param sort the order of their creation: {@code newest} first or {@code oldest} first
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
    ParameterReader reader = new ParameterReader();
    RunQuery query =
        new RunQuery(
            reader.someOf("state", state, RunState.class),
            reader.text(pipeline),
            reader.time("since", since),
            reader.time("until", until),
            reader.text(text),
            reader.choice("sort", sort, List.of(NEWEST, OLDEST)).equals(OLDEST)
                ? RunQuery.Order.OLDEST_FIRST
                : RunQuery.Order.NEWEST_FIRST,
            reader.limit(limit, USUAL),
            reader.cursor(cursor, RunId::isOne));
    reader.refuseMistakes();
    return Answers.page(page(query), request);
  }

  /** The runs that are asked for. */
  public Page<RunView> page(RunQuery query) {
    return runs.page(query).map(this::view);
  }

  /** One run with everything that is known of it. */
  @GET
  @Path("{id}")
  public RunDetailView one(String id) {
    OpenRun open = find(id);
    RunId run = open.run().id();
    Findings findings = runs.findings(run);
    return new RunDetailView(
        view(open),
        objects.page(run, SHOWN_OBJECTS, Optional.empty()).map(ObjectView::of).items(),
        runs.history(run),
        open.attempts().stream()
            .map(attempt -> RunDetailView.view(attempt, evidence.links(attempt)))
            .toList(),
        findings.checks(),
        findings.rejected(),
        findings.leftOut(),
        statements.of(run).stream().map(StatementView::of).toList(),
        runs.loaded(run),
        retired.of(run).stream().map(RetiredView::of).toList());
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
    ParameterReader reader = new ParameterReader();
    int most = reader.limit(limit, USUAL);
    Optional<String> after = reader.cursor(cursor, position -> position.matches("[0-9]{1,18}"));
    reader.refuseMistakes();
    return Answers.page(objects(id, most, after), request);
  }

  /** The objects of a run in the order in which they landed. */
  public Page<ObjectView> objects(String id, int limit, Optional<String> after) {
    return objects.page(find(id).run().id(), limit, after).map(ObjectView::of);
  }

  /**
   * Asks for the run's end; it is CANCELLED once EMR reports that its cluster is gone. 409 for a
   * run that has ended, or whose rows may be in the table already, unless its pipeline is no longer
   * configured.
   */
  @POST
  @Path("{id}/cancel")
  public RunView cancel(String id) {
    return change(
        id,
        open -> {
          Run cancelled = open.run().cancel(isConfigured(open));
          runs.save(open.run(), cancelled);
          return cancelled;
        });
  }

  /**
   * Takes the run's output out of the table and deletes it; then the run is CANCELLED, and can be
   * replayed. 409 for a run that has not reached its load, or has succeeded.
   */
  @POST
  @Path("{id}/discard")
  public RunView discard(String id) {
    return change(
        id,
        open -> {
          if (!isConfigured(open)) {
            throw new IllegalStateException(
                "Cannot discard run %s: pipeline %s is not configured, so it is unknown which table has its rows; configure it"
                    .formatted(open.run().id(), open.run().pipeline()));
          }
          Run discarded = open.run().discard(clock.instant());
          runs.save(open.run(), discarded);
          return discarded;
        });
  }

  private boolean isConfigured(OpenRun open) {
    return pipelines.find(open.run().pipeline()).isPresent();
  }

  /**
   * Continues a failed run from the action that failed: only the load, if Spark had succeeded. 409
   * for a run that has not failed.
   */
  @POST
  @Path("{id}/retry")
  public RunView retry(String id) {
    return change(
        id,
        open -> {
          Run run = open.run();
          Run again =
              run.retry(
                  RetryPolicy.retriedFrom(open, runs.reached(run.id())),
                  open.attempts().size(),
                  clock.instant());
          runs.retry(run, again);
          return again;
        });
  }

  /**
   * Starts a new run over the objects of one that failed or was cancelled and has nothing in the
   * table. 409 for any other run, and for one that was replayed before: replay the failed replay
   * instead.
   */
  @POST
  @Path("{id}/replay")
  public RunView replay(String id) {
    return change(
        id,
        open -> {
          Run ended = open.run();
          Instant now = clock.instant();
          RunId next = RunId.create(now, ThreadLocalRandom.current().nextInt());
          Run again = ended.replay(runs.reached(ended.id()), next, now);
          runs.replay(ended, again);
          return again;
        });
  }

  /**
   * Applies an operator's request. If the service itself changes the run meanwhile, the run is read
   * again and the request decided anew.
   */
  private RunView change(String id, Function<OpenRun, Run> wish) {
    StaleVersionException last = null;
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      try {
        RunId changed = wish.apply(find(id)).id();
        inFlight.runs().anew(new RunId(id));
        return view(find(changed.value()));
      } catch (StaleVersionException e) {
        last = e;
      } catch (IllegalStateException e) {
        throw refused(e);
      }
    }
    throw refused(last);
  }

  private static HttpProblem refused(RuntimeException why) {
    HttpProblem refusal = Answers.problem(Status.CONFLICT, why.getMessage());
    refusal.initCause(why);
    return refusal;
  }

  private RunView view(OpenRun open) {
    RunId run = open.run().id();
    return RunView.of(open, inFlight.trouble(open), inFlight.queue().place(run));
  }

  private OpenRun find(String id) {
    return Optional.of(id)
        .filter(RunId::isOne)
        .flatMap(one -> runs.find(new RunId(one)))
        .orElseThrow(
            () ->
                Answers.problem(
                    Status.NOT_FOUND,
                    "There is no run %s; GET /api/runs lists them".formatted(id)));
  }
}
