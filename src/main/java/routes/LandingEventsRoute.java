package routes;

import aws.AwsSettings;
import flow.LandingCounts;
import flow.LandingCounts.Came;
import flow.Work;
import intake.Intake;
import intake.Intake.News;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import landing.LandingListing;
import landing.LandingMessage;
import landing.LandingMessage.Created;
import landing.LandingMessage.Place;
import landing.LandingMessage.Unknown;
import landing.LandingPage;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;

/**
 * S3 says that an object was created: it is looked up, alone, and written down as the listing would
 * have it, and the tick is woken. Its message is deleted after that; where S3 or the run store does
 * not do what it is asked, the message comes again. There is no such route where no queue is
 * configured, and the listing goes on all the same.
 *
 * <p>The witness need not have been asked before: {@code BatchRoute} takes no object of a pipeline
 * until it was, and in a store that it refuses the rows are lost with the store, and listed again.
 */
@ApplicationScoped
public class LandingEventsRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(LandingEventsRoute.class);

  /** The exchange property that says how many new objects there are. */
  private static final String ADDED = "added";

  private final AwsSettings settings;
  private final Pipelines pipelines;
  private final LandingListing listing;
  private final Intake intake;
  private final Work work;
  private final LandingCounts counts;

  LandingEventsRoute(
      AwsSettings settings,
      Pipelines pipelines,
      LandingListing listing,
      Intake intake,
      Work work,
      LandingCounts counts) {
    this.settings = settings;
    this.pipelines = pipelines;
    this.listing = listing;
    this.intake = intake;
    this.work = work;
    this.counts = counts;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    settings.landingEvents().ifPresent(queue -> take(queue.url()));
  }

  /**
   * The tick is woken by a copy: an endpoint of seda would take the deletion of the message over,
   * and a wake-up that adds nothing would never delete it.
   */
  private void take(URI queue) {
    from(Endpoints.landingEvents(queue))
        .routeId("landing-events")
        .process(this::take)
        .choice()
        .when(exchangeProperty(DeadLetterRoute.REASON).isNotNull())
        .to("direct:dead-letter")
        .when(exchangeProperty(ADDED).isGreaterThan(0))
        .wireTap(Endpoints.TICK)
        .end();
  }

  private void take(Exchange exchange) {
    LandingMessage message = LandingMessage.read(exchange.getMessage().getBody(String.class));
    if (message instanceof Created created) {
      int added = created.objects().stream().mapToInt(this::record).sum();
      exchange.setProperty(ADDED, added);
    } else if (message instanceof Unknown unknown) {
      counts.count(Came.UNKNOWN);
      exchange.setProperty(DeadLetterRoute.REASON, unknown.reason());
    } else {
      counts.count(Came.OTHER);
      LOG.debugf("%s, and dropped", message);
    }
  }

  private int record(Place place) {
    List<Pipeline> landing = pipelines.landing(place.bucket(), place.key());
    if (landing.isEmpty() || place.key().endsWith("/")) {
      counts.count(Came.ELSEWHERE);
      LOG.debugf("%s is no landed object of a pipeline, and its event is dropped", place);
      return 0;
    }
    int added = 0;
    for (Pipeline pipeline : landing) {
      LandingPage found = listing.at(pipeline.name(), pipeline.landing(), place.key());
      if (found.objects().isEmpty()) {
        LOG.debugf("%s is not there any more, or has no ETag; its event is dropped", place);
      }
      News news = intake.record(pipeline, found.objects());
      if (news.hasMarker()) {
        work.listings().hasten(pipeline.name());
      }
      added += news.objects();
    }
    counts.count(added > 0 ? Came.NEW : Came.NOTHING_NEW);
    return added;
  }
}
