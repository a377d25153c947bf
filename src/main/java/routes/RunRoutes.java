package routes;

import actions.ActionOutcome;
import actions.RecordDecision;
import flow.Action;
import flow.Terminations;
import jakarta.enterprise.context.ApplicationScoped;
import pipeline.ServiceSettings;
import polling.Dispatcher;

/**
 * Runs: each tick decides the next action of every open run, and bounded pools execute the actions.
 * Loads and fetches have pools of their own, so that one slow REFRESH or source delays no cluster.
 * The end of an action wakes the next tick.
 */
@ApplicationScoped
public class RunRoutes extends Endpoints {

  private static final String TO_DO = "action";
  private static final String TO_LOAD = "load";
  private static final String TO_FETCH = "fetch";

  private final ServiceSettings settings;
  private final Dispatcher dispatcher;
  private final ActionOutcome outcome;
  private final RecordDecision recordDecision;

  RunRoutes(
      ServiceSettings settings,
      Dispatcher dispatcher,
      ActionOutcome outcome,
      RecordDecision recordDecision) {
    this.settings = settings;
    this.dispatcher = dispatcher;
    this.outcome = outcome;
    this.recordDecision = recordDecision;
  }

  @Override
  public void configure() {
    clock();
    dispatch();
    act(TO_DO, 8);
    act(TO_LOAD, 4);
    act(TO_FETCH, 2);
    doAction();
  }

  private void clock() {
    from(every("clock", settings.tick())).routeId("clock").to(listLanding(), tick());
  }

  private void dispatch() {
    from(ticks())
        .routeId("tick")
        .routeConfigurationId(ErrorHandling.AGAIN_LATER)
        .to(direct("collect-batches"))
        .setBody(exchange -> dispatcher.due())
        .split(body())
        .choice()
        .when(body().isInstanceOf(Terminations.class))
        .to(toPool("terminate"))
        .when(body().isInstanceOf(Action.OnTable.class))
        .to(toActionPool(TO_LOAD))
        .when(body().isInstanceOf(Action.Fetch.class))
        .to(toActionPool(TO_FETCH))
        .otherwise()
        .to(toActionPool(TO_DO))
        .end();
  }

  private void act(String pool, int threads) {
    from(actionPool(pool, threads))
        .routeId(pool)
        .setVariable(RunExchange.ACTION, body())
        .doTry()
        .to(direct("do-action"))
        .process(exchange -> outcome.done(RunExchange.action(exchange)))
        .doCatch(Throwable.class)
        .process(exchange -> outcome.failed(RunExchange.action(exchange), thrown(exchange)))
        .end()
        .to(tick());
  }

  /** Sends each action to its route; actions that need only the store are done here. */
  final void doAction() {
    from(direct("do-action"))
        .routeId("do-action")
        .choice()
        .when(body().isInstanceOf(Action.Fetch.class))
        .to(direct("fetch-source"))
        .when(body().isInstanceOf(Action.WriteManifest.class))
        .to(direct("write-manifest"))
        .when(body().isInstanceOf(Action.Launch.class))
        .to(direct("launch-cluster"))
        .when(body().isInstanceOf(Action.Adopt.class))
        .to(direct("adopt-cluster"))
        .when(body().isInstanceOf(Action.Judge.class))
        .to(direct("judge-attempt"))
        .when(body().isInstanceOf(Action.Load.class))
        .to(direct("load-table"))
        .when(body().isInstanceOf(Action.Discard.class))
        .to(direct("discard-output"))
        .when(body().isInstanceOf(Action.Close.class))
        .to(direct("close-run"))
        .otherwise()
        .process(exchange -> recordDecision.record(RunExchange.action(exchange)))
        .end();

    from(direct("close-run"))
        .routeId("close-run")
        .filter(exchange -> RunExchange.run(exchange).isToBeFetched())
        .to(direct("end-fetch"))
        .end()
        .process(exchange -> recordDecision.record(RunExchange.action(exchange)));
  }
}
