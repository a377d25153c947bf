package routes;

import aws.AwsSettings;
import cluster.EmrGateway;
import flow.Adoption;
import flow.Leg.Adopt;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import pipeline.ServiceSettings;
import run.Attempt;
import store.RunStore;

/**
 * RunJobFlow was sent and its answer is not known: the attempt's cluster is the one that bears its
 * name.
 */
@ApplicationScoped
public class AdoptRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(AdoptRoute.class);

  private final EmrGateway emr;
  private final RunStore runs;
  private final ServiceSettings settings;
  private final AwsSettings aws;
  private final Clock clock;

  AdoptRoute(
      EmrGateway emr, RunStore runs, ServiceSettings settings, AwsSettings aws, Clock clock) {
    this.emr = emr;
    this.runs = runs;
    this.settings = settings;
    this.aws = aws;
    this.clock = clock;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:adopt-cluster").routeId("adopt-cluster").process(this::adopt);
  }

  private void adopt(Exchange exchange) {
    Attempt attempt = OnLeg.leg(exchange, Adopt.class).attempt();
    Instant asked = clock.instant();
    Adoption adoption =
        Adoption.of(
            attempt,
            emr.findByName(attempt.clusterName(), attempt.intendedAt()),
            aws.callTimeout().plus(settings.clusterVisibility()),
            asked);
    adoption.surplus().forEach(emr::terminate);
    if (adoption.cluster().isPresent()) {
      runs.save(attempt.launched(adoption.cluster().get()));
      LOG.infof(
          "Attempt %d of run %s adopts cluster %s",
          attempt.number(), attempt.run(), adoption.cluster().get());
    } else if (adoption.nothingCreated()) {
      runs.save(attempt.refused());
    } else {
      throw new IllegalStateException(
          "EMR does not list the cluster '%s' (yet); RunJobFlow was sent at %s without an answer"
              .formatted(attempt.clusterName(), attempt.calledAt().orElseThrow()));
    }
  }
}
