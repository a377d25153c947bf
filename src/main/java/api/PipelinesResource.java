package api;

import clock.WallClock;
import flow.Plan;
import flow.Planner;
import inflight.InFlight;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.util.List;
import pipeline.Pipelines;
import store.SetAsideObjects;

/** The configured pipelines, and what each would send. */
@Path("/api/pipelines")
@RegisterForReflection
public class PipelinesResource {

  private static final int MOST_SET_ASIDE = 100;

  private final Pipelines pipelines;
  private final Planner planner;
  private final InFlight inFlight;
  private final SetAsideObjects aside;
  private final Clock clock;

  PipelinesResource(
      Pipelines pipelines,
      Planner planner,
      InFlight inFlight,
      SetAsideObjects aside,
      @WallClock Clock clock) {
    this.pipelines = pipelines;
    this.planner = planner;
    this.inFlight = inFlight;
    this.aside = aside;
    this.clock = clock;
  }

  /** Every pipeline. */
  @GET
  public List<PipelineView> all() {
    return pipelines.all().stream()
        .map(
            pipeline ->
                PipelineView.of(
                    pipeline, inFlight.listings().trouble(pipeline.name()), clock.instant()))
        .toList();
  }

  /**
   * What the pipeline would send to EMR, to the Spark job and to Snowflake for a run now. Nothing
   * is sent.
   */
  @GET
  @Path("{name}/plan")
  public Plan plan(String name) {
    return pipelines.find(name).map(planner::plan).orElseThrow(() -> Answers.noPipeline(name));
  }

  /** The newest landed objects that no run will take, each with its reason. */
  @GET
  @Path("{name}/set-aside")
  public List<SetAsideView> setAside(String name) {
    if (pipelines.find(name).isEmpty()) {
      throw Answers.noPipeline(name);
    }
    return aside.newest(name, MOST_SET_ASIDE).stream().map(SetAsideView::of).toList();
  }
}
