package api;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Map;

/** Answers of the API that have a status of their own. */
final class Answers {

  private Answers() {}

  /** A message, for a request that was not fulfilled as asked. */
  static Response said(Status status, String message) {
    return of(status, Map.of("message", message));
  }

  static Response of(Status status, Object entity) {
    return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(entity).build();
  }
}
