package routes;

import actions.CheckStore;
import actions.DeleteMessage;
import actions.ListLanding;
import actions.RefuseMessage;
import actions.RefuseMessage.Refused;
import actions.TakeLandingEvent;
import actions.TakeLandingEvent.Taken;
import aws.AwsSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.net.URI;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import pipeline.Pipeline;

/**
 * Landing: what has landed is written down, as listings find it and, where S3's events are at hand,
 * as these tell of it. Both wake the tick, which makes batches of it.
 */
@ApplicationScoped
public class LandingRoutes extends Endpoints {

  private static final int LISTED_AT_ONCE = 4;

  /**
   * So many messages are taken at once. Each waits most of its time: for its turn to share a
   * listing, a transaction and a deletion with others. The more there are, the more share each of
   * these.
   */
  private static final int TAKEN_AT_ONCE = 64;

  private static final String PIPELINE = "pipeline";
  static final String TAKEN = "taken";

  /**
   * The header that says why a message is a dead letter; SQS makes it an attribute of the message.
   */
  private static final String REASON = "reason";

  private final AwsSettings settings;
  private final ListLanding listLanding;
  private final CheckStore checkStore;
  private final TakeLandingEvent takeLandingEvent;
  private final DeleteMessage deleteMessage;
  private final RefuseMessage refuseMessage;
  private final EventsQueue queue;

  LandingRoutes(
      AwsSettings settings,
      ListLanding listLanding,
      CheckStore checkStore,
      TakeLandingEvent takeLandingEvent,
      DeleteMessage deleteMessage,
      RefuseMessage refuseMessage,
      @Named("landingEventsQueue") EventsQueue queue) {
    this.settings = settings;
    this.listLanding = listLanding;
    this.checkStore = checkStore;
    this.takeLandingEvent = takeLandingEvent;
    this.deleteMessage = deleteMessage;
    this.refuseMessage = refuseMessage;
    this.queue = queue;
  }

  @Override
  public void configure() {
    listings();
    settings
        .landingEvents()
        .ifPresent(
            landing -> {
              events(landing.url());
              landing.deadLetters().ifPresentOrElse(this::deadLetters, this::noDeadLetters);
            });
  }

  /**
   * Each pipeline's prefix slice by slice; after each slice the other pipelines have their turn.
   */
  private void listings() {
    from(landingListings())
        .routeId("list-landing")
        .setBody(exchange -> listLanding.due())
        .split(body())
        .to(toPool("list-pipeline"));

    from(pool("list-pipeline", LISTED_AT_ONCE))
        .routeId("list-pipeline")
        .setVariable(PIPELINE, body())
        .doTry()
        .process(exchange -> checkStore.check(pipeline(exchange)))
        .process(exchange -> listLanding.list(pipeline(exchange)))
        .to(tick(), listLanding())
        .doCatch(Throwable.class)
        .process(exchange -> listLanding.failed(pipeline(exchange), thrown(exchange)))
        .end();
  }

  /**
   * Two threads read the queue, and many take its messages. Where all of these are busy, a reading
   * thread takes a message itself and reads no further. The tick is woken by a copy: the end of a
   * message must not wait for it.
   */
  private void events(URI url) {
    from(landingEvents(url))
        .routeId("landing-events")
        .threads(TAKEN_AT_ONCE, TAKEN_AT_ONCE, "take-landing-events")
        .maxQueueSize(TAKEN_AT_ONCE)
        .setVariable(TAKEN)
        .exchange(exchange -> takeLandingEvent.take(body(exchange, String.class)))
        .choice()
        .when(exchange -> taken(exchange).unknown().isPresent())
        .to(direct("dead-letter"))
        .when(exchange -> taken(exchange).added() > 0)
        .wireTap(tick())
        .end()
        .end()
        .doTry()
        .process(exchange -> deleteMessage.delete(receipt(exchange)))
        .process(exchange -> queue.taken())
        .doCatch(Exception.class)
        .process(exchange -> queue.notDeleted(cause(exchange)))
        .end();
  }

  private void deadLetters(URI url) {
    from(direct("dead-letter"))
        .routeId("dead-letter")
        .removeHeaders("*", "CamelAwsSqs*")
        .setHeader(REASON)
        .exchange(exchange -> taken(exchange).unknown().orElseThrow())
        .to(deadLetterQueue(url))
        .process(exchange -> refuseMessage.moved(refused(exchange)));
  }

  /** Rolled back, the message is not deleted. */
  final void noDeadLetters() {
    from(direct("dead-letter"))
        .routeId("dead-letter")
        .process(exchange -> refuseMessage.left(refused(exchange)))
        .process(exchange -> exchange.setRollbackOnly(true));
  }

  private static Pipeline pipeline(Exchange exchange) {
    return exchange.getVariable(PIPELINE, Pipeline.class);
  }

  private static Taken taken(Exchange exchange) {
    return exchange.getVariable(TAKEN, Taken.class);
  }

  private static String receipt(Exchange exchange) {
    return exchange.getMessage().getHeader(Sqs2Constants.RECEIPT_HANDLE, String.class);
  }

  private static Refused refused(Exchange exchange) {
    return new Refused(
        exchange.getMessage().getHeader(Sqs2Constants.MESSAGE_ID, String.class),
        taken(exchange).unknown().orElseThrow(),
        body(exchange, String.class),
        exchange.getMessage().getHeader(RECEIVE_COUNT, "", String.class));
  }
}
