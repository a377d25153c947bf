package api;

import flow.RetryPolicy;
import inflight.InFlight;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response.Status;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import pipeline.Pipelines;
import run.OpenRun;
import run.Run;
import run.RunId;
import store.RunStore;
import store.StaleVersionException;

/** What operators may do to a run. */
@ApplicationScoped
class RunOperations {

  private static final int MOST_TRIES = 5;

  private final RunStore runs;
  private final Pipelines pipelines;
  private final InFlight inFlight;
  private final Clock clock;

  RunOperations(RunStore runs, Pipelines pipelines, InFlight inFlight, Clock clock) {
    this.runs = runs;
    this.pipelines = pipelines;
    this.inFlight = inFlight;
    this.clock = clock;
  }

  /** The verbs of the operations that the run allows now. */
  List<String> allowed(OpenRun open) {
    return Stream.of(RunOperation.values())
        .filter(operation -> isAllowed(operation, open))
        .map(RunOperation::verb)
        .toList();
  }

  private boolean isAllowed(RunOperation operation, OpenRun open) {
    try {
      decided(operation, open);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /**
   * Applies an operator's request. If the service itself changes the run meanwhile, the run is read
   * again and the request decided anew.
   *
   * @return the run that was changed, or the new one of a replay
   * @throws HttpProblem 404 if there is no such run, 409 if it does not allow the operation
   */
  OpenRun perform(RunOperation operation, String id) {
    StaleVersionException last = null;
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      try {
        OpenRun open = find(id);
        Run changed = decided(operation, open);
        OpenRun saved = saved(operation, open, changed);
        inFlight.runs().anew(open.run().id());
        return saved;
      } catch (StaleVersionException e) {
        last = e;
      } catch (IllegalStateException e) {
        throw refused(e);
      }
    }
    throw refused(last);
  }

  /**
   * A run.
   *
   * @throws HttpProblem 404 if there is none of that name
   */
  OpenRun find(String id) {
    return Optional.of(id)
        .filter(RunId::isOne)
        .flatMap(one -> runs.find(new RunId(one)))
        .orElseThrow(
            () ->
                Answers.problem(
                    Status.NOT_FOUND,
                    "There is no run %s; GET /api/runs lists them".formatted(id)));
  }

  private Run decided(RunOperation operation, OpenRun open) {
    Run run = open.run();
    Instant now = clock.instant();
    boolean isConfigured = pipelines.find(run.pipeline()).isPresent();
    return switch (operation) {
      case CANCEL -> run.cancel(isConfigured);
      case DISCARD -> {
        if (!isConfigured) {
          throw new IllegalStateException(
              "Cannot discard run %s: pipeline %s is not configured, so it is unknown which table has its rows; configure it"
                  .formatted(run.id(), run.pipeline()));
        }
        yield run.discard(now);
      }
      case RETRY ->
          run.retry(
              RetryPolicy.retriedFrom(open, runs.reached(run.id())), open.attempts().size(), now);
      case REPLAY ->
          run.replay(
              runs.reached(run.id()),
              RunId.create(now, ThreadLocalRandom.current().nextInt()),
              now);
    };
  }

  /** Made of what was written: a read that failed would hide that it was. */
  private OpenRun saved(RunOperation operation, OpenRun open, Run after) {
    return switch (operation) {
      case CANCEL, DISCARD -> new OpenRun(runs.save(open.run(), after), open.attempts());
      case RETRY -> {
        runs.retry(open.run(), after);
        yield new OpenRun(after.saved(), open.attempts());
      }
      case REPLAY -> {
        runs.replay(open.run(), after);
        yield new OpenRun(after, List.of());
      }
    };
  }

  private static HttpProblem refused(RuntimeException why) {
    HttpProblem refusal = Answers.problem(Status.CONFLICT, why.getMessage());
    refusal.initCause(why);
    return refusal;
  }
}
