package health;

import inflight.Dependencies;
import inflight.Dependencies.Dependency;
import inflight.Dependencies.Probe;
import io.smallrye.health.api.HealthGroup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import pipeline.ServiceSettings;

/**
 * The last probes of S3, EMR and Snowflake. A separate group: an outage there must not take this
 * service and its page away, and a health check must not cause a call.
 */
@ApplicationScoped
public class DependencyHealth {

  private final Dependencies dependencies;
  private final ServiceSettings settings;

  DependencyHealth(Dependencies dependencies, ServiceSettings settings) {
    this.dependencies = dependencies;
    this.settings = settings;
  }

  @Produces
  @HealthGroup("dependencies")
  HealthCheck s3() {
    return () -> response(Dependency.S3, "S3");
  }

  @Produces
  @HealthGroup("dependencies")
  HealthCheck emr() {
    return () -> response(Dependency.EMR, "EMR");
  }

  @Produces
  @HealthGroup("dependencies")
  HealthCheck snowflake() {
    return () -> response(Dependency.SNOWFLAKE, "Snowflake");
  }

  private HealthCheckResponse response(Dependency dependency, String name) {
    var response = HealthCheckResponse.named(name);
    Optional<Probe> probe = dependencies.last(dependency, settings.probe());
    probe.ifPresent(last -> response.withData("probed", last.at().toString()));
    probe
        .flatMap(Probe::trouble)
        .ifPresentOrElse(
            trouble -> response.down().withData("trouble", trouble),
            () -> response.status(probe.isPresent()));
    return response.build();
  }
}
