package api;

import batch.Backfill;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import java.util.function.Function;
import store.Backfills;

/** Backfills, each by its name. */
@Path("/api/backfills")
@RegisterForReflection
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
  public BackfillView one(String id) {
    return backfills.find(id).map(views::of).orElseThrow(() -> none(id));
  }

  /**
   * Stops a backfill; runs that it has started continue. Objects that no run has taken are left for
   * another backfill. 409 if it had ended.
   */
  @POST
  @Path("{id}/cancel")
  public BackfillView cancel(String id, @QueryParam("reason") Optional<String> reason) {
    return change(
        "cancel",
        id,
        reason,
        backfill -> Optional.of(backfill.cancelled()).filter(ended -> backfills.cancel(backfill)));
  }

  /**
   * Continues a backfill although runs of it have failed or were cancelled; the next such run stops
   * it again. 409 if it had ended.
   */
  @POST
  @Path("{id}/pass-over")
  public BackfillView passOver(String id, @QueryParam("reason") Optional<String> reason) {
    return change(
        "continue",
        id,
        reason,
        backfill -> {
          int stops = backfills.progress(backfill).stops();
          return Optional.of(backfill.passingOver(stops))
              .filter(goesOn -> backfills.passOver(backfill, stops));
        });
  }

  private BackfillView change(
      String action,
      String id,
      Optional<String> reason,
      Function<Backfill, Optional<Backfill>> wish) {
    return recorded.doing(
        action, Recorded.backfill(id), reason, asked -> change(id, wish), made -> one(id));
  }

  private BackfillView change(String id, Function<Backfill, Optional<Backfill>> wish) {
    Backfill backfill = backfills.find(id).orElseThrow(() -> none(id));
    Function<Backfill, BackfillView> view = views.before(backfill);
    return wish.apply(backfill)
        .map(view)
        .orElseThrow(
            () ->
                Answers.problem(
                    Status.CONFLICT, "Cannot change backfill %s: it has ended".formatted(id)));
  }

  private static HttpProblem none(String id) {
    return Answers.problem(
        Status.NOT_FOUND,
        "There is no backfill %s; GET /api/pipelines/{name}/backfills lists those of a pipeline"
            .formatted(id));
  }
}
