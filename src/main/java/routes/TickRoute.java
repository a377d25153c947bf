package routes;

import flow.Flow;
import flow.NextStep;
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
        .when(body().isInstanceOf(NextStep.Load.class))
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

  private List<NextStep> due() {
    Instant now = clock.instant();
    List<NextStep> due = new ArrayList<>();
    for (OpenRun open : runs.open()) {
      Optional<Pipeline> pipeline = pipelines.find(open.run().pipeline());
      if (pipeline.isPresent()) {
        NextStep step = Flow.next(open, pipeline.get(), now);
        if (!(step instanceof NextStep.Wait) && work.runs().claim(open.run().id(), now)) {
          due.add(step);
        }
      }
    }
    return due;
  }
}
