package api;

import flow.Plan;
import flow.ServiceSettings;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.util.List;
import pipeline.Pipeline;
import pipeline.Pipelines;

/** The configured pipelines, and what each would send. */
@Path("/api/pipelines")
public class PipelinesResource {

  private final Pipelines pipelines;
  private final ServiceSettings settings;
  private final Clock clock;

  PipelinesResource(Pipelines pipelines, ServiceSettings settings, Clock clock) {
    this.pipelines = pipelines;
    this.settings = settings;
    this.clock = clock;
  }

  /** Every pipeline. */
  @GET
  public List<PipelineView> all() {
    return pipelines.all().stream().map(PipelineView::of).toList();
  }

  /**
   * What would be sent to EMR, to the Spark job and to Snowflake for a run now. Nothing is sent.
   */
  @GET
  @Path("{name}/plan")
  public Plan plan(String name) {
    Pipeline pipeline =
        pipelines.find(name).orElseThrow(() -> new NotFoundException("No pipeline " + name));
    return Plan.of(pipeline, settings.installation(), clock.instant());
  }
}
