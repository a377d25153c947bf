package routes;

import aws.AwsSettings;
import cluster.emr.EmrGateway;
import cluster.emr.LaunchAnswer;
import cluster.request.Owner;
import contract.ContractJson;
import flow.Action.Launch;
import flow.EndReason;
import flow.RunRequests;
import flow.StagedKeys;
import inflight.InFlight;
import ingest.IngestScript;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import pipeline.ServiceSettings;
import run.Attempt;
import run.Run;
import staging.JobJar;
import store.RunStore;

/**
 * INTENDED to LAUNCHED: stages what the cluster needs and asks for it. RunJobFlow has no
 * idempotency token, so the call is written down before it is made; where its answer is not known,
 * {@link AdoptRoute} goes on.
 */
@ApplicationScoped
public class LaunchRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(LaunchRoute.class);

  private final RunExchange runExchange;
  private final JobJar jar;
  private final IngestScript script;
  private final EmrGateway emr;
  private final RunStore runs;
  private final ServiceSettings settings;
  private final AwsSettings aws;
  private final InFlight inFlight;
  private final Clock clock;

  LaunchRoute(
      RunExchange runExchange,
      JobJar jar,
      IngestScript script,
      EmrGateway emr,
      RunStore runs,
      ServiceSettings settings,
      AwsSettings aws,
      InFlight inFlight,
      Clock clock) {
    this.runExchange = runExchange;
    this.jar = jar;
    this.script = script;
    this.emr = emr;
    this.runs = runs;
    this.settings = settings;
    this.aws = aws;
    this.inFlight = inFlight;
    this.clock = clock;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:launch-cluster")
        .routeId("launch-cluster")
        .choice()
        .when(exchange -> runExchange.pipeline(exchange).steps().areOwn())
        .to("direct:stage-steps")
        .otherwise()
        .process(this::jobJar)
        .to(Endpoints.PUT_OBJECT)
        .process(this::jobDescription)
        .to(Endpoints.PUT_OBJECT)
        .end()
        .filter(exchange -> RunExchange.run(exchange).ingestsOnItsCluster())
        .process(this::ingestScript)
        .to(Endpoints.PUT_OBJECT)
        .end()
        .process(this::launch);
  }

  private void ingestScript(Exchange exchange) {
    Endpoints.address(exchange, runExchange.paths(exchange), script.key());
    exchange.getMessage().setBody(script.bytes());
  }

  private void jobJar(Exchange exchange) {
    Endpoints.address(exchange, runExchange.paths(exchange), jar.key());
    exchange.getMessage().setBody(jar.bytes());
  }

  private void jobDescription(Exchange exchange) {
    Attempt attempt = RunExchange.action(exchange, Launch.class).attempt();
    String job =
        ContractJson.write(
            RunRequests.jobDescription(
                runExchange.pipeline(exchange), attempt.run(), attempt.number()));
    Endpoints.address(
        exchange,
        runExchange.paths(exchange),
        runExchange.paths(exchange).jobKey(attempt.number()));
    exchange.getMessage().setBody(job.getBytes(StandardCharsets.UTF_8));
  }

  private void launch(Exchange exchange) {
    Run run = RunExchange.run(exchange);
    Attempt called =
        runs.save(RunExchange.action(exchange, Launch.class).attempt().called(clock.instant()));
    LaunchAnswer answer =
        emr.launch(
            RunRequests.runJobFlow(
                runExchange.pipeline(exchange),
                run,
                called,
                new Owner(settings.installation(), runs.id()),
                new StagedKeys(aws.region(), jar.key(), script.key())));
    if (answer instanceof LaunchAnswer.Launched launched) {
      runs.save(called.launched(launched.clusterId()));
      LOG.infof(
          "Attempt %d of run %s has cluster %s", called.number(), run.id(), launched.clusterId());
    } else if (answer instanceof LaunchAnswer.Refused refused) {
      runs.save(
          called
              .refused()
              .failed(EndReason.refused(run, refused.message(), runExchange.pipeline(exchange))));
    } else if (answer instanceof LaunchAnswer.Throttled) {
      runs.save(called.refused());
    } else if (answer instanceof LaunchAnswer.NotNow notNow) {
      runs.save(called.refused());
      throw new IllegalStateException("EMR does not launch a cluster now: " + notNow.message());
    } else if (answer instanceof LaunchAnswer.Unknown unknown) {
      LOG.warnf(
          "EMR's answer to RunJobFlow for attempt %d of run %s is not known, its cluster is looked for: %s",
          called.number(), run.id(), unknown.message());
      inFlight.pollSoon();
    }
  }
}
