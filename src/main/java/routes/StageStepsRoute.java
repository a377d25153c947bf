package routes;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import staging.StagedFile;

/** Puts the programs of a user's own steps where the cluster finds them. */
@ApplicationScoped
public class StageStepsRoute extends RouteBuilder {

  private final RunExchange runExchange;

  StageStepsRoute(RunExchange runExchange) {
    this.runExchange = runExchange;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:stage-steps")
        .routeId("stage-steps")
        .setBody(exchange -> runExchange.pipeline(exchange).steps().files())
        .split(body())
        .stopOnException()
        .process(this::address)
        .to(Endpoints.PUT_OBJECT)
        .end();
  }

  private void address(Exchange exchange) {
    StagedFile file = exchange.getMessage().getBody(StagedFile.class);
    Endpoints.address(exchange, runExchange.paths(exchange), file.key());
    exchange.getMessage().setBody(file.bytes());
  }
}
