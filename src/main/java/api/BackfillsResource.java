package api;

import batch.Backfill;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import java.util.function.Predicate;
import store.Backfills;
import store.Backfills.Progress;

/** Backfills, each by its name. */
@Path("/api/backfills")
public class BackfillsResource {

  private final Backfills backfills;
  private final BackfillViews views;
  private final Recorded recorded;

  BackfillsResource(Backfills backfills, BackfillViews views, Recorded recorded) {
    this.backfills = backfills;
    this.views = views;
    this.recorded = recorded;
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
   * Stops a backfill; runs that it has started continue. Objects that no run has taken are left for
   * another backfill. 409 if it had ended.
   */
  @POST
  @Path("{id}/cancel")
  public Response cancel(String id, @QueryParam("reason") Optional<String> reason) {
    return change("cancel", id, reason, backfill -> backfills.cancel(backfill));
  }

  /**
   * Continues a backfill although runs of it have failed or were cancelled; the next such run stops
   * it again. 409 if it had ended.
   */
  @POST
  @Path("{id}/pass-over")
  public Response passOver(String id, @QueryParam("reason") Optional<String> reason) {
    return change(
        "continue",
        id,
        reason,
        backfill -> {
          Progress progress = backfills.progress(backfill);
          return backfills.passOver(backfill, progress.stops());
        });
  }

  private Response change(
      String action, String id, Optional<String> reason, Predicate<Backfill> wish) {
    return recorded.doing(action, Recorded.backfill(id), reason, () -> change(id, wish));
  }

  private Response change(String id, Predicate<Backfill> wish) {
    Optional<Backfill> backfill = backfills.find(id);
    if (backfill.isEmpty()) {
      return Answers.said(Status.NOT_FOUND, "There is no backfill " + id);
    }
    return wish.test(backfill.get())
        ? one(id)
        : Answers.said(Status.CONFLICT, "Cannot change backfill %s: it has ended".formatted(id));
  }
}
