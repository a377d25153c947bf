package actions;

import aws.AwsSettings;
import aws.AwsSettings.LandingQueue;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Reports a message in the queue of landing events that is no S3 event. It goes to the dead-letter
 * queue. Without one it stays in its queue and is delivered again until the queue's redrive policy
 * or the end of its retention removes it.
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
   * A message that is no S3 event.
   *
   * @param id its id in SQS
   * @param reason why it is no S3 event
   * @param body its text
   * @param receiveCount how often it has been received
   */
  public record Refused(String id, String reason, String body, String receiveCount) {}

  /** The message is in the dead-letter queue. */
  public void moved(Refused message) {
    LOG.warnf("%s; it is in %s", about(message), deadLetters.orElseThrow());
  }

  /**
   * The message stays. This is logged the first time only, because it is delivered each time that
   * its visibility ends.
   */
  public void left(Refused message) {
    LOG.log(
        message.receiveCount().equals("1") ? Logger.Level.WARN : Logger.Level.DEBUG,
        about(message)
            + "; it stays in its queue and is delivered again: set aws.s3.events-dead-letter-queue-url, or give the queue a redrive policy");
  }

  private static String about(Refused message) {
    String body = message.body();
    String start = body.substring(0, Math.min(body.length(), SHOWN)).replaceAll("\\p{Cntrl}", " ");
    return "Message %s is no S3 event. %s: %s".formatted(message.id(), message.reason(), start);
  }
}
