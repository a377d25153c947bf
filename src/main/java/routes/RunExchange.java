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

/** What an exchange carries that does an action of a run. */
@ApplicationScoped
class RunExchange {

  /** The exchange variable that has the action. */
  static final String ACTION = "action";

  private final Pipelines pipelines;

  RunExchange(Pipelines pipelines) {
    this.pipelines = pipelines;
  }

  /** The load goes on with the run as it was saved meanwhile. */
  static void saved(Exchange exchange, Run run) {
    Action.Load load = action(exchange, Action.Load.class);
    exchange.setVariable(
        ACTION, new Action.Load(new OpenRun(run, load.open().attempts()), load.attempt()));
  }

  static Action action(Exchange exchange) {
    return exchange.getVariable(ACTION, Action.class);
  }

  static <A extends Action> A action(Exchange exchange, Class<A> type) {
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
