package api;

import flow.Work;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import run.OpenRun;
import run.Run;
import run.RunId;
import store.LandedObjects;
import store.RunStore;
import store.StaleVersionException;

/** The runs. */
@Path("/api/runs")
public class RunsResource {

  private static final int MOST = 1_000;

  private final RunStore runs;
  private final LandedObjects objects;
  private final Work work;
  private final Clock clock;

  RunsResource(RunStore runs, LandedObjects objects, Work work, Clock clock) {
    this.runs = runs;
    this.objects = objects;
    this.work = work;
    this.clock = clock;
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
    OpenRun open = find(id);
    RunId run = open.run().id();
    return RunDetailView.of(
        RunView.of(open, work.runs().trouble(run)),
        objects.of(run),
        runs.history(run),
        open.attempts(),
        runs.statements(run));
  }

  /** Makes a new run over the objects of one that failed; 409 for a run that has not. */
  @POST
  @Path("{id}/replay")
  public RunView replay(String id) {
    Run ended = find(id).run();
    Instant now = clock.instant();
    try {
      Run again = ended.replay(RunId.create(now, ThreadLocalRandom.current().nextInt()), now);
      runs.replay(ended, again);
      return RunView.of(new OpenRun(again, List.of()), Optional.empty());
    } catch (IllegalStateException | StaleVersionException e) {
      throw new ClientErrorException(e.getMessage(), Response.Status.CONFLICT, e);
    }
  }

  private OpenRun find(String id) {
    try {
      return runs.find(new RunId(id)).orElseThrow(() -> new NotFoundException("No run " + id));
    } catch (IllegalArgumentException e) {
      throw new NotFoundException(e.getMessage(), e);
    }
  }
}
