package routes;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.builder.RouteBuilder;

/** The bounded pool that does one leg of a run at a time. */
@ApplicationScoped
public class LegRoute extends RouteBuilder {

  private final LegEnd end;

  LegRoute(LegEnd end) {
    this.end = end;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from(Endpoints.LEG)
        .routeId("leg")
        .setProperty(LegEnd.STEP, body())
        .doTry()
        .toD("direct:${body.leg}")
        .process(end::done)
        .doCatch(Exception.class)
        .process(end::failed)
        .end()
        .to(Endpoints.TICK);
  }
}
