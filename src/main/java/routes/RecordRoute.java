package routes;

import cluster.ClusterRequest;
import flow.Leg;
import flow.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import pipeline.ServiceSettings;
import run.Attempt;
import run.AttemptState;
import run.OpenRun;
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
  private final ServiceSettings settings;
  private final Clock clock;

  RecordRoute(LandedObjects objects, RunStore runs, ServiceSettings settings, Clock clock) {
    this.objects = objects;
    this.runs = runs;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:record").routeId("record").process(exchange -> record(OnLeg.leg(exchange)));
  }

  private void record(Leg step) {
    Run run = step.open().run();
    if (step instanceof Leg.Begin begin) {
      begin(begin.open());
    } else if (step instanceof Leg.DeclareEmpty) {
      runs.save(run, run.decide(Verdict.allEmpty(objects.of(run.id()))));
    } else if (step instanceof Leg.Decide decide) {
      LOG.infof(
          "Run %s will end as %s: %s",
          run.id(), decide.outcome().state(), decide.outcome().message());
      runs.save(run, run.decide(decide.outcome()));
    } else if (step instanceof Leg.EndAttempt end) {
      Attempt attempt = end.attempt();
      runs.save(
          attempt.state() == AttemptState.LAUNCHED ? attempt.ending().ended() : attempt.ended());
    } else if (step instanceof Leg.Close close) {
      LOG.infof("Run %s of pipeline %s is %s", run.id(), run.pipeline(), close.outcome().state());
      runs.save(run, run.moveTo(close.outcome().state(), clock.instant()));
    } else {
      throw new IllegalArgumentException("Cannot record " + step);
    }
  }

  private void begin(OpenRun open) {
    Run run = open.run();
    Instant now = clock.instant();
    int number = open.attempts().size() + 1;
    String name = ClusterRequest.name(settings.installation(), run.pipeline(), run.id(), number);
    runs.begin(
        run, run.moveTo(RunState.PROCESSING, now), Attempt.intended(run.id(), number, name, now));
  }
}
