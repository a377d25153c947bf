package web;

import api.BackfillsResource;
import api.PauseResource;
import api.PipelineBackfillsResource;
import api.PipelinesResource;
import api.ResumeResource;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks for a confirmation, and does what was confirmed. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class OperationsResource {

  private static final int OK = 200;

  private final Frame frame;
  private final RunsResource runs;
  private final PipelinesResource pipelines;
  private final StartResource start;
  private final PauseResource pause;
  private final ResumeResource resume;
  private final BackfillsResource backfills;
  private final PipelineBackfillsResource newBackfills;

  OperationsResource(
      Frame frame,
      RunsResource runs,
      PipelinesResource pipelines,
      StartResource start,
      PauseResource pause,
      ResumeResource resume,
      BackfillsResource backfills,
      PipelineBackfillsResource newBackfills) {
    this.frame = frame;
    this.runs = runs;
    this.pipelines = pipelines;
    this.start = start;
    this.pause = pause;
    this.resume = resume;
    this.backfills = backfills;
    this.newBackfills = newBackfills;
  }

  /** The question about a run. */
  @GET
  @Path("runs/{id}/{verb}")
  public Response askOfRun(String id, String verb) {
    runs.one(id);
    return ask(Operations.ofRun(verb, id));
  }

  /** Does what was confirmed of a run. */
  @POST
  @Path("runs/{id}/{verb}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response doToRun(String id, String verb, @FormParam("reason") Optional<String> reason) {
    return perform(
        Operations.ofRun(verb, id),
        () ->
            "/runs/%s?done=%s"
                .formatted(
                    switch (verb) {
                      case "cancel" -> runs.cancel(id, reason).id();
                      case "retry" -> runs.retry(id, reason).id();
                      case "replay" -> runs.replay(id, reason).id();
                      default -> runs.discard(id, reason).id();
                    },
                    verb));
  }

  /** The form of a new backfill. */
  @GET
  @Path("pipelines/{name}/backfill")
  public Response askForBackfill(String name) {
    pipelines.one(name);
    return backfillForm(OK, name, Optional.empty());
  }

  /** Begins a backfill. */
  @POST
  @Path("pipelines/{name}/backfill")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response backfill(String name, MultivaluedMap<String, String> form) {
    Map<String, String> given = new LinkedHashMap<>();
    form.forEach(
        (field, values) -> {
          if (!values.get(0).isBlank()) {
            given.put(field, values.get(0).strip());
          }
        });
    Optional<String> reason = Optional.ofNullable(given.remove("reason"));
    try {
      newBackfills.begin(name, reason, given);
      return seeOther("/pipelines/%s?done=backfill".formatted(name));
    } catch (HttpProblem refused) {
      return backfillForm(refused.getStatusCode(), name, Optional.ofNullable(refused.getDetail()));
    }
  }

  private Response backfillForm(int status, String name, Optional<String> problem) {
    return frame.still(
        status,
        new Page(
            "Backfill " + name,
            Page.Section.OVERVIEW,
            "",
            List.of(Piece.of("backfill", Templates.backfill(name, problem)))));
  }

  /** The question about a pipeline. */
  @GET
  @Path("pipelines/{name}/{verb}")
  public Response askOfPipeline(String name, String verb) {
    pipelines.one(name);
    return ask(Operations.ofPipeline(verb, name));
  }

  /** Does what was confirmed of a pipeline. */
  @POST
  @Path("pipelines/{name}/{verb}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response doToPipeline(
      String name, String verb, @FormParam("reason") Optional<String> reason) {
    return perform(
        Operations.ofPipeline(verb, name),
        () -> {
          switch (verb) {
            case "pause" -> pause.pause(name, reason);
            case "resume" -> resume.resume(name, reason);
            default -> {
              StartView started = (StartView) start.start(name, reason).getEntity();
              return "/runs/%s?done=start".formatted(started.runs().get(0));
            }
          }
          return "/pipelines/%s?done=%s".formatted(name, verb);
        });
  }

  /** The question about a backfill. */
  @GET
  @Path("backfills/{id}/{verb}")
  public Response askOfBackfill(String id, String verb) {
    return ask(Operations.ofBackfill(verb, id, backfills.one(id).pipeline()));
  }

  /** Does what was confirmed of a backfill. */
  @POST
  @Path("backfills/{id}/{verb}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response doToBackfill(
      String id, String verb, @FormParam("reason") Optional<String> reason) {
    String pipeline = backfills.one(id).pipeline();
    return perform(
        Operations.ofBackfill(verb, id, pipeline),
        () -> {
          if (verb.equals("cancel")) {
            backfills.cancel(id, reason);
          } else {
            backfills.passOver(id, reason);
          }
          return "/pipelines/%s?done=%s".formatted(pipeline, verb);
        });
  }

  private Response ask(Optional<Confirmation> question) {
    return page(OK, question.orElseThrow(() -> new NotFoundException("There is no such page")));
  }

  /** What was done, or the question again with the reason why it was not. */
  private Response perform(Optional<Confirmation> question, Supplier<String> effect) {
    Confirmation asked =
        question.orElseThrow(() -> new NotFoundException("There is no such operation"));
    try {
      return seeOther(effect.get());
    } catch (HttpProblem refused) {
      return page(refused.getStatusCode(), asked.refused(String.valueOf(refused.getDetail())));
    }
  }

  private Response page(int status, Confirmation confirmation) {
    return frame.still(
        status,
        new Page(
            confirmation.question(),
            Page.Section.OVERVIEW,
            "",
            List.of(Piece.of("confirm", Templates.confirm(confirmation)))));
  }

  private static Response seeOther(String path) {
    return Response.seeOther(URI.create(path)).build();
  }
}
