package routes;

import contract.JobResult;
import flow.Leg;
import flow.Sent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import run.Outcome;
import run.Run;
import run.RunState;
import store.RunStore;
import warehouse.Load;
import warehouse.Row;

/**
 * LOADING: sends one statement after another as the load wants them, until it is proven that the
 * table answers with what the job wrote.
 */
@ApplicationScoped
public class LoadRoute extends RouteBuilder {

  private static final String LOAD = "load";

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
        .process(this::begin)
        .doTry()
        .process(exchange -> session.tag(OnLeg.run(exchange)))
        .to("direct:send-statements")
        .process(this::proven)
        .doFinally()
        .process(exchange -> session.untag())
        .end();

    from("direct:send-statements")
        .routeId("send-statements")
        .loopDoWhile(exchange -> load(exchange).next().isPresent())
        .process(exchange -> exchange.getMessage().setBody(load(exchange).next().orElseThrow()))
        .to("direct:send-sql")
        .process(exchange -> load(exchange).answered(rows(exchange)))
        .end();
  }

  private void begin(Exchange exchange) {
    JobResult result = exchange.getMessage().getBody(JobResult.class);
    if (result == null) {
      throw new IllegalStateException("the result file of the job is gone");
    }
    exchange.setProperty(
        LOAD,
        Sent.load(
            onLeg.pipeline(exchange),
            OnLeg.run(exchange),
            OnLeg.leg(exchange, Leg.Load.class).attempt().number(),
            result));
  }

  private void proven(Exchange exchange) {
    Load load = load(exchange);
    Run run = OnLeg.run(exchange);
    runs.loaded(run, run.decide(Outcome.ended(RunState.SUCCEEDED, load.proof())), load.loaded());
  }

  private static Load load(Exchange exchange) {
    return exchange.getProperty(LOAD, Load.class);
  }

  /** A statement that has no rows leaves the body as it was, or a number of them. */
  private static List<Row> rows(Exchange exchange) {
    List<Row> rows = new ArrayList<>();
    if (exchange.getMessage().getBody() instanceof List<?> list) {
      for (Object row : list) {
        Map<String, Object> values = new HashMap<>();
        ((Map<?, ?>) row).forEach((label, value) -> values.put(String.valueOf(label), value));
        rows.add(new Row(values));
      }
    }
    return rows;
  }
}
