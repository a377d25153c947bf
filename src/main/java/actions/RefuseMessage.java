package actions;

import aws.AwsSettings;
import aws.AwsSettings.LandingQueue;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Tells of a message of the queue of landing events that is none of S3's. It goes to the queue of
 * dead letters; where there is none it stays where it is, and comes again until the queue's own
 * redrive policy or the end of its time takes it away.
 */
@ApplicationScoped
public class RefuseMessage {

  private static final Logger LOG = Logger.getLogger(RefuseMessage.class);

  /** How many characters of a message the log shows. */
  private static final int SHOWN = 100;

  private final Optional<URI> deadLetters;

  RefuseMessage(AwsSettings settings) {
    this.deadLetters = settings.landingEvents().flatMap(LandingQueue::deadLetters);
  }

  /**
   * Such a message.
   *
   * @param id its id in SQS
   * @param reason why it is none of S3's events
   * @param body what it says
   * @param receiveCount how often it was received by now
   */
  public record Refused(String id, String reason, String body, String receiveCount) {}

  /** It is in the queue of dead letters. */
  public void moved(Refused message) {
    LOG.warnf("%s; it is in %s", about(message), deadLetters.orElseThrow());
  }

  /** It stays. That is told the first time only; it comes every time that its visibility ends. */
  public void left(Refused message) {
    LOG.log(
        message.receiveCount().equals("1") ? Logger.Level.WARN : Logger.Level.DEBUG,
        about(message)
            + "; it stays in its queue, and comes again: write aws.s3.events-dead-letter-queue-url, or give the queue a redrive policy");
  }

  private static String about(Refused message) {
    String body = message.body();
    String start = body.substring(0, Math.min(body.length(), SHOWN)).replaceAll("\\p{Cntrl}", " ");
    return "Message %s of S3's events is not known. %s: %s"
        .formatted(message.id(), message.reason(), start);
  }
}
