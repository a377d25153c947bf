package routes;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.builder.RouteBuilder;
import pipeline.ServiceSettings;

/** Time passes: look for landed objects and for due runs. */
@ApplicationScoped
public class ClockRoute extends RouteBuilder {

  private final ServiceSettings settings;

  ClockRoute(ServiceSettings settings) {
    this.settings = settings;
  }

  @Override
  public void configure() {
    from(Endpoints.everyUri("clock", settings.tick()))
        .routeId("clock")
        .to(Endpoints.LIST_LANDING, Endpoints.TICK);
  }
}
