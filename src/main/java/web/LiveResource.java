package web;

import api.Watchers;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import security.Admission;
import security.CurrentCaller;

/** Follows a page: sends the pieces that change, as HTML that takes their places. */
@Path("/live")
public class LiveResource {

  private static final long RETRY_AFTER_MILLIS = 2_000;

  private final Feeds feeds;
  private final Pages pages;
  private final Watchers watchers;
  private final CurrentCaller caller;

  LiveResource(Feeds feeds, Pages pages, Watchers watchers, CurrentCaller caller) {
    this.feeds = feeds;
    this.pages = pages;
    this.watchers = watchers;
    this.caller = caller;
  }

  /**
   * The changes of a page, until the caller's sign-in is no longer good: then a browser that
   * connects again has to show it anew. 503 if {@code service.max-watchers} streams are open.
   *
   * @param page its path
   * @param state what the browser had of it at first; if it has another one now than the service,
   *     it is told to ask for the page anew
   * @param last what the browser had of it when the connection ended; absent at first
   */
  @GET
  @Blocking
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Multi<OutboundSseEvent> changes(
      @QueryParam("page") @DefaultValue("") String page,
      @QueryParam("state") @DefaultValue("") String state,
      @HeaderParam("Last-Event-ID") Optional<String> last,
      @Context Sse sse) {
    pages.check(page);
    Admission admission = caller.admission();
    if (!watchers.enter()) {
      throw HttpProblem.valueOf(
          Status.SERVICE_UNAVAILABLE,
          "Cannot follow the page: %d pages and streams are open; close some, or raise service.max-watchers"
              .formatted(watchers.most()));
    }
    return feeds
        .of(page, last.orElse(state))
        .onTermination()
        .invoke(watchers::leave)
        .select()
        .first(message -> !admission.isOver())
        .map(message -> event(sse.newEventBuilder(), message));
  }

  private static OutboundSseEvent event(OutboundSseEvent.Builder event, Message message) {
    if (message.name().isEmpty()) {
      return event.comment("alive").reconnectDelay(RETRY_AFTER_MILLIS).build();
    }
    message.state().ifPresent(event::id);
    return event.name(message.name()).data(message.html()).build();
  }
}
