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
 * A queue of events as its consumer finds it: says once that it is out of reach, that its messages
 * cannot be deleted or cannot be taken, and once that this is over, however often it was asked in
 * between. The consumer itself goes on asking.
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
   * @param url where they come from
   * @param meanwhile what happens without them, "clusters are polled all the same"
   * @param isTakenLater whether other threads take the messages than the one that reads them; these
   *     then say when one was {@link #taken}
   */
  EventsQueue(String what, Optional<URI> url, String meanwhile, boolean isTakenLater) {
    this.isTakenLater = isTakenLater;
    this.what = what;
    this.url = url.map(URI::toString).orElse("none");
    this.meanwhile = meanwhile;
  }

  /** What goes wrong, from its first time until a poll without it. */
  private static final class Fault {

    private volatile boolean stands;
    private volatile boolean inThisPoll;

    void begin() {
      inThisPoll = false;
    }

    /** How loud it is told: once, then for those who look closely. */
    Logger.Level met() {
      Logger.Level level = stands ? Logger.Level.DEBUG : Logger.Level.WARN;
      stands = true;
      inThisPoll = true;
      return level;
    }

    /** Whether it stood until now, and this poll did not meet it. */
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

  /** A message was taken, and deleted. */
  void taken() {
    if (isTakenLater) {
      untaken.begin();
      undeleted.begin();
    }
    if (untaken.ends()) {
      LOG.infof("%s are taken again from %s", what, url);
    }
    if (undeleted.ends()) {
      LOG.infof("%s are deleted again from %s", what, url);
    }
  }

  /** A message was taken, and could not be deleted. */
  void notDeleted(Throwable cause) {
    LOG.logf(
        undeleted.met(),
        "Cannot delete %s from %s, which come again: %s",
        what,
        url,
        cause.getMessage());
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
   * @param exchange that of a message that could not be taken, or was taken and could not be
   *     deleted; null where none could be read
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
          "Cannot take %s from %s, which come again; %s: %s",
          what,
          url,
          meanwhile,
          exception.getMessage());
    } else {
      notDeleted(exception);
    }
  }
}
