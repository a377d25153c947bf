package routes;

import cluster.EmrGateway;
import cluster.LaunchAnswer;
import contract.ContractJson;
import curated.JobJar;
import curated.RunPaths;
import flow.NextStep.Launch;
import flow.Sent;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;
import pipeline.ServiceSettings;
import run.Attempt;
import run.Failure;
import run.FailureKind;
import run.Outcome;
import run.Run;
import store.RunStore;

/**
 * INTENDED to LAUNCHED: stages what the cluster needs and has exactly one cluster of the attempt's
 * name. RunJobFlow has no idempotency token, so the call is written down before it is made; while
 * its answer is not known, the name is looked for first.
 */
@ApplicationScoped
public class LaunchRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(LaunchRoute.class);

  /**
   * How far the clocks of EMR and of this machine may be apart when a cluster is looked for by its
   * time.
   */
  static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(10);

  private final Pipelines pipelines;
  private final EmrGateway emr;
  private final RunStore runs;
  private final ServiceSettings settings;
  private final Clock clock;
  private final JobJar jar = JobJar.carried();

  LaunchRoute(
      Pipelines pipelines, EmrGateway emr, RunStore runs, ServiceSettings settings, Clock clock) {
    this.pipelines = pipelines;
    this.emr = emr;
    this.runs = runs;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:launch-cluster")
        .routeId("launch-cluster")
        .choice()
        .when(exchange -> attempt(exchange).calledAt().isPresent())
        .process(this::adopt)
        .otherwise()
        .process(this::jobJar)
        .to(Endpoints.PUT_OBJECT)
        .process(this::jobDescription)
        .to(Endpoints.PUT_OBJECT)
        .process(this::launch)
        .end();
  }

  private void jobJar(Exchange exchange) {
    Endpoints.address(exchange, paths(exchange), jar.key());
    exchange.getMessage().setBody(jar.bytes());
  }

  private void jobDescription(Exchange exchange) {
    Attempt attempt = attempt(exchange);
    Endpoints.address(exchange, paths(exchange), paths(exchange).jobKey(attempt.number()));
    exchange
        .getMessage()
        .setBody(
            ContractJson.write(
                    Sent.jobDescription(pipeline(exchange), attempt.run(), attempt.number()))
                .getBytes(StandardCharsets.UTF_8));
  }

  private void launch(Exchange exchange) {
    Run run = LegEnd.step(exchange, Launch.class).open().run();
    Attempt called = runs.save(attempt(exchange).called(clock.instant()));
    LaunchAnswer answer =
        emr.launch(Sent.runJobFlow(pipeline(exchange), called, settings.installation(), jar.key()));
    if (answer instanceof LaunchAnswer.Launched launched) {
      launched(called, launched.clusterId());
    } else if (answer instanceof LaunchAnswer.Refused refused) {
      Failure failure =
          new Failure(
              FailureKind.VALIDATION,
              "EMR refused the cluster: " + refused.message(),
              "Mend pipelines.%s.cluster.*, then run the objects again".formatted(run.pipeline()));
      runs.save(run, run.decide(Outcome.failed(failure)), called.refused());
    } else if (answer instanceof LaunchAnswer.NotNow notNow) {
      runs.save(called.refused());
      throw new IllegalStateException("EMR does not launch a cluster now: " + notNow.message());
    } else if (answer instanceof LaunchAnswer.Unknown unknown) {
      throw new IllegalStateException(
          "EMR's answer to RunJobFlow is not known, its cluster is looked for: "
              + unknown.message());
    }
  }

  /**
   * RunJobFlow was sent and its answer is not known: the cluster is the one that bears the
   * attempt's name.
   */
  private void adopt(Exchange exchange) {
    Attempt attempt = attempt(exchange);
    Instant called = attempt.calledAt().orElseThrow();
    List<String> found =
        emr.findByName(attempt.clusterName(), attempt.intendedAt().minus(CLOCK_DIFFERENCE));
    if (!found.isEmpty()) {
      found.stream().skip(1).forEach(emr::terminate);
      launched(attempt, found.get(0));
    } else if (clock.instant().isAfter(called.plus(settings.clusterVisibility()))) {
      runs.save(attempt.refused());
    } else {
      throw new IllegalStateException(
          "EMR does not list the cluster '%s' (yet); RunJobFlow was sent at %s without an answer"
              .formatted(attempt.clusterName(), called));
    }
  }

  private void launched(Attempt attempt, String clusterId) {
    runs.save(attempt.launched(clusterId));
    LOG.infof("Attempt %d of run %s has cluster %s", attempt.number(), attempt.run(), clusterId);
  }

  private RunPaths paths(Exchange exchange) {
    return Sent.paths(pipeline(exchange), attempt(exchange).run());
  }

  private Pipeline pipeline(Exchange exchange) {
    return pipelines
        .find(LegEnd.step(exchange, Launch.class).open().run().pipeline())
        .orElseThrow();
  }

  private static Attempt attempt(Exchange exchange) {
    return LegEnd.step(exchange, Launch.class).attempt();
  }
}
