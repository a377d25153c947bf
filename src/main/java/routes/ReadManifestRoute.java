package routes;

import contract.ContractJson;
import contract.Manifest;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import run.Attempt;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Makes the manifest that the step ingest of the run's last attempt wrote the body; one that is not
 * there makes an empty body.
 */
@ApplicationScoped
public class ReadManifestRoute extends RouteBuilder {

  private final OnLeg onLeg;

  ReadManifestRoute(OnLeg onLeg) {
    this.onLeg = onLeg;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:read-manifest")
        .routeId("read-manifest")
        .process(this::address)
        .doTry()
        .to(Endpoints.GET_OBJECT)
        .convertBodyTo(String.class)
        .process(ReadManifestRoute::parse)
        .doCatch(NoSuchKeyException.class)
        .setBody(constant((Object) null))
        .end()
        .removeHeaders("CamelAwsS3*");
  }

  private void address(Exchange exchange) {
    Attempt attempt = OnLeg.leg(exchange).open().lastAttempt().orElseThrow();
    Endpoints.address(
        exchange, onLeg.paths(exchange), onLeg.paths(exchange).manifestKey(attempt.number()));
  }

  private static void parse(Exchange exchange) {
    String text = exchange.getMessage().getBody(String.class);
    exchange.getMessage().setBody(ContractJson.read(text, Manifest.class));
  }
}
