package routes;

import curated.CuratedFiles;
import flow.Action;
import flow.RunRequests;
import inflight.InFlight;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;
import run.RetiredOutput;
import run.Run;
import run.RunState;
import store.RetiredOutputs;
import store.RunStore;
import warehouse.Retirement;
import warehouse.WarehouseSettings.Mode;

/**
 * Deletes curated files that no table needs any more, once they are old enough. First the table is
 * asked: what it registers stays, unless its view shows a newer run; then it is taken out before.
 */
@ApplicationScoped
public class RetireRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(RetireRoute.class);

  private static final Duration SELDOM = Duration.ofMinutes(10);
  private static final Duration OFTEN = Duration.ofSeconds(1);
  private static final int MOST_AT_ONCE = 20;
  private static final String STAYS = "stays";

  private final Pipelines pipelines;
  private final RetiredOutputs outputs;
  private final RunStore runs;
  private final CuratedFiles files;
  private final RunExchange runExchange;
  private final SnowflakeSession session;
  private final InFlight inFlight;
  private final Clock clock;

  RetireRoute(
      Pipelines pipelines,
      RetiredOutputs outputs,
      RunStore runs,
      CuratedFiles files,
      RunExchange runExchange,
      SnowflakeSession session,
      InFlight inFlight,
      Clock clock) {
    this.pipelines = pipelines;
    this.outputs = outputs;
    this.runs = runs;
    this.files = files;
    this.runExchange = runExchange;
    this.session = session;
    this.inFlight = inFlight;
    this.clock = clock;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from(Endpoints.everyUri("retire-outputs", pace()))
        .routeId("retire-outputs")
        .doTry()
        .process(exchange -> exchange.getMessage().setBody(due()))
        .split(body())
        .to("direct:retire-output")
        .endDoTry()
        .doCatch(Exception.class)
        .process(RetireRoute::failed)
        .end();

    from("direct:retire-output")
        .routeId("retire-output")
        .setVariable(RunExchange.ACTION, body())
        .filter(exchange -> inFlight.loads().claim(pipeline(exchange).name(), clock.instant()))
        .doTry()
        .process(exchange -> session.tag(RunExchange.run(exchange)))
        .process(this::ask)
        .to("direct:send-statements")
        .process(this::decide)
        .to("direct:send-statements")
        .process(this::remove)
        .doCatch(Exception.class)
        .process(RetireRoute::failed)
        .doFinally()
        .process(this::giveBack)
        .end();
  }

  /** Ten times in the shortest time that somebody wants files kept for. */
  private Duration pace() {
    return pipelines.all().stream()
        .flatMap(pipeline -> pipeline.curated().keepFor().stream())
        .map(keepFor -> keepFor.dividedBy(10))
        .min(Comparator.naturalOrder())
        .filter(pace -> pace.compareTo(SELDOM) < 0)
        .map(pace -> pace.compareTo(OFTEN) < 0 ? OFTEN : pace)
        .orElse(SELDOM);
  }

  private List<Action.Retire> due() {
    Instant now = clock.instant();
    return pipelines.all().stream()
        .filter(pipeline -> pipeline.curated().keepFor().isPresent())
        .flatMap(pipeline -> due(pipeline, now).stream())
        .toList();
  }

  private List<Action.Retire> due(Pipeline pipeline, Instant now) {
    return outputs
        .due(
            pipeline.name(),
            now.minus(pipeline.curated().keepFor().orElseThrow()),
            pipeline.warehouse().mode() == Mode.REPLACE,
            MOST_AT_ONCE)
        .stream()
        .flatMap(
            output -> runs.find(output.run()).stream().map(open -> new Action.Retire(open, output)))
        .toList();
  }

  private void ask(Exchange exchange) {
    Run run = RunExchange.run(exchange);
    Pipeline pipeline = pipeline(exchange);
    SendStatementsRoute.begin(
        exchange,
        new Retirement(
            pipeline.name(),
            pipeline.warehouse(),
            pipeline.curatedUri(),
            run.id(),
            run.createdAt(),
            RunRequests.paths(pipeline, run.id()).outputPath(output(exchange).attempt())));
  }

  /**
   * Writes down what is decided before anything is taken out of the table. That a run's files are
   * in this table proves that they are no other's; afterwards nothing would.
   */
  private void decide(Exchange exchange) {
    Retirement retirement = SendStatementsRoute.conversation(exchange, Retirement.class);
    RetiredOutput output = output(exchange);
    boolean isOfAnotherTable =
        RunExchange.run(exchange).state() == RunState.SUCCEEDED
            && isAccepted(exchange)
            && output.begunAt().isEmpty()
            && retirement.registeredFiles() == 0;
    Optional<String> obstacle =
        isOfAnotherTable
            ? Optional.of("the table registers none of its files; another one may")
            : retirement.obstacle();
    outputs.save(
        new RetiredOutput(
            output.run(), output.attempt(), output.begunAt(), obstacle, Optional.empty()),
        clock.instant());
    obstacle.ifPresentOrElse(
        why ->
            LOG.warnf(
                "The files of attempt %d of run %s stay: %s", output.attempt(), output.run(), why),
        retirement::unregister);
    exchange.setProperty(STAYS, obstacle.isPresent());
  }

  private static boolean isAccepted(Exchange exchange) {
    return RunExchange.action(exchange).open().attempts().stream()
        .filter(attempt -> attempt.number() == output(exchange).attempt())
        .allMatch(attempt -> attempt.failure().isEmpty());
  }

  private void remove(Exchange exchange) {
    Retirement retirement = SendStatementsRoute.conversation(exchange, Retirement.class);
    if (exchange.getProperty(STAYS, boolean.class)) {
      return;
    }
    if (retirement.registeredFiles() > 0) {
      throw new IllegalStateException(
          "%d of its files are still registered".formatted(retirement.registeredFiles()));
    }
    RetiredOutput output = output(exchange);
    files.delete(runExchange.paths(exchange), output.attempt());
    Instant now = clock.instant();
    outputs.save(
        new RetiredOutput(
            output.run(), output.attempt(), output.begunAt(), Optional.empty(), Optional.of(now)),
        now);
    LOG.infof("The files of attempt %d of run %s are deleted", output.attempt(), output.run());
  }

  private void giveBack(Exchange exchange) {
    session.untag();
    Instant now = clock.instant();
    inFlight.loads().release(pipeline(exchange).name(), now, now);
  }

  private Pipeline pipeline(Exchange exchange) {
    return runExchange.pipeline(exchange);
  }

  private static RetiredOutput output(Exchange exchange) {
    return RunExchange.action(exchange, Action.Retire.class).output();
  }

  private static void failed(Exchange exchange) {
    LOG.warnf(
        "Cannot delete curated files that are not needed any more, will try again: %s",
        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class).getMessage());
  }
}
