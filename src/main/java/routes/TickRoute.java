package routes;

import aws.AwsSettings;
import cluster.EmrApi;
import cluster.EmrGateway;
import cluster.EmrQuotas;
import flow.Flow;
import flow.LaunchQueue;
import flow.Leg;
import flow.Look;
import flow.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;
import pipeline.ServiceSettings;
import run.OpenRun;
import run.Run;
import store.RunStore;

/** Reads the open runs, decides what comes next for each, and hands on what is due. */
@ApplicationScoped
public class TickRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(TickRoute.class);

  private final RunStore runs;
  private final Pipelines pipelines;
  private final EmrQuotas quotas;
  private final ServiceSettings settings;
  private final Flow flow;
  private final Work work;
  private final Clock clock;

  TickRoute(
      RunStore runs,
      Pipelines pipelines,
      EmrQuotas quotas,
      ServiceSettings settings,
      AwsSettings aws,
      Work work,
      Clock clock) {
    this.runs = runs;
    this.pipelines = pipelines;
    this.quotas = quotas;
    this.settings = settings;
    this.flow =
        new Flow(aws.callTimeout().plus(settings.clusterVisibility()), settings.giveUpAfter());
    this.work = work;
    this.clock = clock;
  }

  @Override
  public void configure() {
    onException(Exception.class).handled(true).process(this::failed);

    from(Endpoints.TICK)
        .routeId("tick")
        .to("direct:collect-batches")
        .process(exchange -> exchange.getMessage().setBody(due()))
        .split(body())
        .choice()
        .when(body().isInstanceOf(Leg.OnTable.class))
        .to(Endpoints.LOAD)
        .when(body().isInstanceOf(Leg.Fetch.class))
        .to(Endpoints.FETCH)
        .when(body().isInstanceOf(Terminations.class))
        .to(Endpoints.TERMINATE)
        .otherwise()
        .to(Endpoints.LEG)
        .end();
  }

  private void failed(Exchange exchange) {
    LOG.warnf(
        "Cannot look for due runs, will look again: %s",
        LegEnd.reason(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)));
  }

  /** Terminations by the batch, before everything else, and legs. */
  private List<Object> due() {
    Instant now = clock.instant();
    Look look = work.look();
    List<OpenRun> open = runs.open();
    List<Object> due = new ArrayList<>();
    terminations(open, look, now).ifPresent(due::add);
    List<Leg> next = next(open, look, now);
    LaunchQueue queue = queue(open, next);
    work.queued(queue);
    for (Leg leg : next) {
      if (mayBeDone(leg, queue) && claim(leg, now)) {
        if (leg instanceof Leg.Launch) {
          quotas.take(EmrApi.RUN_JOB_FLOW);
        }
        due.add(leg);
      }
    }
    return due;
  }

  private boolean claim(Leg leg, Instant now) {
    Run run = leg.open().run();
    if (!(leg instanceof Leg.OnTable)) {
      return work.runs().claim(run.id(), now);
    }
    if (!work.loads().claim(run.pipeline(), now)) {
      return false;
    }
    boolean isClaimed = work.runs().claim(run.id(), now);
    if (!isClaimed) {
      work.loads().release(run.pipeline(), now, now);
    }
    return isClaimed;
  }

  /** A cluster that is not wanted any more does not wait for what else its run does. */
  private Optional<Terminations> terminations(List<OpenRun> open, Look look, Instant now) {
    if (!quotas.has(EmrApi.TERMINATE_JOB_FLOWS)) {
      return Optional.empty();
    }
    List<Leg.Terminate> legs =
        open.stream()
            .flatMap(run -> flow.terminations(run, look, now).stream())
            .filter(leg -> work.terminations().claim(leg.attempt().intent(), now))
            .limit(EmrGateway.MOST_TERMINATED_AT_ONCE)
            .toList();
    if (legs.isEmpty()) {
      return Optional.empty();
    }
    quotas.take(EmrApi.TERMINATE_JOB_FLOWS);
    return Optional.of(new Terminations(legs));
  }

  /** What needs a place in the launch queue or a token of a quota waits for it. */
  private boolean mayBeDone(Leg leg, LaunchQueue queue) {
    if (leg instanceof Leg.Begin begin) {
      return queue.admitted().contains(begin.open().run().id());
    }
    if (leg instanceof Leg.Launch) {
      return quotas.has(EmrApi.RUN_JOB_FLOW);
    }
    return !(leg instanceof Leg.Wait);
  }

  private LaunchQueue queue(List<OpenRun> open, List<Leg> next) {
    List<OpenRun> wanting =
        next.stream().filter(Leg.Begin.class::isInstance).map(Leg::open).toList();
    return LaunchQueue.of(
        open,
        wanting,
        pipelines,
        settings.maxClusters(),
        run -> work.runs().trouble(run).isPresent());
  }

  private List<Leg> next(List<OpenRun> open, Look look, Instant now) {
    List<Leg> next = new ArrayList<>();
    for (OpenRun run : open) {
      try {
        next.add(next(run, look, now));
      } catch (RuntimeException e) {
        // One run that nobody can make sense of must not keep the others waiting.
        waits(
            run.run(), "Cannot decide what comes next for run %s: %s".formatted(run.run().id(), e));
      }
    }
    return next;
  }

  private Leg next(OpenRun run, Look look, Instant now) {
    Optional<Pipeline> pipeline = pipelines.find(run.run().pipeline());
    if (pipeline.isPresent()) {
      return flow.next(run, pipeline.get(), look, now);
    }
    Leg leg = flow.nextWithoutPipeline(run, look, now);
    if (leg instanceof Leg.Wait && run.run().outcome().isEmpty()) {
      waits(
          run.run(),
          "Run %s waits: pipeline %s is not configured any more, or switched off; configure it, or cancel the run (POST /api/runs/%1$s/cancel)"
              .formatted(run.run().id(), run.run().pipeline()));
    }
    return leg;
  }

  private void waits(Run run, String why) {
    Instant now = clock.instant();
    if (work.runs().claim(run.id(), now)) {
      LOG.warn(why);
      work.runs().fail(run.id(), why, now);
    }
  }
}
