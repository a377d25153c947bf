package api;

import flow.Work;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import run.RunId;
import store.LandedObjects;
import store.RunStore;

/** The runs. */
@Path("/api/runs")
public class RunsResource {

  private static final int MOST = 1_000;

  private final RunStore runs;
  private final LandedObjects objects;
  private final Work work;

  RunsResource(RunStore runs, LandedObjects objects, Work work) {
    this.runs = runs;
    this.objects = objects;
    this.work = work;
  }

  /** The newest runs, newest first; {@code limit} at most, 1,000 at most. */
  @GET
  public List<RunView> newest(@QueryParam("limit") @DefaultValue("100") int limit) {
    return runs.newest(Math.max(1, Math.min(limit, MOST))).stream()
        .map(open -> RunView.of(open, work.runs().trouble(open.run().id())))
        .toList();
  }

  /** One run with everything that is known of it. */
  @GET
  @Path("{id}")
  public RunDetailView one(String id) {
    RunId run;
    try {
      run = new RunId(id);
    } catch (IllegalArgumentException e) {
      throw new NotFoundException(e.getMessage(), e);
    }
    return runs.find(run)
        .map(
            open ->
                RunDetailView.of(
                    RunView.of(open, work.runs().trouble(run)),
                    objects.of(run),
                    runs.history(run),
                    open.attempts(),
                    runs.statements(run)))
        .orElseThrow(() -> new NotFoundException("No run " + id));
  }
}
