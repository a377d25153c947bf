package routes;

import curated.CuratedFiles;
import flow.Action;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import run.RetiredOutput;
import run.Run;
import store.RunStore;
import warehouse.Withdrawal;

/**
 * Takes what a discarded run wrote out of its table and deletes it, so that its objects can run
 * again. The table is asked again after the deletion: a REFRESH whose answer was lost may have come
 * between, and one that comes later finds no file.
 */
@ApplicationScoped
public class DiscardRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(DiscardRoute.class);

  private final RunExchange runExchange;
  private final RunStore runs;
  private final CuratedFiles files;
  private final SnowflakeSession session;
  private final Clock clock;

  DiscardRoute(
      RunExchange runExchange,
      RunStore runs,
      CuratedFiles files,
      SnowflakeSession session,
      Clock clock) {
    this.runExchange = runExchange;
    this.runs = runs;
    this.files = files;
    this.session = session;
    this.clock = clock;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:discard-output")
        .routeId("discard-output")
        .doTry()
        .process(exchange -> session.tag(RunExchange.run(exchange)))
        .process(this::withdraw)
        .to("direct:send-statements")
        .process(exchange -> files.delete(runExchange.paths(exchange), attempt(exchange)))
        .process(this::withdraw)
        .to("direct:send-statements")
        .process(this::withdrawn)
        .doFinally()
        .process(exchange -> session.untag())
        .end();
  }

  private void withdraw(Exchange exchange) {
    Pipeline pipeline = runExchange.pipeline(exchange);
    SendStatementsRoute.begin(
        exchange,
        new Withdrawal(
            pipeline.name(),
            pipeline.warehouse(),
            pipeline.curatedUri(),
            RunExchange.run(exchange).id()));
  }

  private void withdrawn(Exchange exchange) {
    Run run = RunExchange.run(exchange);
    Instant now = clock.instant();
    runs.withdrawn(
        run,
        run.withdrawn(),
        new RetiredOutput(
            run.id(), attempt(exchange), Optional.of(now), Optional.empty(), Optional.of(now)));
    LOG.infof("What run %s wrote is out of the table and deleted", run.id());
  }

  private static int attempt(Exchange exchange) {
    return RunExchange.action(exchange, Action.Discard.class).attempt().number();
  }
}
