package routes;

import contract.ContractJson;
import contract.JobResult;
import contract.Manifest;
import curated.RunPaths;
import flow.UnusableFileException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BiFunction;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Makes what the steps of the run's last attempt wrote for the service the body: the result file,
 * or the manifest of what the step ingest fetched. One that is not there makes an empty body, one
 * that cannot be read an {@link UnusableFileException}.
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
        .process(exchange -> ask(exchange, key))
        .doTry()
        .to(Endpoints.GET_OBJECT)
        .convertBodyTo(String.class)
        .process(exchange -> parse(exchange, address(exchange, key), type))
        .doCatch(NoSuchKeyException.class)
        .setBody(constant((Object) null))
        .end()
        .removeHeaders("CamelAwsS3*");
  }

  private void ask(Exchange exchange, BiFunction<RunPaths, Integer, String> key) {
    RunPaths paths = onLeg.paths(exchange);
    Endpoints.address(exchange, paths, key.apply(paths, attempt(exchange)));
  }

  private String address(Exchange exchange, BiFunction<RunPaths, Integer, String> key) {
    RunPaths paths = onLeg.paths(exchange);
    return paths.uri(key.apply(paths, attempt(exchange)));
  }

  private static int attempt(Exchange exchange) {
    return OnLeg.leg(exchange).open().lastAttempt().orElseThrow().number();
  }

  private static void parse(Exchange exchange, String uri, Class<?> type) {
    String text = exchange.getMessage().getBody(String.class);
    try {
      exchange.getMessage().setBody(ContractJson.read(text, type));
    } catch (IllegalArgumentException e) {
      throw new UnusableFileException(uri, e);
    }
  }
}
