package routes;

import aws.AwsSettings;
import batch.LandedObject;
import inflight.InFlight;
import intake.Intake;
import intake.Intake.News;
import intake.KeyLookup;
import intake.Together;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Named;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import landing.LandingCounts;
import landing.LandingCounts.Came;
import landing.LandingMessage;
import landing.LandingMessage.Created;
import landing.LandingMessage.Place;
import landing.LandingMessage.Unknown;
import landing.LandingPage;
import landing.TakenMessages;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * S3 says that an object was created: it is looked up, alone, and written down as the listing would
 * have it, and the tick is woken. Its message is deleted after that; where S3 or the run store does
 * not do what it is asked, the message comes again. Two threads read the queue, and several take
 * its messages: those that are at the same point share a transaction of the store, and a call of
 * SQS. Where all of them are busy, the reading thread takes a message itself and reads no further.
 * There is no such route where no queue is configured, and the listing goes on all the same.
 *
 * <p>The witness need not have been asked before: {@code BatchRoute} takes no object of a pipeline
 * until it was, and in a store that it refuses the rows are lost with the store, and listed again.
 */
@ApplicationScoped
public class LandingEventsRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(LandingEventsRoute.class);

  /**
   * So many messages are taken at once. Each waits most of its time: for its turn to share a
   * listing ({@link KeyLookup} bounds how many are under way), a transaction and a deletion with
   * others. The more there are, the more share each of these.
   */
  private static final int TAKERS = 64;

  /** The exchange property that says how many new objects there are. */
  private static final String ADDED = "added";

  private final AwsSettings settings;
  private final Pipelines pipelines;
  private final KeyLookup lookup;
  private final Intake intake;
  private final InFlight inFlight;
  private final LandingCounts counts;
  private final EventsQueue queue;
  private final Instance<SqsClient> sqs;

  LandingEventsRoute(
      AwsSettings settings,
      Pipelines pipelines,
      KeyLookup lookup,
      Intake intake,
      InFlight inFlight,
      LandingCounts counts,
      @Named("landingEventsQueue") EventsQueue queue,
      Instance<SqsClient> sqs) {
    this.settings = settings;
    this.pipelines = pipelines;
    this.lookup = lookup;
    this.intake = intake;
    this.inFlight = inFlight;
    this.counts = counts;
    this.queue = queue;
    this.sqs = sqs;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    settings.landingEvents().ifPresent(queue -> take(queue.url()));
  }

  /** The tick is woken by a copy: the end of a message must not wait for it. */
  private void take(URI url) {
    TakenMessages taken = new TakenMessages(sqs.get(), url.toString());
    Together<String, Optional<String>> deletions =
        new Together<>(TakenMessages.AT_ONCE, taken::delete);
    from(Endpoints.landingEvents(url))
        .routeId("landing-events")
        .threads(TAKERS, TAKERS, "take-landing-events")
        .maxQueueSize(TAKERS)
        .process(this::take)
        .choice()
        .when(exchangeProperty(DeadLetterRoute.REASON).isNotNull())
        .to("direct:dead-letter")
        .when(exchangeProperty(ADDED).isGreaterThan(0))
        .wireTap(Endpoints.TICK)
        .end()
        .end()
        .process(exchange -> delete(exchange, deletions));
  }

  /** What it said is done; a message that could not be deleted comes again and changes nothing. */
  private void delete(Exchange exchange, Together<String, Optional<String>> deletions) {
    String handle = exchange.getMessage().getHeader(Sqs2Constants.RECEIPT_HANDLE, String.class);
    try {
      Optional<String> failure = deletions.ask(handle);
      if (failure.isEmpty()) {
        queue.taken();
      } else {
        queue.handleException("", exchange, new IllegalStateException(failure.get()));
      }
    } catch (SdkException e) {
      queue.handleException("", exchange, e);
    }
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
      LandingPage found = lookup.at(pipeline, place.key());
      if (found.objects().isEmpty()) {
        LOG.debugf("%s is not there any more, or has no ETag; its event is dropped", place);
      }
      for (LandedObject object : found.objects()) {
        News news = intake.recordOne(pipeline, object);
        if (news.hasMarker()) {
          inFlight.listings().expedite(pipeline.name());
        }
        added += news.objects();
      }
    }
    counts.count(added > 0 ? Came.NEW : Came.NOTHING_NEW);
    return added;
  }
}
