package routes;

import flow.Flow;
import flow.Leg;
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
import run.OpenRun;
import run.Run;
import store.RunStore;

/** Reads the open runs, decides what comes next for each, and hands on what is due. */
@ApplicationScoped
public class TickRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(TickRoute.class);

  private final RunStore runs;
  private final Pipelines pipelines;
  private final Work work;
  private final Clock clock;

  TickRoute(RunStore runs, Pipelines pipelines, Work work, Clock clock) {
    this.runs = runs;
    this.pipelines = pipelines;
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
        .when(body().isInstanceOf(Leg.Load.class))
        .to(Endpoints.LOAD)
        .otherwise()
        .to(Endpoints.LEG)
        .end();
  }

  private void failed(Exchange exchange) {
    LOG.warnf(
        "Cannot look for due runs, will look again: %s",
        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class).getMessage());
  }

  private List<Leg> due() {
    Instant now = clock.instant();
    List<Leg> due = new ArrayList<>();
    for (OpenRun open : runs.open()) {
      Optional<Pipeline> pipeline = pipelines.find(open.run().pipeline());
      if (pipeline.isEmpty()) {
        waitForPipeline(open.run(), now);
        continue;
      }
      Leg leg = Flow.next(open, pipeline.get(), work.looked(), now);
      if (!(leg instanceof Leg.Wait) && work.runs().claim(open.run().id(), now)) {
        due.add(leg);
      }
    }
    return due;
  }

  /**
   * Its cluster ends by itself; what is to become of the run only its pipeline's settings could
   * say.
   */
  private void waitForPipeline(Run run, Instant now) {
    if (work.runs().claim(run.id(), now)) {
      String message =
          "Run %s waits: pipeline %s is not configured any more, or switched off"
              .formatted(run.id(), run.pipeline());
      LOG.warn(message);
      work.runs().fail(run.id(), message, now);
    }
  }
}
