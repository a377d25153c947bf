package routes;

import contract.ContractJson;
import contract.JobResult;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import run.Attempt;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Makes the result file of the run's last attempt the body; a file that is not there makes an empty
 * one.
 */
@ApplicationScoped
public class ReadResultRoute extends RouteBuilder {

  private final OnLeg onLeg;

  ReadResultRoute(OnLeg onLeg) {
    this.onLeg = onLeg;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:read-result")
        .routeId("read-result")
        .process(this::address)
        .doTry()
        .to(Endpoints.GET_OBJECT)
        .convertBodyTo(String.class)
        .process(ReadResultRoute::parse)
        .doCatch(NoSuchKeyException.class)
        .setBody(constant((Object) null))
        .end()
        .removeHeaders("CamelAwsS3*");
  }

  private void address(Exchange exchange) {
    Attempt attempt = OnLeg.leg(exchange).open().lastAttempt().orElseThrow();
    Endpoints.address(
        exchange, onLeg.paths(exchange), onLeg.paths(exchange).resultKey(attempt.number()));
  }

  private static void parse(Exchange exchange) {
    String text = exchange.getMessage().getBody(String.class);
    exchange.getMessage().setBody(ContractJson.read(text, JobResult.class));
  }
}
