package polling;

import cluster.emr.EmrEvent;
import inflight.InFlight;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Brings the next poll of the clusters forward when an event reports that one has changed. Nothing
 * depends on an event: only the poll counts.
 */
@ApplicationScoped
public class EmrEvents {

  private static final Logger LOG = Logger.getLogger(EmrEvents.class);

  private final InFlight inFlight;

  EmrEvents(InFlight inFlight) {
    this.inFlight = inFlight;
  }

  /**
   * Handles a message of the queue.
   *
   * @param message its body
   * @param id SQS's id of it, for the log
   */
  public void take(String message, String id) {
    Optional<EmrEvent> event = EmrEvent.read(message);
    if (event.isPresent()) {
      LOG.debugf("%s of %s", event.get().type(), event.get().clusterId());
      inFlight.pollSoon();
    } else {
      LOG.debugf("Dropped message %s: it is no event of a cluster or step", id);
    }
  }
}
