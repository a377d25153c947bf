package api;

import jakarta.ws.rs.container.ContainerRequestContext;

/** Which requests are the API's: the page, health and metrics have filters of their own. */
final class BelowApi {

  private BelowApi() {}

  static boolean is(ContainerRequestContext request) {
    return request.getUriInfo().getPath().startsWith("/api/");
  }
}
