package routes;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Reports every route by its name, for each of the three probes. */
@ApplicationScoped
public class RouteHealth {

  private final CamelContext camel;

  RouteHealth(CamelContext camel) {
    this.camel = camel;
  }

  /** A route that has failed for good needs a restart of the process. */
  @Produces
  @Liveness
  HealthCheck live() {
    return () -> response(ServiceStatus.Stopped, ServiceStatus.Started, ServiceStatus.Starting);
  }

  @Produces
  @Readiness
  HealthCheck ready() {
    return () -> response(ServiceStatus.Started);
  }

  @Produces
  @Startup
  HealthCheck started() {
    return () -> response(ServiceStatus.Started);
  }

  private HealthCheckResponse response(ServiceStatus... good) {
    var response = HealthCheckResponse.named("routes");
    boolean up = !camel.getRoutes().isEmpty();
    for (Route route : camel.getRoutes()) {
      ServiceStatus status = camel.getRouteController().getRouteStatus(route.getRouteId());
      response.withData(route.getRouteId(), status == null ? "Unknown" : status.name());
      up &= status != null && java.util.Set.of(good).contains(status);
    }
    return response.status(up).build();
  }
}
