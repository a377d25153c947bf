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
 * Landing: records what has landed, as listings find it and, if S3's events are configured, as
 * events report it. Both wake the tick, which makes batches.
 */
@ApplicationScoped
public class LandingRoutes extends Endpoints {

  private static final int LISTED_AT_ONCE = 4;

  /**
   * How many messages are handled at once. Each spends most of its time waiting to share a listing,
   * a transaction and a deletion with others. The more there are, the more share each of these.
   */
  private static final int TAKEN_AT_ONCE = 64;

  private static final String PIPELINE = "pipeline";
  static final String TAKEN = "taken";

  /**
   * The header with the reason why a message is a dead letter; it becomes an attribute of the SQS
   * message.
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
   * Two threads read the queue, and many handle its messages. If all of these are busy, a reading
   * thread handles a message itself and reads no further meanwhile. A copy of the message wakes the
   * tick, so that the message does not wait for it.
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

  /** A message that is rolled back is not deleted. */
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
