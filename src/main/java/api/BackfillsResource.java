package api;

import batch.Backfill;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.function.Predicate;
import store.Backfills;
import store.Backfills.Progress;

/** Backfills, each by its name. */
@Path("/api/backfills")
@RegisterForReflection
public class BackfillsResource {

  private final Backfills backfills;
  private final BackfillViews views;

  BackfillsResource(Backfills backfills, BackfillViews views) {
    this.backfills = backfills;
    this.views = views;
  }

  /** One backfill. */
  @GET
  @Path("{id}")
  public Response one(String id) {
    return backfills
        .find(id)
        .map(backfill -> Answers.of(Status.OK, views.of(backfill)))
        .orElseThrow(() -> none(id));
  }

  /**
   * Stops a backfill; runs that it has started continue. Objects that no run has taken are left for
   * another backfill. 409 if it had ended.
   */
  @POST
  @Path("{id}/cancel")
  public Response cancel(String id) {
    return change(id, backfill -> backfills.cancel(backfill));
  }

  /**
   * Continues a backfill although runs of it have failed or were cancelled; the next such run stops
   * it again. 409 if it had ended.
   */
  @POST
  @Path("{id}/pass-over")
  public Response passOver(String id) {
    return change(
        id,
        backfill -> {
          Progress progress = backfills.progress(backfill);
          return backfills.passOver(backfill, progress.stops());
        });
  }

  private Response change(String id, Predicate<Backfill> wish) {
    Backfill backfill = backfills.find(id).orElseThrow(() -> none(id));
    return wish.test(backfill)
        ? one(id)
        : Answers.said(Status.CONFLICT, "Cannot change backfill %s: it has ended".formatted(id));
  }

  private static HttpProblem none(String id) {
    return Answers.problem(
        Status.NOT_FOUND,
        "There is no backfill %s; GET /api/pipelines/{name}/backfills lists those of a pipeline"
            .formatted(id));
  }
}
