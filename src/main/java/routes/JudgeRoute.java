package routes;

import batch.LandedObject;
import contract.JobResult;
import contract.Manifest;
import curated.RunPaths;
import flow.Action.Judge;
import flow.EndReason;
import flow.Ingested;
import flow.LogAwaitedException;
import flow.Unusable;
import flow.UnusableFileException;
import flow.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import run.Attempt;
import run.CheckOutcome;
import run.CheckViolated;
import run.LeftOut;
import run.Outcome;
import run.Rejected;
import run.RowCounts;
import run.RowsRejected;
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

  private static final String RESULT = "result";
  private static final String RESULT_PROBLEM = "result-problem";
  private static final String INGESTED = "ingested";
  private static final String MANIFEST_PROBLEM = "manifest-problem";

  private final RunExchange runExchange;
  private final LandedObjects objects;
  private final RunStore runs;
  private final Event<CheckViolated> violated;
  private final Event<RowsRejected> rejected;
  private final Clock clock;

  JudgeRoute(
      RunExchange runExchange,
      LandedObjects objects,
      RunStore runs,
      Event<CheckViolated> violated,
      Event<RowsRejected> rejected,
      Clock clock) {
    this.runExchange = runExchange;
    this.objects = objects;
    this.runs = runs;
    this.violated = violated;
    this.rejected = rejected;
    this.clock = clock;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:judge-attempt")
        .routeId("judge-attempt")
        .doTry()
        .to("direct:read-result")
        .to("direct:read-footers")
        .setProperty(RESULT, body())
        .doCatch(UnusableFileException.class)
        .process(exchange -> note(exchange, RESULT_PROBLEM))
        .end()
        .removeHeaders("CamelAwsS3*")
        .filter(exchange -> RunExchange.run(exchange).ingestsOnItsCluster())
        .doTry()
        .to("direct:read-manifest")
        .process(this::ingest)
        .doCatch(UnusableFileException.class)
        .process(exchange -> note(exchange, MANIFEST_PROBLEM))
        .end()
        .end()
        .process(this::judge);
  }

  private static void note(Exchange exchange, String problem) {
    exchange.setProperty(
        problem, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class).getMessage());
  }

  private void ingest(Exchange exchange) {
    Manifest manifest = exchange.getMessage().getBody(Manifest.class);
    RunPaths paths = runExchange.paths(exchange);
    String uri =
        paths.uri(paths.manifestKey(RunExchange.action(exchange, Judge.class).attempt().number()));
    if (manifest == null) {
      throw new UnusableFileException(uri, "is the manifest of the step ingest, and is not there");
    }
    exchange.setProperty(
        INGESTED,
        Ingested.of(
            runExchange.pipeline(exchange),
            RunExchange.run(exchange),
            uri,
            manifest,
            clock.instant()));
  }

  private void judge(Exchange exchange) {
    Attempt attempt = RunExchange.action(exchange, Judge.class).attempt();
    Run run = RunExchange.run(exchange);
    Optional<JobResult> result = Optional.ofNullable(exchange.getProperty(RESULT, JobResult.class));
    if (EndReason.awaitsLog(attempt, runExchange.pipeline(exchange), result, clock.instant())) {
      throw new LogAwaitedException(attempt.clusterId().orElseThrow());
    }
    List<LandedObject> ingested = ingested(exchange);
    List<LandedObject> read = run.ingestsOnItsCluster() ? ingested : objects.of(run.id());
    Verdict verdict = verdict(exchange, attempt, read, result);
    Run judged = verdict.applied(run, clock.instant());
    Attempt ending = verdict.applied(attempt);
    LOG.logf(
        ending.failure().isPresent() ? Logger.Level.WARN : Logger.Level.INFO,
        "Run %s, attempt %d: %s",
        run.id(),
        attempt.number(),
        ending
            .failure()
            .map(failure -> failure.kind() + ", " + failure.message())
            .or(() -> judged.outcome().map(Outcome::message))
            .orElse("the steps are good"));
    List<CheckOutcome> checks = Verdict.checks(attempt, result);
    Optional<Rejected> whyRejected =
        Verdict.rejected(attempt, runExchange.pipeline(exchange), result);
    Optional<LeftOut> leftOut = Verdict.leftOut(attempt, result);
    if (!run.ingestsOnItsCluster() || ending.failure().isPresent()) {
      runs.judged(run, judged, ending, checks, whyRejected, leftOut);
    } else {
      long bytes = ingested.stream().mapToLong(LandedObject::size).sum();
      Run kept = judged.ingested(ingested.size(), bytes);
      // An attempt that failed leaves its object behind: the next one ingests its own.
      runs.ingested(run, kept, ending, ingested, checks, whyRejected, leftOut);
    }
    whyRejected.ifPresent(why -> tell(judged, why));
    leftOut.ifPresent(what -> tell(run, what));
    checks.stream().filter(CheckOutcome::foundRows).forEach(check -> tell(run, check));
  }

  private void tell(Run run, CheckOutcome check) {
    LOG.warnf(
        "Run %s: check %s (%s) must find no rows and found %d",
        run.id(), check.name(), check.severity(), check.violations());
    violated.fire(new CheckViolated(run.pipeline(), check));
  }

  private static void tell(Run run, LeftOut what) {
    if (what.skippedObjects() > 0) {
      LOG.warnf("Run %s skipped %s", run.id(), what.toldSkipped());
    }
    if (!what.stripped().isEmpty()) {
      LOG.infof("Run %s: taken away, since it is no data: %s", run.id(), what.toldStripped());
    }
  }

  private void tell(Run judged, Rejected why) {
    RowCounts rows = judged.rows().orElseThrow();
    LOG.warnf(
        "Run %s: %d of %d rows were rejected: %s; all of them are in %s",
        judged.id(),
        rows.rejected(),
        rows.read(),
        why.reasons().stream()
            .map(reason -> "%d (%s)".formatted(reason.rows(), reason.kind()))
            .collect(Collectors.joining(", ")),
        why.uri());
    rejected.fire(new RowsRejected(judged.pipeline(), rows.rejected()));
  }

  private Verdict verdict(
      Exchange exchange, Attempt attempt, List<LandedObject> read, Optional<JobResult> result) {
    Pipeline pipeline = runExchange.pipeline(exchange);
    Verdict verdict =
        text(exchange, RESULT_PROBLEM)
            .map(problem -> Unusable.result(attempt, pipeline, problem))
            .orElseGet(() -> Verdict.of(attempt, pipeline, read, result));
    return text(exchange, MANIFEST_PROBLEM)
        .map(problem -> Unusable.manifest(attempt, verdict, result, problem))
        .orElse(verdict);
  }

  private static Optional<String> text(Exchange exchange, String property) {
    return Optional.ofNullable(exchange.getProperty(property, String.class));
  }

  @SuppressWarnings("unchecked")
  private static List<LandedObject> ingested(Exchange exchange) {
    return Optional.ofNullable((List<LandedObject>) exchange.getProperty(INGESTED))
        .orElse(List.of());
  }
}
