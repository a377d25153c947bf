package web;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

/** Follows a page: sends the pieces that change, as HTML that takes their places. */
@Path("/live")
public class LiveResource {

  private final Feeds feeds;

  LiveResource(Feeds feeds) {
    this.feeds = feeds;
  }

  /**
   * The changes of a page.
   *
   * @param page its path
   * @param state what the browser has of it; if it is another one now, all pieces are sent first
   */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Multi<OutboundSseEvent> changes(
      @QueryParam("page") String page, @QueryParam("state") String state, Sse sse) {
    return feeds
        .of(page, state)
        .map(
            html ->
                html.isEmpty()
                    ? sse.newEventBuilder().comment("still here").build()
                    : sse.newEventBuilder()
                        .name("pieces")
                        .mediaType(MediaType.TEXT_PLAIN_TYPE)
                        .data(String.class, html)
                        .build());
  }
}
