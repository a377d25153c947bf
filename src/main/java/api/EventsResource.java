package api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.ResponseHeader;
import security.Admission;
import security.CurrentCaller;
import store.StateEntries.Entered;

/** What happens, as it happens. */
@Path("/api/events")
@RegisterForReflection
public class EventsResource {

  private static final long RETRY_AFTER_MILLIS = 2_000;

  private final RunEvents events;
  private final CurrentCaller caller;
  private final ObjectMapper json;

  EventsResource(RunEvents events, CurrentCaller caller, ObjectMapper json) {
    this.events = events;
    this.caller = caller;
    this.json = json;
  }

  /**
   * The states that runs come into, as server-sent events. Each event is named {@code run}, has an
   * id that grows, and as data a run's id, its pipeline, its state and the time. A comment every 15
   * seconds shows that the connection is alive. The stream ends when the caller's sign-in is no
   * longer good, so that a client has to show it anew. 503 if {@code service.max-watchers} streams
   * are open.
   *
   * @param lastEventId the id of the last event that the client has seen: the stream goes on after
   *     it; without it the stream begins with what happens next
   */
  @GET
  @NonBlocking
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-store")
  @APIResponse(
      responseCode = "200",
      description = "The stream",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = RunEventView.class)))
  public Multi<OutboundSseEvent> events(
      @HeaderParam("Last-Event-ID") String lastEventId, @Context Sse sse) {
    Optional<Long> after = Optional.ofNullable(lastEventId).map(EventsResource::id);
    events.refuseIfFull();
    Admission admission = caller.admission();
    return events
        .watch(after)
        .select()
        .first(item -> !admission.isOver())
        .map(item -> event(sse.newEventBuilder(), item));
  }

  private OutboundSseEvent event(OutboundSseEvent.Builder event, Optional<Entered> item) {
    if (item.isEmpty()) {
      return event.comment("alive").reconnectDelay(RETRY_AFTER_MILLIS).build();
    }
    try {
      return event
          .id(Long.toString(item.get().id()))
          .name("run")
          .data(json.writeValueAsString(RunEventView.of(item.get())))
          .build();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write a run's event as JSON", e);
    }
  }

  private static long id(String last) {
    if (!last.matches("[0-9]{1,18}")) {
      throw Answers.problem(
          Status.BAD_REQUEST,
          "Last-Event-ID is '%s', which is the id of no event; leave it out, or send the id of the last event seen"
              .formatted(last));
    }
    return Long.parseLong(last);
  }
}
