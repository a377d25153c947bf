package routes;

import contract.JobResult;
import flow.Leg.Load;
import flow.Sent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
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

  private final OnLeg onLeg;
  private final RunStore runs;
  private final SnowflakeSession session;

  LoadRoute(OnLeg onLeg, RunStore runs, SnowflakeSession session) {
    this.onLeg = onLeg;
    this.runs = runs;
    this.session = session;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:load-table")
        .routeId("load-table")
        .to("direct:read-result")
        .setProperty(RESULT, body())
        .doTry()
        .process(exchange -> session.tag(OnLeg.run(exchange)))
        .to("direct:refresh-table", "direct:prove-load")
        .doFinally()
        .process(exchange -> session.untag())
        .end();

    from("direct:refresh-table")
        .routeId("refresh-table")
        .process(this::statements)
        .split(body())
        .stopOnException()
        .to("direct:send-sql");

    from("direct:prove-load")
        .routeId("prove-load")
        .process(this::registeredFiles)
        .to("direct:send-sql")
        .process(this::registered)
        .process(this::countRows)
        .to("direct:send-sql")
        .process(this::prove);
  }

  private void statements(Exchange exchange) {
    List<String> statements = new ArrayList<>(table(exchange).define());
    statements.add(table(exchange).lookForColumns());
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
        .setBody(table(exchange).countRows(OnLeg.run(exchange).id(), outputPath(exchange)));
  }

  @SuppressWarnings("unchecked")
  private void prove(Exchange exchange) {
    long count = ((Number) rows(exchange).get(0).get("ROW_COUNT")).longValue();
    Optional<String> difference =
        LoadCheck.difference(
            result(exchange),
            outputPath(exchange),
            exchange.getProperty(REGISTERED, Map.class),
            count);
    if (difference.isPresent()) {
      throw new IllegalStateException(difference.get());
    }
    Run run = OnLeg.run(exchange);
    String proven =
        "%s answers with %d rows of this run"
            .formatted(onLeg.pipeline(exchange).tableName(), count);
    runs.save(run, run.decide(Outcome.ended(RunState.SUCCEEDED, proven)));
  }

  private ExternalTable table(Exchange exchange) {
    return Sent.externalTable(onLeg.pipeline(exchange), result(exchange).schema());
  }

  private String outputPath(Exchange exchange) {
    int attempt = OnLeg.leg(exchange, Load.class).attempt().number();
    return onLeg.paths(exchange).outputPath(attempt);
  }

  private static JobResult result(Exchange exchange) {
    JobResult result = exchange.getProperty(RESULT, JobResult.class);
    if (result == null) {
      throw new IllegalStateException("the result file of the job is gone");
    }
    return result;
  }

  private static List<Map<?, ?>> rows(Exchange exchange) {
    List<Map<?, ?>> rows = new ArrayList<>();
    for (Object row : exchange.getMessage().getBody(List.class)) {
      rows.add((Map<?, ?>) row);
    }
    return rows;
  }
}
