package routes;

import contract.JobResult;
import contract.Manifest;
import curated.RunPaths;
import flow.UnusableFileException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Makes what the steps of the run's last attempt wrote for the service the body: the result file,
 * or the manifest of what the step ingest fetched. One that is not there makes an empty body, one
 * that cannot be read an {@link UnusableFileException}.
 */
@ApplicationScoped
public class ReadWrittenRoute extends RouteBuilder {

  /** Room for the manifest of a hundred thousand objects; it is in memory as a whole. */
  private static final long MOST_BYTES = 64L << 20;

  private final OnLeg onLeg;

  ReadWrittenRoute(OnLeg onLeg) {
    this.onLeg = onLeg;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    read("read-result", RunPaths::resultKey, text -> JobResult.read("the result", text));
    read("read-manifest", RunPaths::manifestKey, text -> Manifest.read("the manifest", text));
  }

  private void read(
      String name, BiFunction<RunPaths, Integer, String> key, Function<String, ?> reader) {
    from("direct:" + name)
        .routeId(name)
        .process(exchange -> ask(exchange, key))
        .doTry()
        .to(Endpoints.GET_OBJECT)
        .process(exchange -> refuseLarge(exchange, address(exchange, key)))
        .convertBodyTo(String.class)
        .process(exchange -> parse(exchange, address(exchange, key), reader))
        .doCatch(NoSuchKeyException.class)
        .setBody(constant((Object) null))
        .end()
        .removeHeaders("CamelAwsS3*");
  }

  /** A step may have written anything there. */
  private static void refuseLarge(Exchange exchange, String uri) {
    long length = exchange.getMessage().getHeader(AWS2S3Constants.CONTENT_LENGTH, 0L, Long.class);
    if (length > MOST_BYTES) {
      if (exchange.getMessage().getBody() instanceof Abortable body) {
        body.abort();
      }
      throw new UnusableFileException(
          uri,
          new IllegalArgumentException(
              "It has %d bytes, and at most %d are read".formatted(length, MOST_BYTES)));
    }
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

  private static void parse(Exchange exchange, String uri, Function<String, ?> reader) {
    String text = exchange.getMessage().getBody(String.class);
    try {
      exchange.getMessage().setBody(reader.apply(text));
    } catch (IllegalArgumentException e) {
      throw new UnusableFileException(uri, e);
    }
  }
}
