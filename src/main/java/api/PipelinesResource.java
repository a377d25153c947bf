package api;

import clock.WallClock;
import flow.Plan;
import flow.Planner;
import inflight.InFlight;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import pipeline.Pipeline;
import pipeline.Pipelines;
import pipeline.WrittenSettings;
import run.RunId;
import store.LandedObjects;
import store.PipelineSummaries;
import store.PipelineSummaries.RecentRun;
import store.PipelineSummaries.Summary;
import store.SetAsideObjects;

/** The configured pipelines: what each does, has done, is configured to do, and would send. */
@Path("/api/pipelines")
@RegisterForReflection
public class PipelinesResource {

  private static final int MOST_SET_ASIDE = 100;
  private static final int USUAL = 100;
  private static final int MOST_PAST_RUNS = 500;

  private final Pipelines pipelines;
  private final Planner planner;
  private final InFlight inFlight;
  private final PipelineSummaries summaries;
  private final LandedObjects objects;
  private final SetAsideObjects aside;
  private final WrittenSettings settings;
  private final Clock clock;
  private final Map<String, Recent> recent = new ConcurrentHashMap<>();

  PipelinesResource(
      Pipelines pipelines,
      Planner planner,
      InFlight inFlight,
      PipelineSummaries summaries,
      LandedObjects objects,
      SetAsideObjects aside,
      WrittenSettings settings,
      @WallClock Clock clock) {
    this.pipelines = pipelines;
    this.planner = planner;
    this.inFlight = inFlight;
    this.summaries = summaries;
    this.objects = objects;
    this.aside = aside;
    this.settings = settings;
    this.clock = clock;
  }

  /** Every pipeline, by name. */
  @GET
  public List<PipelineView> all() {
    return views(pipelines.all());
  }

  /** One pipeline; 404 if none is configured by that name. */
  @GET
  @Path("{name}")
  public PipelineView one(String name) {
    return views(List.of(find(name))).get(0);
  }

  /**
   * What is known of a pipeline now.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 404 if there is none of that name
   */
  Summary summary(String name) {
    return summaries.of(List.of(find(name).name())).get(name);
  }

  /** A pipeline of which that is known. */
  PipelineView view(String name, Summary summary) {
    return view(find(name), inFlight.stuck(), summary);
  }

  private List<PipelineView> views(List<Pipeline> shown) {
    Set<RunId> stuck = inFlight.stuck();
    Map<String, Summary> byName = summaries.of(shown.stream().map(Pipeline::name).toList());
    return shown.stream()
        .map(pipeline -> view(pipeline, stuck, byName.get(pipeline.name())))
        .toList();
  }

  private PipelineView view(Pipeline pipeline, Set<RunId> stuck, Summary summary) {
    return PipelineView.of(
        pipeline,
        inFlight.listings().trouble(pipeline.name()),
        stuck,
        summary,
        recent(pipeline.name(), summary.recent()),
        clock.instant());
  }

  /** Runs that are the same as before have the same views, and whoever compares those is done. */
  private List<RecentRunView> recent(String pipeline, List<RecentRun> runs) {
    return recent
        .compute(
            pipeline,
            (name, known) ->
                known != null && known.runs().equals(runs)
                    ? known
                    : new Recent(runs, runs.stream().map(RecentRunView::of).toList()))
        .views();
  }

  /**
   * A pipeline's newest runs.
   *
   * @param runs as the store has them
   * @param views the same, as the API has them
   */
  private record Recent(List<RecentRun> runs, List<RecentRunView> views) {}

  /**
   * What the pipeline would send to EMR, to the Spark job and to Snowflake for a run now. Nothing
   * is sent.
   */
  @GET
  @Path("{name}/plan")
  public Plan plan(String name) {
    return planner.plan(find(name));
  }

  /**
   * Its newest runs, oldest first.
   *
   * @param limit the most runs
   */
  @GET
  @Path("{name}/history")
  public List<HistoryView> history(
      String name,
      @Parameter(
              schema =
                  @Schema(
                      type = SchemaType.INTEGER,
                      minimum = "1",
                      maximum = "500",
                      defaultValue = "100"))
          @QueryParam("limit")
          String limit) {
    return history(name, limit(limit, MOST_PAST_RUNS));
  }

  /** Its newest runs, oldest first. */
  public List<HistoryView> history(String name, int limit) {
    return summaries.history(find(name).name(), limit).stream().map(HistoryView::of).toList();
  }

  /**
   * The properties of the pipeline, and of the service as far as they concern every pipeline, as
   * they are in effect. Secrets are not shown.
   */
  @GET
  @Path("{name}/configuration")
  public List<SettingView> configuration(String name) {
    return settings.of(find(name).name()).stream().map(SettingView::of).toList();
  }

  /**
   * The newest landed objects that no run has taken yet, newest first. A version that was
   * overwritten while it waited is left out, since no run takes it.
   *
   * @param limit the most objects
   */
  @GET
  @Path("{name}/waiting")
  public List<WaitingObjectView> waiting(
      String name,
      @Parameter(
              schema =
                  @Schema(
                      type = SchemaType.INTEGER,
                      minimum = "1",
                      maximum = "1000",
                      defaultValue = "100"))
          @QueryParam("limit")
          String limit) {
    return waiting(name, limit(limit, ParameterReader.MOST));
  }

  /** The newest landed objects that no run has taken yet, newest first. */
  public List<WaitingObjectView> waiting(String name, int limit) {
    return objects.newestWaiting(find(name).name(), limit).stream()
        .map(WaitingObjectView::of)
        .toList();
  }

  /** The newest landed objects that no run will take, each with its reason. */
  @GET
  @Path("{name}/set-aside")
  public List<SetAsideView> setAside(String name) {
    return aside.newest(find(name).name(), MOST_SET_ASIDE).stream().map(SetAsideView::of).toList();
  }

  private static int limit(String given, int most) {
    ParameterReader reader = new ParameterReader();
    int limit = reader.limit(given, USUAL, most);
    reader.refuseMistakes();
    return limit;
  }

  private Pipeline find(String name) {
    return pipelines.find(name).orElseThrow(() -> Answers.noPipeline(name));
  }
}
