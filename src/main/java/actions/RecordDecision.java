package actions;

import cluster.request.ClusterRequest;
import cluster.request.ClusterSettings;
import flow.Action;
import flow.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;
import pipeline.Pipelines;
import pipeline.ServiceSettings;
import run.Attempt;
import run.Outcome;
import run.Run;
import run.RunState;
import store.LandedObjects;
import store.RunStore;

/** Records decisions about a run: the actions that need nothing but the store. */
@ApplicationScoped
public class RecordDecision {

  private static final Logger LOG = Logger.getLogger(RecordDecision.class);

  private final LandedObjects objects;
  private final RunStore runs;
  private final Pipelines pipelines;
  private final ServiceSettings settings;
  private final Clock clock;

  RecordDecision(
      LandedObjects objects,
      RunStore runs,
      Pipelines pipelines,
      ServiceSettings settings,
      Clock clock) {
    this.objects = objects;
    this.runs = runs;
    this.pipelines = pipelines;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Records the decision.
   *
   * @throws IllegalArgumentException if the action needs more than the store
   */
  public void record(Action action) {
    Run run = action.open().run();
    if (action instanceof Action.Begin begin) {
      begin(begin);
    } else if (action instanceof Action.DeclareEmpty) {
      runs.save(run, run.decide(Verdict.allEmpty(objects.of(run.id()))));
    } else if (action instanceof Action.Decide decide) {
      LOG.logf(
          level(decide.outcome()),
          "Run %s will end as %s: %s",
          run.id(),
          decide.outcome().state(),
          decide.outcome().message());
      runs.save(run, run.decide(decide.outcome()));
    } else if (action instanceof Action.Fail fail) {
      LOG.warnf(
          "Attempt %d of run %s failed: %s, %s",
          fail.attempt().number(), run.id(), fail.failure().kind(), fail.failure().message());
      runs.save(fail.attempt().failed(fail.failure()));
    } else if (action instanceof Action.EndAttempt end) {
      runs.save(end.attempt().ended());
    } else if (action instanceof Action.Close close) {
      LOG.logf(
          level(close.outcome()),
          "Run %s of pipeline %s is %s%s",
          run.id(),
          run.pipeline(),
          close.outcome().state(),
          why(close.outcome()));
      runs.save(run, run.moveTo(close.outcome().state(), clock.instant()));
    } else {
      throw new IllegalArgumentException("Cannot record " + action.getClass().getSimpleName());
    }
  }

  private static Logger.Level level(Outcome outcome) {
    return outcome.state() == RunState.FAILED ? Logger.Level.WARN : Logger.Level.INFO;
  }

  private static String why(Outcome outcome) {
    return outcome
        .failure()
        .map(
            failure ->
                ": %s, %s; %s".formatted(failure.kind(), failure.message(), failure.remedy()))
        .orElse("");
  }

  private void begin(Action.Begin begin) {
    Run run = begin.open().run();
    ClusterSettings cluster = pipelines.find(run.pipeline()).orElseThrow().cluster();
    Instant now = clock.instant();
    int number = begin.open().attempts().size() + 1;
    String name = ClusterRequest.name(settings.installation(), run.pipeline(), run.id(), number);
    runs.begin(
        run,
        run.state() == RunState.PROCESSING ? run : run.moveTo(RunState.PROCESSING, now),
        Attempt.intended(
            new Attempt.Intent(
                run.id(),
                number,
                begin.rung(),
                name,
                cluster.logUri(),
                now,
                now.plus(cluster.maxAge()))));
  }
}
