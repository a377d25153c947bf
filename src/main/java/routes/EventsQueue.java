package routes;

import aws.AwsSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.net.URI;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.jboss.logging.Logger;

/**
 * The queue of EMR's events as its consumer finds it: says once that it is out of reach, and once
 * that it is back, however often it was asked in between. The consumer itself goes on asking.
 */
@Named("emrEventsQueue")
@ApplicationScoped
public class EmrEventsQueue implements PollingConsumerPollStrategy, ExceptionHandler {

  private static final Logger LOG = Logger.getLogger(EmrEventsQueue.class);

  private final String url;
  private volatile boolean unread;
  private volatile boolean undeleted;
  private volatile boolean deletes;

  EmrEventsQueue(AwsSettings settings) {
    this.url = settings.emrEvents().map(URI::toString).orElse("none");
  }

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    deletes = true;
    return true;
  }

  @Override
  public void commit(Consumer consumer, Endpoint endpoint, int messages) {
    if (unread) {
      unread = false;
      LOG.infof("EMR's events are read again from %s", url);
    }
    if (undeleted && deletes && messages > 0) {
      undeleted = false;
      LOG.infof("EMR's events are deleted again from %s", url);
    }
  }

  /** Leaves the failure to {@link #handleException}, and the next try to the next poll. */
  @Override
  public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception cause) {
    return false;
  }

  @Override
  public void handleException(Throwable exception) {
    handleException("", null, exception);
  }

  @Override
  public void handleException(String message, Throwable exception) {
    handleException(message, null, exception);
  }

  /**
   * @param exchange that of a message that was taken and could not be deleted; null where none
   *     could be read
   */
  @Override
  public void handleException(String message, Exchange exchange, Throwable exception) {
    if (exchange == null) {
      LOG.logf(
          unread ? Logger.Level.DEBUG : Logger.Level.WARN,
          "Cannot read EMR's events from %s, will try again; clusters are polled all the same: %s",
          url,
          exception.getMessage());
      unread = true;
    } else {
      LOG.logf(
          undeleted ? Logger.Level.DEBUG : Logger.Level.WARN,
          "Cannot delete EMR's events from %s, which come again: %s",
          url,
          exception.getMessage());
      undeleted = true;
      deletes = false;
    }
  }
}
