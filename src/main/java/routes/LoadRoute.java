package routes;

import contract.ContractJson;
import contract.JobResult;
import curated.RunPaths;
import flow.NextStep.Load;
import flow.Sent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import pipeline.Pipeline;
import pipeline.Pipelines;
import run.Attempt;
import run.Failure;
import run.Outcome;
import run.Run;
import run.RunState;
import store.RunStore;
import warehouse.ExternalTable;
import warehouse.LoadCheck;

/**
 * LOADING: has the external table, registers the attempt's files in it, and proves that it answers
 * with what the job wrote. Every statement may be repeated.
 */
@ApplicationScoped
public class LoadRoute extends RouteBuilder {

  private static final String RESULT = "result";
  private static final String REGISTERED = "registered";

  private final LegEnd end;
  private final Pipelines pipelines;
  private final RunStore runs;
  private final SnowflakeSession session;

  LoadRoute(LegEnd end, Pipelines pipelines, RunStore runs, SnowflakeSession session) {
    this.end = end;
    this.pipelines = pipelines;
    this.runs = runs;
    this.session = session;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from(Endpoints.LOAD)
        .routeId("load")
        .setProperty(LegEnd.STEP, body())
        .doTry()
        .process(exchange -> session.tag(run(exchange)))
        .to("direct:load-table")
        .process(end::done)
        .doCatch(Exception.class)
        .process(end::failed)
        .doFinally()
        .process(exchange -> session.untag())
        .end()
        .to(Endpoints.TICK);

    from("direct:load-table")
        .routeId("load-table")
        .process(this::resultAddress)
        .to(Endpoints.GET_OBJECT)
        .convertBodyTo(String.class)
        .process(this::result)
        .process(this::statements)
        .split(body())
        .stopOnException()
        .to("direct:send-sql")
        .end()
        .process(this::registeredFiles)
        .to("direct:send-sql")
        .process(this::registered)
        .process(this::countRows)
        .to("direct:send-sql")
        .process(this::prove);
  }

  private void resultAddress(Exchange exchange) {
    RunPaths paths = Sent.paths(pipeline(exchange), run(exchange).id());
    Endpoints.address(exchange, paths, paths.resultKey(attempt(exchange).number()));
  }

  private void result(Exchange exchange) {
    String text = exchange.getMessage().getBody(String.class);
    exchange.setProperty(RESULT, ContractJson.read(text, JobResult.class));
    exchange.getMessage().removeHeaders("CamelAwsS3*");
  }

  private void statements(Exchange exchange) {
    List<String> statements = new ArrayList<>(table(exchange).define());
    statements.add(table(exchange).refresh(outputPath(exchange)));
    exchange.getMessage().setBody(statements);
  }

  private void registeredFiles(Exchange exchange) {
    exchange.getMessage().setBody(table(exchange).registeredFiles(outputPath(exchange)));
  }

  private void registered(Exchange exchange) {
    Map<String, Long> sizes = new HashMap<>();
    for (Map<?, ?> row : rows(exchange)) {
      sizes.put(String.valueOf(row.get("FILE_NAME")), ((Number) row.get("FILE_SIZE")).longValue());
    }
    exchange.setProperty(REGISTERED, sizes);
  }

  private void countRows(Exchange exchange) {
    exchange
        .getMessage()
        .setBody(table(exchange).countRows(run(exchange).id(), outputPath(exchange)));
  }

  @SuppressWarnings("unchecked")
  private void prove(Exchange exchange) {
    long count = ((Number) rows(exchange).get(0).get("ROW_COUNT")).longValue();
    Optional<Failure> difference =
        LoadCheck.difference(
            exchange.getProperty(RESULT, JobResult.class),
            outputPath(exchange),
            exchange.getProperty(REGISTERED, Map.class),
            count);
    if (difference.isPresent()) {
      throw new IllegalStateException(difference.get().message());
    }
    Run run = run(exchange);
    String proven =
        "%s answers with %d rows of this run"
            .formatted(pipeline(exchange).warehouse().tableName(), count);
    runs.save(run, run.decide(Outcome.ended(RunState.SUCCEEDED, proven)));
  }

  private ExternalTable table(Exchange exchange) {
    return Sent.externalTable(
        pipeline(exchange), exchange.getProperty(RESULT, JobResult.class).schema());
  }

  private String outputPath(Exchange exchange) {
    return Sent.paths(pipeline(exchange), run(exchange).id())
        .outputPath(attempt(exchange).number());
  }

  private Pipeline pipeline(Exchange exchange) {
    return pipelines.find(run(exchange).pipeline()).orElseThrow();
  }

  private static List<Map<?, ?>> rows(Exchange exchange) {
    List<Map<?, ?>> rows = new ArrayList<>();
    for (Object row : exchange.getMessage().getBody(List.class)) {
      rows.add((Map<?, ?>) row);
    }
    return rows;
  }

  private static Run run(Exchange exchange) {
    return LegEnd.step(exchange, Load.class).open().run();
  }

  private static Attempt attempt(Exchange exchange) {
    return LegEnd.step(exchange, Load.class).attempt();
  }
}
