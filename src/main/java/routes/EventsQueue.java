package routes;

import java.net.URI;
import java.util.Optional;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.jboss.logging.Logger;

/**
 * The state of a queue of events as its consumer finds it. It logs once that the queue is
 * unreachable, or that its messages cannot be deleted or handled, and once that this is over,
 * however often the consumer tries in between. The consumer itself keeps trying.
 */
public class EventsQueue implements PollingConsumerPollStrategy, ExceptionHandler {

  private static final Logger LOG = Logger.getLogger(EventsQueue.class);

  private final String what;
  private final String url;
  private final String meanwhile;
  private final boolean isTakenLater;
  private final Fault unread = new Fault();
  private final Fault untaken = new Fault();
  private final Fault undeleted = new Fault();

  /**
   * @param what whose events they are, "EMR's events"
   * @param url the queue's URL
   * @param meanwhile what happens without them, "clusters are polled all the same"
   * @param isTakenLater whether other threads than the reading one handle the messages; these then
   *     report each message that was {@link #taken}
   */
  EventsQueue(String what, Optional<URI> url, String meanwhile, boolean isTakenLater) {
    this.isTakenLater = isTakenLater;
    this.what = what;
    this.url = url.map(URI::toString).orElse("none");
    this.meanwhile = meanwhile;
  }

  /** A problem, from its first occurrence until a poll without it. */
  private static final class Fault {

    private volatile boolean stands;
    private volatile boolean inThisPoll;

    void begin() {
      inThisPoll = false;
    }

    /** The level to log it with: WARN the first time, then DEBUG. */
    Logger.Level met() {
      Logger.Level level = stands ? Logger.Level.DEBUG : Logger.Level.WARN;
      stands = true;
      inThisPoll = true;
      return level;
    }

    /** Whether the problem existed until now, and this poll did not meet it. */
    synchronized boolean ends() {
      boolean ends = stands && !inThisPoll;
      stands = stands && inThisPoll;
      return ends;
    }
  }

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    unread.begin();
    if (!isTakenLater) {
      untaken.begin();
      undeleted.begin();
    }
    return true;
  }

  @Override
  public void commit(Consumer consumer, Endpoint endpoint, int messages) {
    if (unread.ends()) {
      LOG.infof("%s are read again from %s", what, url);
    }
    if (messages > 0 && !isTakenLater) {
      taken();
    }
  }

  /** A message was handled and deleted. */
  void taken() {
    if (isTakenLater) {
      untaken.begin();
      undeleted.begin();
    }
    if (untaken.ends()) {
      LOG.infof("%s from %s are handled again", what, url);
    }
    if (undeleted.ends()) {
      LOG.infof("%s are deleted again from %s", what, url);
    }
  }

  /** A message was handled, and could not be deleted. */
  void notDeleted(Throwable cause) {
    LOG.logf(
        undeleted.met(),
        "Cannot delete %s from %s, which are delivered again: %s",
        what,
        url,
        cause.getMessage());
  }

  /** Leaves the failure to {@link #handleException}; the next poll tries again. */
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
   * @param exchange the exchange of a message that could not be handled, or was handled and could
   *     not be deleted; null if none could be read
   */
  @Override
  public void handleException(String message, Exchange exchange, Throwable exception) {
    if (exchange == null) {
      LOG.logf(
          unread.met(),
          "Cannot read %s from %s, will try again; %s: %s",
          what,
          url,
          meanwhile,
          exception.getMessage());
    } else if (exchange.getException() != null) {
      LOG.logf(
          untaken.met(),
          "Cannot handle %s from %s, which are delivered again; %s: %s",
          what,
          url,
          meanwhile,
          exception.getMessage());
    } else {
      notDeleted(exception);
    }
  }
}
