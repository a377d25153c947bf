package routes;

import curated.RunPaths;
import flow.Leg;
import flow.Sent;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.Exchange;
import pipeline.Pipeline;
import pipeline.Pipelines;
import run.OpenRun;
import run.Run;

/** What an exchange that is on a leg of a run carries. */
@ApplicationScoped
class OnLeg {

  /** The exchange property that names the route of the leg. */
  static final String ROUTE = "route";

  private static final String LEG = "leg";

  private final Pipelines pipelines;

  OnLeg(Pipelines pipelines) {
    this.pipelines = pipelines;
  }

  /** From here on the exchange is on the leg that is its body. */
  static void begin(Exchange exchange) {
    Leg leg = exchange.getMessage().getBody(Leg.class);
    exchange.setProperty(LEG, leg);
    exchange.setProperty(ROUTE, leg.route());
  }

  /** The load goes on with the run as it was saved meanwhile. */
  static void saved(Exchange exchange, Run run) {
    Leg.Load load = leg(exchange, Leg.Load.class);
    exchange.setProperty(
        LEG, new Leg.Load(new OpenRun(run, load.open().attempts()), load.attempt()));
  }

  static Leg leg(Exchange exchange) {
    return exchange.getProperty(LEG, Leg.class);
  }

  static <L extends Leg> L leg(Exchange exchange, Class<L> type) {
    return type.cast(leg(exchange));
  }

  static Run run(Exchange exchange) {
    return leg(exchange).open().run();
  }

  Pipeline pipeline(Exchange exchange) {
    return pipelines.find(run(exchange).pipeline()).orElseThrow();
  }

  RunPaths paths(Exchange exchange) {
    return Sent.paths(pipeline(exchange), run(exchange).id());
  }
}
