package api;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import store.Page;

/** Answers of the API that are more than a body. */
final class Answers {

  private static final String CURSOR = "cursor";

  private Answers() {}

  /** A problem (RFC 9457), for a request that was not fulfilled as asked. */
  static HttpProblem problem(Status status, String message) {
    return HttpProblem.valueOf(status, message);
  }

  static HttpProblem noPipeline(String name) {
    return problem(
        Status.NOT_FOUND, "There is no pipeline %s; GET /api/pipelines lists them".formatted(name));
  }

  static Response of(Status status, Object entity) {
    return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(entity).build();
  }

  /** A page, with a link to the next one (RFC 8288) relative to the service's root. */
  static <T> RestResponse<List<T>> page(Page<T> page, UriInfo request) {
    RestResponse.ResponseBuilder<List<T>> answer = RestResponse.ResponseBuilder.ok(page.items());
    page.next()
        .map(Answers::cursor)
        .map(next -> request.getRequestUriBuilder().replaceQueryParam(CURSOR, next).build())
        .ifPresent(
            next ->
                answer.header(
                    "Link",
                    "<%s?%s>; rel=\"next\"".formatted(next.getRawPath(), next.getRawQuery())));
    return answer.build();
  }

  static String cursor(String position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(position.getBytes(StandardCharsets.UTF_8));
  }
}
