package routes;

import aws.AwsSettings;
import aws.AwsSettings.LandingQueue;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import org.jboss.logging.Logger;

/**
 * A message of the queue of landing events that nobody knows: goes to the queue of dead letters
 * with the reason as an attribute of it. Where there is none it stays where it is, and comes again
 * until the queue's own redrive policy or the end of its time takes it away.
 */
@ApplicationScoped
public class DeadLetterRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(DeadLetterRoute.class);

  /** The exchange property that says why, and the name of the message's attribute that does. */
  static final String REASON = "reason";

  /** How many characters of a message the log shows. */
  private static final int SHOWN = 100;

  private final AwsSettings settings;

  DeadLetterRoute(AwsSettings settings) {
    this.settings = settings;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    Optional<URI> deadLetters = settings.landingEvents().flatMap(LandingQueue::deadLetters);
    if (deadLetters.isPresent()) {
      from("direct:dead-letter")
          .routeId("dead-letter")
          .removeHeaders("*", "CamelAwsSqs*")
          .setHeader(REASON, exchangeProperty(REASON))
          .to(Endpoints.deadLetters(deadLetters.get()))
          .process(exchange -> LOG.warn(about(exchange) + "; it is in " + deadLetters.get()));
    } else if (settings.landingEvents().isPresent()) {
      from("direct:dead-letter").routeId("dead-letter").process(this::leave);
    }
  }

  /** Says it the first time only; the message comes every time that its visibility ends. */
  private void leave(Exchange exchange) {
    boolean isFirst =
        "1".equals(exchange.getMessage().getHeader(Endpoints.RECEIVE_COUNT, String.class));
    LOG.log(
        isFirst ? Logger.Level.WARN : Logger.Level.DEBUG,
        about(exchange)
            + "; it stays in its queue, and comes again: write aws.s3.events-dead-letter-queue-url, or give the queue a redrive policy");
    exchange.setRollbackOnly(true);
  }

  private static String about(Exchange exchange) {
    String body = exchange.getMessage().getBody(String.class);
    String start = body.substring(0, Math.min(body.length(), SHOWN)).replaceAll("\\p{Cntrl}", " ");
    return "Message %s of S3's events is not known. %s: %s"
        .formatted(
            exchange.getMessage().getHeader(Sqs2Constants.MESSAGE_ID),
            exchange.getProperty(REASON),
            start);
  }
}
