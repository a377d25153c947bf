package api;

import batch.Backfill;
import intake.Backfilling;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import pipeline.Pipelines;
import store.Backfills;

/** Backfills, each by its name. */
@Path("/api/backfills")
public class BackfillsResource {

  private final Pipelines pipelines;
  private final Backfills backfills;
  private final BackfillViews views;
  private final Backfilling backfilling;

  BackfillsResource(
      Pipelines pipelines, Backfills backfills, BackfillViews views, Backfilling backfilling) {
    this.pipelines = pipelines;
    this.backfills = backfills;
    this.views = views;
    this.backfilling = backfilling;
  }

  /** One backfill. */
  @GET
  @Path("{id}")
  public Response one(String id) {
    return backfills
        .find(id)
        .map(backfill -> Answers.of(Status.OK, views.of(backfill)))
        .orElseGet(() -> Answers.said(Status.NOT_FOUND, "There is no backfill " + id));
  }

  /**
   * Stops a backfill; runs that it has begun go on. What no run has taken lands as other objects
   * do, unless it is older than {@code landing.since}. 409 where it had ended.
   */
  @POST
  @Path("{id}/cancel")
  public Response cancel(String id) {
    Optional<Backfill> backfill = backfills.find(id);
    if (backfill.isEmpty()) {
      return Answers.said(Status.NOT_FOUND, "There is no backfill " + id);
    }
    boolean isCancelled =
        backfilling.cancel(backfill.get(), pipelines.find(backfill.get().pipeline()));
    return isCancelled
        ? one(id)
        : Answers.said(Status.CONFLICT, "Cannot cancel backfill %s: it has ended".formatted(id));
  }
}
