package routes;

import org.apache.camel.builder.RouteBuilder;

/** Time passes: look for landed objects and for due runs. */
public class ClockRoute extends RouteBuilder {

  @Override
  public void configure() {
    from("timer:clock?period={{service.tick}}&delay=0")
        .routeId("clock")
        .to(Endpoints.LIST_LANDING, Endpoints.TICK);
  }
}
