package api;

import api.RunDetailView.ObjectView;
import api.RunDetailView.RetiredView;
import api.RunDetailView.StatementView;
import batch.LandedObject;
import flow.AttemptLinks;
import flow.RetryPolicy;
import flow.Timeline;
import inflight.InFlight;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import pipeline.Pipelines;
import run.Findings;
import run.OpenRun;
import run.Run;
import run.RunId;
import run.SentStatement;
import run.StateEntry;
import store.LandedObjects;
import store.RetiredOutputs;
import store.RunStore;
import store.SentStatements;
import store.SetAsideObjects;
import store.SetAsideObjects.LoadedBefore;
import store.StaleVersionException;

/** The runs. */
@Path("/api/runs")
public class RunsResource {

  private static final int MOST = 1_000;
  private static final int MOST_TRIES = 5;

  private final RunStore runs;
  private final LandedObjects objects;
  private final SetAsideObjects aside;
  private final SentStatements statements;
  private final RetiredOutputs retired;
  private final Pipelines pipelines;
  private final InFlight inFlight;
  private final Recorded recorded;
  private final AttemptLinks links;
  private final Clock clock;

  RunsResource(
      RunStore runs,
      LandedObjects objects,
      SetAsideObjects aside,
      SentStatements statements,
      RetiredOutputs retired,
      Pipelines pipelines,
      InFlight inFlight,
      Recorded recorded,
      AttemptLinks links,
      Clock clock) {
    this.runs = runs;
    this.objects = objects;
    this.aside = aside;
    this.statements = statements;
    this.retired = retired;
    this.pipelines = pipelines;
    this.inFlight = inFlight;
    this.recorded = recorded;
    this.links = links;
    this.clock = clock;
  }

  /** The newest runs, newest first, up to {@code limit}, which is at most 1,000. */
  @GET
  public List<RunView> newest(@QueryParam("limit") @DefaultValue("100") int limit) {
    return runs.newest(Math.max(1, Math.min(limit, MOST))).stream().map(this::view).toList();
  }

  /** One run with everything that is known of it. */
  @GET
  @Path("{id}")
  public RunDetailView one(String id) {
    OpenRun open = find(id);
    RunId run = open.run().id();
    Findings findings = runs.findings(run);
    List<StateEntry> history = runs.history(run);
    List<SentStatement> sent = statements.of(run);
    return new RunDetailView(
        view(open),
        landed(run),
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
        Timeline.of(open, history, sent).stream().map(PhaseView::of).toList());
  }

  private List<ObjectView> landed(RunId run) {
    Map<LandedObject, String> before =
        aside.loadedBefore(run).stream()
            .collect(Collectors.toMap(LoadedBefore::object, loaded -> loaded.run().value()));
    return objects.of(run).stream()
        .map(object -> ObjectView.of(object, Optional.ofNullable(before.get(object))))
        .toList();
  }

  /**
   * Asks for the run's end; it is CANCELLED once EMR reports that its cluster is gone. 409 for a
   * run that has ended, or whose rows may be in the table already, unless its pipeline is no longer
   * configured.
   */
  @POST
  @Path("{id}/cancel")
  public RunView cancel(String id, @QueryParam("reason") Optional<String> reason) {
    return change(
        "cancel",
        id,
        reason,
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
  public RunView discard(String id, @QueryParam("reason") Optional<String> reason) {
    return change(
        "discard",
        id,
        reason,
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
  public RunView retry(String id, @QueryParam("reason") Optional<String> reason) {
    return change(
        "retry",
        id,
        reason,
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
  public RunView replay(String id, @QueryParam("reason") Optional<String> reason) {
    return change(
        "replay",
        id,
        reason,
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
  private RunView change(
      String action, String id, Optional<String> reason, Function<OpenRun, Run> wish) {
    return recorded.doing(action, Recorded.run(id), reason, () -> change(id, wish));
  }

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

  private static ClientErrorException refused(RuntimeException why) {
    return new ClientErrorException(Answers.said(Response.Status.CONFLICT, why.getMessage()), why);
  }

  private RunView view(OpenRun open) {
    RunId run = open.run().id();
    return RunView.of(open, inFlight.trouble(open), inFlight.queue().place(run));
  }

  private OpenRun find(String id) {
    try {
      return runs.find(new RunId(id))
          .orElseThrow(() -> new IllegalArgumentException("There is no run " + id));
    } catch (IllegalArgumentException e) {
      throw new NotFoundException(Answers.said(Response.Status.NOT_FOUND, e.getMessage()), e);
    }
  }
}
