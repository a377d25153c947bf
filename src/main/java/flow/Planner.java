package flow;

import curated.JobJar;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import pipeline.Pipeline;
import pipeline.ServiceSettings;

/** Makes plans with what this service is: its installation, the job that it carries, its clock. */
@ApplicationScoped
public class Planner {

  private final JobJar jar;
  private final ServiceSettings settings;
  private final Clock clock;

  Planner(JobJar jar, ServiceSettings settings, Clock clock) {
    this.jar = jar;
    this.settings = settings;
    this.clock = clock;
  }

  /** What would be sent for a run of the pipeline now. */
  public Plan plan(Pipeline pipeline) {
    return Plan.of(pipeline, settings.installation(), jar.key(), clock.instant());
  }
}
