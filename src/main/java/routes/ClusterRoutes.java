package routes;

import actions.AdoptCluster;
import actions.LaunchCluster;
import actions.TerminateClusters;
import aws.AwsSettings;
import flow.Action;
import flow.Terminations;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import polling.ClusterPoller;
import polling.EmrEvents;
import polling.OrphanSweeper;
import polling.PagesRead;
import run.Attempt;

/** Clusters: launched, adopted, polled, terminated. */
@ApplicationScoped
public class ClusterRoutes extends Endpoints {

  private static final Duration BETWEEN_TURNS = Duration.ofMillis(250);

  private final LaunchCluster launch;
  private final AdoptCluster adopt;
  private final TerminateClusters terminate;
  private final ClusterPoller poller;
  private final OrphanSweeper sweeper;
  private final EmrEvents events;
  private final AwsSettings settings;

  ClusterRoutes(
      LaunchCluster launch,
      AdoptCluster adopt,
      TerminateClusters terminate,
      ClusterPoller poller,
      OrphanSweeper sweeper,
      EmrEvents events,
      AwsSettings settings) {
    this.launch = launch;
    this.adopt = adopt;
    this.terminate = terminate;
    this.poller = poller;
    this.sweeper = sweeper;
    this.events = events;
    this.settings = settings;
  }

  @Override
  public void configure() {
    launchCluster();
    adoptCluster();
    terminateClusters();
    pollClusters();
    listClusters();
    ask("describe-clusters", poller::toDescribe, poller::describe);
    ask("ask-for-steps", poller::toAskForSteps, poller::askForSteps);
    ask("expect-ends", poller::toExpect, poller::expect);
    ask("show-progress", poller::toShowProgress, poller::showProgress);
    emrEvents();
  }

  /** INTENDED to LAUNCHED: puts what the cluster needs into S3, then asks EMR for it. */
  private void launchCluster() {
    from(direct("launch-cluster"))
        .routeId("launch-cluster")
        .setBody(exchange -> launch.objects(RunExchange.action(exchange, Action.Launch.class)))
        .split(body())
        .stopOnException()
        .to(direct("put-object"))
        .end()
        .process(exchange -> launch.ask(RunExchange.action(exchange, Action.Launch.class)));
  }

  /** INTENDED to LAUNCHED, if EMR's answer was lost. */
  private void adoptCluster() {
    from(direct("adopt-cluster"))
        .routeId("adopt-cluster")
        .process(exchange -> adopt.adopt(RunExchange.action(exchange, Action.Adopt.class)));
  }

  /** The tick sends up to ten clusters at a time, which one call terminates. */
  private void terminateClusters() {
    from(pool("terminate", 1))
        .routeId("terminate-clusters")
        .process()
        .body(Terminations.class, terminate::terminate)
        .to(tick());
  }

  /** Polls the clusters. A turn does what EMR's quotas allow, and the next one continues. */
  private void pollClusters() {
    from(every("poll-clusters", BETWEEN_TURNS))
        .routeId("poll-clusters")
        .doTry()
        .to(direct("list-clusters"))
        .to(direct("describe-clusters"))
        .to(direct("ask-for-steps"))
        .to(direct("expect-ends"))
        .to(direct("show-progress"))
        .doCatch(Exception.class)
        .process(exchange -> poller.failed(cause(exchange)))
        .end();
  }

  /** One listing serves all runs; when it is complete it shows whether there are orphans. */
  private void listClusters() {
    from(direct("list-clusters"))
        .routeId("list-clusters")
        .setBody(exchange -> poller.readPages())
        .filter(body().isNotEqualTo(PagesRead.NONE))
        .to(tick())
        .filter(body().isEqualTo(PagesRead.LAST))
        .to(direct("sweep-clusters"));

    from(direct("sweep-clusters")).routeId("sweep-clusters").process(exchange -> sweeper.sweep());
  }

  /** What the list does not tell is asked of each of those attempts' clusters. */
  private void ask(String id, Supplier<List<Attempt>> attempts, Predicate<Attempt> query) {
    from(direct(id))
        .routeId(id)
        .setBody(exchange -> attempts.get())
        .split(body())
        .filter()
        .body(Attempt.class, query::test)
        .to(tick());
  }

  /** EMR's events, if a queue is configured, bring the next poll forward. */
  private void emrEvents() {
    settings
        .emrEvents()
        .ifPresent(
            queue ->
                from(emrEvents(queue))
                    .routeId("emr-events")
                    .process(
                        exchange ->
                            events.take(
                                exchange.getMessage().getBody(String.class),
                                exchange
                                    .getMessage()
                                    .getHeader(Sqs2Constants.MESSAGE_ID, String.class))));
  }
}
