package routes;

import contract.ContractJson;
import contract.JobResult;
import curated.RunPaths;
import flow.NextStep.Judge;
import flow.Sent;
import flow.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;
import run.Attempt;
import run.RowCounts;
import run.Run;
import run.RunState;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import store.LandedObjects;
import store.RunStore;

/**
 * Reads the job's result file and judges the attempt: PROCESSING to LOADING, or to an end without a
 * load.
 */
@ApplicationScoped
public class JudgeRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(JudgeRoute.class);

  private final Pipelines pipelines;
  private final LandedObjects objects;
  private final RunStore runs;
  private final Clock clock;

  JudgeRoute(Pipelines pipelines, LandedObjects objects, RunStore runs, Clock clock) {
    this.pipelines = pipelines;
    this.objects = objects;
    this.runs = runs;
    this.clock = clock;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:judge-attempt")
        .routeId("judge-attempt")
        .process(this::resultAddress)
        .doTry()
        .to(Endpoints.GET_OBJECT)
        .convertBodyTo(String.class)
        .doCatch(NoSuchKeyException.class)
        .setBody(constant((Object) null))
        .end()
        .process(this::judge);
  }

  private void resultAddress(Exchange exchange) {
    Attempt attempt = LegEnd.step(exchange, Judge.class).attempt();
    RunPaths paths = Sent.paths(pipeline(exchange), attempt.run());
    Endpoints.address(exchange, paths, paths.resultKey(attempt.number()));
  }

  private void judge(Exchange exchange) {
    Judge step = LegEnd.step(exchange, Judge.class);
    Optional<JobResult> result =
        Optional.ofNullable(exchange.getMessage().getBody(String.class))
            .map(text -> ContractJson.read(text, JobResult.class));
    Run run = step.open().run();
    Verdict verdict = Verdict.of(step.attempt(), pipeline(exchange), objects.of(run.id()), result);
    Run judged;
    if (verdict instanceof Verdict.Good good) {
      judged = counted(run, good.result()).moveTo(RunState.LOADING, clock.instant());
      LOG.infof("Run %s wrote %d rows", run.id(), good.result().rows().written());
    } else if (verdict instanceof Verdict.Bad bad) {
      judged = bad.result().map(words -> counted(run, words)).orElse(run).decide(bad.outcome());
      LOG.infof(
          "Run %s will end as %s: %s", run.id(), bad.outcome().state(), bad.outcome().message());
    } else {
      throw new IllegalStateException("No verdict on " + step.attempt());
    }
    runs.save(run, judged, step.attempt().ending());
  }

  private Pipeline pipeline(Exchange exchange) {
    return pipelines.find(LegEnd.step(exchange, Judge.class).open().run().pipeline()).orElseThrow();
  }

  private static Run counted(Run run, JobResult result) {
    JobResult.Rows rows = result.rows();
    return run.counted(new RowCounts(rows.read(), rows.written(), rows.rejected()));
  }
}
