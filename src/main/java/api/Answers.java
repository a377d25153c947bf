package api;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Map;

/** What the API answers where the status says something too. */
final class Answers {

  private Answers() {}

  /** Something went otherwise than was wished, in words. */
  static Response said(Status status, String message) {
    return of(status, Map.of("message", message));
  }

  static Response of(Status status, Object entity) {
    return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(entity).build();
  }
}
