package routes;

import curated.RunPaths;
import flow.Action;
import flow.RunRequests;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.Exchange;
import pipeline.Pipeline;
import pipeline.Pipelines;
import run.OpenRun;
import run.Run;

/** What an exchange that is on a leg of a run carries. */
@ApplicationScoped
class RunExchange {

  /** The exchange property that names the route of the leg. */
  static final String ROUTE = "route";

  private static final String LEG = "leg";

  private final Pipelines pipelines;

  RunExchange(Pipelines pipelines) {
    this.pipelines = pipelines;
  }

  /** From here on the exchange is on the leg that is its body. */
  static void begin(Exchange exchange) {
    Action action = exchange.getMessage().getBody(Action.class);
    exchange.setProperty(LEG, action);
    exchange.setProperty(ROUTE, action.route());
  }

  /** The load goes on with the run as it was saved meanwhile. */
  static void saved(Exchange exchange, Run run) {
    Action.Load load = action(exchange, Action.Load.class);
    exchange.setProperty(
        LEG, new Action.Load(new OpenRun(run, load.open().attempts()), load.attempt()));
  }

  static Action action(Exchange exchange) {
    return exchange.getProperty(LEG, Action.class);
  }

  static <L extends Action> L action(Exchange exchange, Class<L> type) {
    return type.cast(action(exchange));
  }

  static Run run(Exchange exchange) {
    return action(exchange).open().run();
  }

  Pipeline pipeline(Exchange exchange) {
    return pipelines.find(run(exchange).pipeline()).orElseThrow();
  }

  RunPaths paths(Exchange exchange) {
    return RunRequests.paths(pipeline(exchange), run(exchange).id());
  }
}
