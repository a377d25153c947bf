package routes;

import contract.Column;
import contract.ContractJson;
import contract.JobResult;
import curated.WrittenFiles;
import flow.Action.Judge;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import pipeline.Pipeline;
import run.Attempt;

/**
 * Makes the result of steps of the user's own that left none out of what they wrote, and keeps it
 * as the attempt's result file: whoever reads it later, after a restart too, reads the same.
 */
@ApplicationScoped
public class ReadFootersRoute extends RouteBuilder {

  private static final String RESULT = "result-of-footers";

  private final RunExchange runExchange;
  private final WrittenFiles files;

  ReadFootersRoute(RunExchange runExchange, WrittenFiles files) {
    this.runExchange = runExchange;
    this.files = files;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:read-footers")
        .routeId("read-footers")
        .filter(this::isWanted)
        .process(this::result)
        .to(Endpoints.PUT_OBJECT)
        .setBody(exchangeProperty(RESULT))
        .removeHeaders("CamelAwsS3*")
        .end();
  }

  private boolean isWanted(Exchange exchange) {
    Attempt attempt = RunExchange.action(exchange, Judge.class).attempt();
    return exchange.getMessage().getBody() == null
        && runExchange.pipeline(exchange).steps().areOwn()
        && attempt.cluster().orElseThrow().stepsCompleted();
  }

  private void result(Exchange exchange) {
    Pipeline pipeline = runExchange.pipeline(exchange);
    int attempt = RunExchange.action(exchange, Judge.class).attempt().number();
    Map<String, String> declared =
        pipeline.warehouse().columns().orElse(List.of()).stream()
            .collect(Collectors.toMap(Column::name, Column::type));
    JobResult result = files.result(runExchange.paths(exchange), attempt, declared);
    exchange.setProperty(RESULT, result);
    Endpoints.address(
        exchange, runExchange.paths(exchange), runExchange.paths(exchange).resultKey(attempt));
    exchange.getMessage().setBody(ContractJson.write(result).getBytes(StandardCharsets.UTF_8));
  }
}
