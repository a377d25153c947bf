package routes;

import flow.Action;
import org.apache.camel.Exchange;
import run.OpenRun;
import run.Run;

/** The action of a run that an exchange carries. */
final class RunExchange {

  /** The exchange variable with the action. */
  static final String ACTION = "action";

  private RunExchange() {}

  /** The load continues with the run as it was saved meanwhile. */
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
}
