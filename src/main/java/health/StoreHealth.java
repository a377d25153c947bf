package health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import store.RunStore;
import store.StoreException;

/** Ready only with a run store that answers. */
@Readiness
@ApplicationScoped
public class StoreHealth implements HealthCheck {

  private final RunStore runs;

  StoreHealth(RunStore runs) {
    this.runs = runs;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("run store");
    try {
      runs.probe();
      return response.up().build();
    } catch (StoreException e) {
      return response.down().withData("trouble", e.getMessage()).build();
    }
  }
}
