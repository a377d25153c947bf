package web;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Shows a browser a page where a program gets a problem document. */
class ErrorPages {

  private static final int BAD_REQUEST = 400;

  private final Frame frame;

  ErrorPages(Frame frame) {
    this.frame = frame;
  }

  /** Replaces the problem by a page that says the same. */
  @ServerResponseFilter
  void show(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getUriInfo().getPath().startsWith("/api")
        || !(response.getEntity() instanceof HttpProblem problem)
        // A redirect, as of a sign-in that is complete, comes as a problem too.
        || problem.getStatusCode() < BAD_REQUEST
        || request.getAcceptableMediaTypes().stream().noneMatch(ErrorPages::isHtml)) {
      return;
    }
    String sentence = Optional.ofNullable(problem.getDetail()).orElse(problem.getTitle());
    response.setEntity(
        frame.bytes(ErrorPage.of(problem.getStatusCode(), sentence)),
        null,
        MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"));
  }

  private static boolean isHtml(MediaType accepted) {
    return accepted.isCompatible(MediaType.TEXT_HTML_TYPE) && !accepted.isWildcardType();
  }
}
