package api;

import inflight.Dependencies;
import inflight.Dependencies.Dependency;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.stream.Stream;
import pipeline.ServiceSettings;

/** The services outside that this one depends on. */
@Path("/api/dependencies")
@RegisterForReflection
public class DependenciesResource {

  private final Dependencies dependencies;
  private final ServiceSettings settings;

  DependenciesResource(Dependencies dependencies, ServiceSettings settings) {
    this.dependencies = dependencies;
    this.settings = settings;
  }

  /** What the last probes of S3, EMR and Snowflake found. */
  @GET
  public List<DependencyView> all() {
    return Stream.of(Dependency.values())
        .map(one -> DependencyView.of(one, dependencies.last(one, settings.probe())))
        .toList();
  }
}
