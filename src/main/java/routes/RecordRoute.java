package routes;

import cluster.request.ClusterRequest;
import cluster.request.ClusterSettings;
import flow.Action;
import flow.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import pipeline.Pipelines;
import pipeline.ServiceSettings;
import run.Attempt;
import run.Outcome;
import run.Run;
import run.RunState;
import store.LandedObjects;
import store.RunStore;

/** The steps that need nothing but the store. */
@ApplicationScoped
public class RecordRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(RecordRoute.class);

  private final LandedObjects objects;
  private final RunStore runs;
  private final Pipelines pipelines;
  private final ServiceSettings settings;
  private final Clock clock;

  RecordRoute(
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

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:record")
        .routeId("record")
        .process(exchange -> record(RunExchange.action(exchange)));
  }

  private void record(Action step) {
    Run run = step.open().run();
    if (step instanceof Action.Begin begin) {
      begin(begin);
    } else if (step instanceof Action.DeclareEmpty) {
      runs.save(run, run.decide(Verdict.allEmpty(objects.of(run.id()))));
    } else if (step instanceof Action.Decide decide) {
      LOG.logf(
          level(decide.outcome()),
          "Run %s will end as %s: %s",
          run.id(),
          decide.outcome().state(),
          decide.outcome().message());
      runs.save(run, run.decide(decide.outcome()));
    } else if (step instanceof Action.Fail fail) {
      LOG.warnf(
          "Attempt %d of run %s came to nothing: %s, %s",
          fail.attempt().number(), run.id(), fail.failure().kind(), fail.failure().message());
      runs.save(fail.attempt().failed(fail.failure()));
    } else if (step instanceof Action.EndAttempt end) {
      runs.save(end.attempt().ended());
    } else if (step instanceof Action.Close close) {
      LOG.logf(
          level(close.outcome()),
          "Run %s of pipeline %s is %s%s",
          run.id(),
          run.pipeline(),
          close.outcome().state(),
          why(close.outcome()));
      runs.save(run, run.moveTo(close.outcome().state(), clock.instant()));
    } else {
      throw new IllegalArgumentException("Cannot record " + step.getClass().getSimpleName());
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
