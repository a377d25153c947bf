package routes;

import actions.ActionOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * The bounded pools that do a leg of a run; loads and fetches have their own, so that one slow
 * REFRESH or source holds up no cluster.
 */
@ApplicationScoped
public class LegRoute extends RouteBuilder {

  private final ActionOutcome end;

  LegRoute(ActionOutcome end) {
    this.end = end;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    pool(Endpoints.LEG, "leg");
    pool(Endpoints.LOAD, "load");
    pool(Endpoints.FETCH, "fetch");
  }

  private void pool(String endpoint, String name) {
    from(endpoint)
        .routeId(name)
        .process(RunExchange::begin)
        .doTry()
        .toD("direct:${exchangeProperty." + RunExchange.ROUTE + "}")
        .process(exchange -> end.done(RunExchange.action(exchange)))
        .doCatch(Throwable.class)
        .process(this::failed)
        .end()
        .to(Endpoints.TICK);
  }

  private void failed(Exchange exchange) {
    end.failed(
        RunExchange.action(exchange),
        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
  }
}
