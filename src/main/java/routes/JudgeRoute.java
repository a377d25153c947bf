package routes;

import contract.JobResult;
import flow.Leg.Judge;
import flow.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import run.Attempt;
import run.CheckOutcome;
import run.CheckViolated;
import run.Outcome;
import run.Run;
import store.LandedObjects;
import store.RunStore;

/**
 * Reads the job's result file, or what its own steps wrote, and judges the attempt: PROCESSING to
 * LOADING, or to an end without a load.
 */
@ApplicationScoped
public class JudgeRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(JudgeRoute.class);

  private final OnLeg onLeg;
  private final LandedObjects objects;
  private final RunStore runs;
  private final Event<CheckViolated> violated;
  private final Clock clock;

  JudgeRoute(
      OnLeg onLeg,
      LandedObjects objects,
      RunStore runs,
      Event<CheckViolated> violated,
      Clock clock) {
    this.onLeg = onLeg;
    this.objects = objects;
    this.runs = runs;
    this.violated = violated;
    this.clock = clock;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:judge-attempt")
        .routeId("judge-attempt")
        .to("direct:read-result")
        .to("direct:read-footers")
        .process(this::judge);
  }

  private void judge(Exchange exchange) {
    Attempt attempt = OnLeg.leg(exchange, Judge.class).attempt();
    Run run = OnLeg.run(exchange);
    Optional<JobResult> result =
        Optional.ofNullable(exchange.getMessage().getBody(JobResult.class));
    Verdict verdict = Verdict.of(attempt, onLeg.pipeline(exchange), objects.of(run.id()), result);
    Run judged = verdict.applied(run, clock.instant());
    Attempt ending = verdict.applied(attempt);
    LOG.infof(
        "Run %s, attempt %d: %s",
        run.id(),
        attempt.number(),
        ending
            .failure()
            .map(failure -> failure.kind() + ", " + failure.message())
            .or(() -> judged.outcome().map(Outcome::message))
            .orElse("the steps are good"));
    List<CheckOutcome> checks = Verdict.checks(attempt, result);
    runs.judged(run, judged, ending, checks);
    checks.stream().filter(CheckOutcome::foundRows).forEach(check -> tell(run, check));
  }

  private void tell(Run run, CheckOutcome check) {
    LOG.warnf(
        "Run %s: check %s (%s) must find no rows and found %d",
        run.id(), check.name(), check.severity(), check.violations());
    violated.fire(new CheckViolated(run.pipeline(), check));
  }
}
