package routes;

import contract.ContractJson;
import contract.JobResult;
import contract.Manifest;
import curated.RunPaths;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BiFunction;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import run.Attempt;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Makes what the steps of the run's last attempt wrote for the service the body: the result file,
 * or the manifest of what the step ingest fetched. One that is not there makes an empty body.
 */
@ApplicationScoped
public class ReadWrittenRoute extends RouteBuilder {

  private final OnLeg onLeg;

  ReadWrittenRoute(OnLeg onLeg) {
    this.onLeg = onLeg;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    read("read-result", RunPaths::resultKey, JobResult.class);
    read("read-manifest", RunPaths::manifestKey, Manifest.class);
  }

  private void read(String name, BiFunction<RunPaths, Integer, String> key, Class<?> type) {
    from("direct:" + name)
        .routeId(name)
        .process(exchange -> address(exchange, key))
        .doTry()
        .to(Endpoints.GET_OBJECT)
        .convertBodyTo(String.class)
        .process(exchange -> parse(exchange, type))
        .doCatch(NoSuchKeyException.class)
        .setBody(constant((Object) null))
        .end()
        .removeHeaders("CamelAwsS3*");
  }

  private void address(Exchange exchange, BiFunction<RunPaths, Integer, String> key) {
    Attempt attempt = OnLeg.leg(exchange).open().lastAttempt().orElseThrow();
    RunPaths paths = onLeg.paths(exchange);
    Endpoints.address(exchange, paths, key.apply(paths, attempt.number()));
  }

  private static void parse(Exchange exchange, Class<?> type) {
    String text = exchange.getMessage().getBody(String.class);
    exchange.getMessage().setBody(ContractJson.read(text, type));
  }
}
