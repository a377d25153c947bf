package routes;

import curated.StagedFile;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Puts the programs of a user's own steps where the cluster finds them. */
@ApplicationScoped
public class StageStepsRoute extends RouteBuilder {

  private final OnLeg onLeg;

  StageStepsRoute(OnLeg onLeg) {
    this.onLeg = onLeg;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:stage-steps")
        .routeId("stage-steps")
        .setBody(exchange -> onLeg.pipeline(exchange).steps().files())
        .split(body())
        .stopOnException()
        .process(this::address)
        .to(Endpoints.PUT_OBJECT)
        .end();
  }

  private void address(Exchange exchange) {
    StagedFile file = exchange.getMessage().getBody(StagedFile.class);
    Endpoints.address(exchange, onLeg.paths(exchange), file.key());
    exchange.getMessage().setBody(file.bytes());
  }
}
