package routes;

import aws.AwsSettings;
import cluster.emr.EmrEvent;
import inflight.InFlight;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import org.jboss.logging.Logger;

/**
 * A cluster has changed its state: look at the clusters now, not at the next poll. There is no such
 * route where no queue is configured, and nothing depends on it: polling stays the truth.
 */
@ApplicationScoped
public class EmrEventsRoute extends Endpoints {

  private static final Logger LOG = Logger.getLogger(EmrEventsRoute.class);

  private final AwsSettings settings;
  private final InFlight inFlight;

  EmrEventsRoute(AwsSettings settings, InFlight inFlight) {
    this.settings = settings;
    this.inFlight = inFlight;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    settings
        .emrEvents()
        .ifPresent(queue -> from(emrEvents(queue)).routeId("emr-events").process(this::take));
  }

  private void take(Exchange exchange) {
    Optional<EmrEvent> event = EmrEvent.read(exchange.getMessage().getBody(String.class));
    if (event.isPresent()) {
      LOG.debugf("%s of %s", event.get().type(), event.get().clusterId());
      inFlight.pollSoon();
    } else {
      LOG.debugf(
          "Message %s is no event of a cluster or step, and dropped",
          exchange.getMessage().getHeader(Sqs2Constants.MESSAGE_ID));
    }
  }
}
