package routes;

import flow.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import landing.LandingListing;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;
import store.LandedObjects;

/**
 * Lists each pipeline's landing prefix when it is due, and writes down what is new, page by page.
 * Pipelines whose runs ingest their objects themselves have nothing to be found.
 */
@ApplicationScoped
public class LandingRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(LandingRoute.class);

  /** The exchange property that has the pipeline. */
  static final String PIPELINE = "pipeline";

  private final Pipelines pipelines;
  private final LandingListing listing;
  private final LandedObjects objects;
  private final Work work;
  private final Clock clock;

  LandingRoute(
      Pipelines pipelines, LandingListing listing, LandedObjects objects, Work work, Clock clock) {
    this.pipelines = pipelines;
    this.listing = listing;
    this.objects = objects;
    this.work = work;
    this.clock = clock;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from(Endpoints.LIST_LANDING)
        .routeId("list-landing")
        .process(exchange -> exchange.getMessage().setBody(due()))
        .split(body())
        .to(Endpoints.LIST_PIPELINE);

    from(Endpoints.LIST_PIPELINE)
        .routeId("list-pipeline")
        .setProperty(PIPELINE, body())
        .doTry()
        .to("direct:ask-witness")
        .process(exchange -> list(pipeline(exchange)))
        .to(Endpoints.TICK)
        .doCatch(Throwable.class)
        .process(this::failed)
        .end();
  }

  private List<Pipeline> due() {
    Instant now = clock.instant();
    return pipelines.all().stream()
        .filter(pipeline -> pipeline.ingest().isEmpty())
        .filter(pipeline -> work.listings().claim(pipeline.name(), now))
        .toList();
  }

  private void list(Pipeline pipeline) {
    List<String> unidentified = new ArrayList<>();
    listing
        .pages(pipeline.name(), pipeline.landing())
        .forEach(
            page -> {
              objects.record(pipeline.name(), page.objects());
              unidentified.addAll(page.unidentified());
            });
    if (!unidentified.isEmpty()) {
      throw new IllegalStateException(
          "%d objects are listed without an ETag and are not taken, the first is %s; have the store give each object one"
              .formatted(unidentified.size(), unidentified.get(0)));
    }
    Instant now = clock.instant();
    work.listings().release(pipeline.name(), now.plus(pipeline.landing().poll()), now);
  }

  private void failed(Exchange exchange) {
    Pipeline pipeline = pipeline(exchange);
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    LOG.warnf(
        "Cannot list s3://%s/%s for pipeline %s: %s",
        pipeline.landing().bucket(),
        pipeline.landing().prefix(),
        pipeline.name(),
        cause.getMessage());
    work.listings().fail(pipeline.name(), String.valueOf(cause.getMessage()), clock.instant());
  }

  private static Pipeline pipeline(Exchange exchange) {
    return exchange.getProperty(PIPELINE, Pipeline.class);
  }
}
