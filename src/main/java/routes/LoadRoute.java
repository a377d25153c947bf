package routes;

import contract.JobResult;
import curated.CuratedFiles;
import flow.Action;
import flow.RunRequests;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import run.Outcome;
import run.Run;
import run.RunState;
import store.RunStore;
import warehouse.Load;

/**
 * LOADING: sends one statement after another as the load wants them, until it is proven that the
 * table answers with what the job wrote.
 */
@ApplicationScoped
public class LoadRoute extends RouteBuilder {

  private final RunExchange runExchange;
  private final RunStore runs;
  private final CuratedFiles files;
  private final SnowflakeSession session;

  LoadRoute(RunExchange runExchange, RunStore runs, CuratedFiles files, SnowflakeSession session) {
    this.runExchange = runExchange;
    this.runs = runs;
    this.files = files;
    this.session = session;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:load-table")
        .routeId("load-table")
        .to("direct:read-result")
        .process(this::begin)
        .doTry()
        .process(exchange -> session.tag(RunExchange.run(exchange)))
        .to("direct:send-statements")
        .process(this::proven)
        .doFinally()
        .process(exchange -> session.untag())
        .end();
  }

  private void begin(Exchange exchange) {
    JobResult result = exchange.getMessage().getBody(JobResult.class);
    if (result == null) {
      throw new IllegalStateException("the result file of the job is gone");
    }
    int attempt = RunExchange.action(exchange, Action.Load.class).attempt().number();
    Load load =
        RunRequests.load(
            runExchange.pipeline(exchange), RunExchange.run(exchange), attempt, result);
    load.requireOnlyWritten(files.sizes(runExchange.paths(exchange), attempt));
    load.beforeRegistering(() -> registers(exchange));
    SendStatementsRoute.begin(exchange, load);
  }

  /**
   * From here on the run is neither cancelled nor replayed; whoever was quicker stops this load.
   */
  private void registers(Exchange exchange) {
    Run run = RunExchange.run(exchange);
    if (!run.mayBeInTable()) {
      RunExchange.saved(exchange, runs.save(run, run.registering()));
    }
  }

  private void proven(Exchange exchange) {
    Load load = SendStatementsRoute.conversation(exchange, Load.class);
    Run run = RunExchange.run(exchange);
    runs.loaded(run, run.decide(Outcome.ended(RunState.SUCCEEDED, load.proof())), load.loaded());
  }
}
