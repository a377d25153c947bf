package polling;

import cluster.emr.EmrEvent;
import inflight.InFlight;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Has the clusters polled as soon as an event says that one has changed, not only at the next poll.
 * Nothing depends on an event: polling stays the truth.
 */
@ApplicationScoped
public class EmrEvents {

  private static final Logger LOG = Logger.getLogger(EmrEvents.class);

  private final InFlight inFlight;

  EmrEvents(InFlight inFlight) {
    this.inFlight = inFlight;
  }

  /**
   * Takes a message of the queue.
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
      LOG.debugf("Message %s is no event of a cluster or step, and dropped", id);
    }
  }
}
