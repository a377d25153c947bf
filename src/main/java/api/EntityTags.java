package api;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.util.Collection;

/** Gives what is read a tag of its content, and leaves the content out where the client has it. */
@Provider
@Priority(Priorities.ENTITY_CODER)
class EntityTags implements ContainerResponseFilter {

  private final ObjectMapper json;

  EntityTags(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response)
      throws IOException {
    if (!BelowApi.is(request) || !isRead(request) || !isTagged(response)) {
      return;
    }
    byte[] body = json.writeValueAsBytes(response.getEntity());
    EntityTag tag = new EntityTag(Digest.of(body));
    response.getHeaders().putSingle(HttpHeaders.ETAG, "\"%s\"".formatted(tag.getValue()));
    response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    if (request.getRequest().evaluatePreconditions(tag) == null) {
      response.setEntity(body, new Annotation[0], MediaType.APPLICATION_JSON_TYPE);
    } else {
      response.setStatus(Status.NOT_MODIFIED.getStatusCode());
      response.setEntity(null);
    }
  }

  private static boolean isRead(ContainerRequestContext request) {
    return request.getMethod().equals(HttpMethod.GET)
        || request.getMethod().equals(HttpMethod.HEAD);
  }

  private static boolean isTagged(ContainerResponseContext response) {
    Object entity = response.getEntity();
    return response.getStatus() == Status.OK.getStatusCode()
        && (entity instanceof Record || entity instanceof Collection);
  }
}
