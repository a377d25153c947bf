package web;

import api.BackfillView;
import api.BackfillsResource;
import api.FormKeys;
import api.PauseResource;
import api.PipelineBackfillsResource;
import api.PipelinesResource;
import api.ResumeResource;
import api.RunOperation;
import api.RunView;
import api.RunsResource;
import api.StartResource;
import api.StartView;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** Asks for a confirmation, and does what was confirmed. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class OperationsResource {

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final String NO_REASON =
      "There is no reason; write in a few words why, for the audit log";

  private final Frame frame;
  private final RunsResource runs;
  private final PipelinesResource pipelines;
  private final StartResource start;
  private final PauseResource pause;
  private final ResumeResource resume;
  private final BackfillsResource backfills;
  private final PipelineBackfillsResource newBackfills;
  private final FormKeys keys;

  OperationsResource(
      Frame frame,
      RunsResource runs,
      PipelinesResource pipelines,
      StartResource start,
      PauseResource pause,
      ResumeResource resume,
      BackfillsResource backfills,
      PipelineBackfillsResource newBackfills,
      FormKeys keys) {
    this.frame = frame;
    this.runs = runs;
    this.pipelines = pipelines;
    this.start = start;
    this.pause = pause;
    this.resume = resume;
    this.backfills = backfills;
    this.newBackfills = newBackfills;
    this.keys = keys;
  }

  /** The question about a run. */
  @GET
  @Path("runs/{id}/{verb}")
  public Response askOfRun(String id, String verb) {
    RunOperation operation = known(RunOperation.of(verb));
    runs.one(id);
    return page(OK, Operations.ofRun(operation, id));
  }

  /** Does what was confirmed of a run. */
  @POST
  @Path("runs/{id}/{verb}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response doToRun(
      String id,
      String verb,
      @FormParam("reason") Optional<String> reason,
      @FormParam("key") String key) {
    RunOperation operation = known(RunOperation.of(verb));
    return perform(
        Operations.ofRun(operation, id),
        reason,
        key,
        () -> {
          RunView changed =
              switch (operation) {
                case CANCEL -> runs.cancel(id, reason);
                case DISCARD -> runs.discard(id, reason);
                case RETRY -> runs.retry(id, reason);
                case REPLAY -> runs.replay(id, reason);
              };
          return "/runs/%s?done=%s".formatted(changed.id(), operation.verb());
        });
  }

  /** The form of a new backfill. */
  @GET
  @Path("pipelines/{name}/backfill")
  public Response askForBackfill(String name) {
    pipelines.one(name);
    return backfillForm(OK, name, Map.of(), Optional.empty());
  }

  /** Begins a backfill. */
  @POST
  @Path("pipelines/{name}/backfill")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response backfill(String name, MultivaluedMap<String, String> form) {
    Map<String, String> given = new TreeMap<>();
    form.forEach(
        (field, values) -> {
          if (!values.get(0).isBlank()) {
            given.put(field, values.get(0).strip());
          }
        });
    String key = given.remove("key");
    Map<String, String> typed = Map.copyOf(given);
    Optional<String> reason = Optional.ofNullable(given.remove("reason"));
    if (reason.isEmpty()) {
      return backfillForm(BAD_REQUEST, name, typed, Optional.of(NO_REASON));
    }
    try {
      return seeOther(
          keys.once(
              key,
              "/pipelines/%s/backfill %s".formatted(name, given),
              () -> {
                newBackfills.begin(name, reason, given);
                return "/pipelines/%s?done=backfill".formatted(name);
              }));
    } catch (HttpProblem refused) {
      return backfillForm(
          refused.getStatusCode(), name, typed, Optional.ofNullable(refused.getDetail()));
    }
  }

  private Response backfillForm(
      int status, String name, Map<String, String> typed, Optional<String> problem) {
    return frame.still(
        status,
        new Page(
            "Backfill " + name,
            Page.Section.OVERVIEW,
            "",
            List.of(
                Piece.of(
                    "backfill",
                    Templates.backfill(name, BackfillForm.of(typed), problem, newKey())))));
  }

  /** The question about a pipeline. */
  @GET
  @Path("pipelines/{name}/{verb}")
  public Response askOfPipeline(String name, String verb) {
    PipelineOperation operation = known(PipelineOperation.of(verb));
    pipelines.one(name);
    return page(OK, Operations.ofPipeline(operation, name));
  }

  /** Does what was confirmed of a pipeline. */
  @POST
  @Path("pipelines/{name}/{verb}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response doToPipeline(
      String name,
      String verb,
      @FormParam("reason") Optional<String> reason,
      @FormParam("key") String key) {
    PipelineOperation operation = known(PipelineOperation.of(verb));
    return perform(
        Operations.ofPipeline(operation, name),
        reason,
        key,
        () -> {
          String page =
              switch (operation) {
                case START ->
                    "/runs/" + ((StartView) start.start(name, reason).getEntity()).runs().get(0);
                case PAUSE -> "/pipelines/" + pause.pause(name, reason).name();
                case RESUME -> "/pipelines/" + resume.resume(name, reason).name();
              };
          return "%s?done=%s".formatted(page, operation.verb());
        });
  }

  /** The question about a backfill. */
  @GET
  @Path("backfills/{id}/{verb}")
  public Response askOfBackfill(String id, String verb) {
    BackfillOperation operation = known(BackfillOperation.of(verb));
    return page(OK, Operations.ofBackfill(operation, id, backfills.one(id).pipeline()));
  }

  /** Does what was confirmed of a backfill. */
  @POST
  @Path("backfills/{id}/{verb}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response doToBackfill(
      String id,
      String verb,
      @FormParam("reason") Optional<String> reason,
      @FormParam("key") String key) {
    BackfillOperation operation = known(BackfillOperation.of(verb));
    return perform(
        Operations.ofBackfill(operation, id, backfills.one(id).pipeline()),
        reason,
        key,
        () -> {
          BackfillView changed =
              switch (operation) {
                case CANCEL -> backfills.cancel(id, reason);
                case PASS_OVER -> backfills.passOver(id, reason);
              };
          return "/pipelines/%s?done=%s".formatted(changed.pipeline(), operation.verb());
        });
  }

  private static <T> T known(Optional<T> operation) {
    return operation.orElseThrow(() -> new NotFoundException("There is no such operation"));
  }

  /** What was done, or the question again with the reason why it was not. */
  private Response perform(
      Confirmation asked, Optional<String> reason, String key, Supplier<String> effect) {
    if (reason.filter(words -> !words.isBlank()).isEmpty()) {
      return page(BAD_REQUEST, asked.refused(NO_REASON, Optional.empty()));
    }
    try {
      return seeOther(keys.once(key, asked.path(), effect));
    } catch (HttpProblem refused) {
      return page(
          refused.getStatusCode(), asked.refused(String.valueOf(refused.getDetail()), reason));
    }
  }

  private Response page(int status, Confirmation confirmation) {
    return frame.still(
        status,
        new Page(
            confirmation.question(),
            Page.Section.OVERVIEW,
            "",
            List.of(Piece.of("confirm", Templates.confirm(confirmation, newKey())))));
  }

  /** However often the form is sent, it acts once. */
  private static String newKey() {
    return UUID.randomUUID().toString();
  }

  /**
   * A path alone (RFC 9110, 10.2.2): behind a proxy that ends TLS, this service would give an
   * address without TLS, and a form may not lead there.
   */
  private static Response seeOther(String path) {
    return Response.status(Response.Status.SEE_OTHER).header(HttpHeaders.LOCATION, path).build();
  }
}
