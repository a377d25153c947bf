package web;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Shows a browser a page where a program gets a problem document. */
class ErrorPages {

  private static final int BAD_REQUEST = 400;
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;
  private static final int FORBIDDEN = 403;
  private static final int UNAVAILABLE = 503;

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
    Page page =
        new Page(
            title(problem.getStatusCode()),
            Page.Section.OVERVIEW,
            "",
            List.of(Piece.of("error", Templates.error(title(problem.getStatusCode()), sentence))));
    response.setEntity(frame.bytes(page), null, MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"));
  }

  private static boolean isHtml(MediaType accepted) {
    return accepted.isCompatible(MediaType.TEXT_HTML_TYPE) && !accepted.isWildcardType();
  }

  private static String title(int status) {
    return switch (status) {
      case NOT_FOUND -> "There is nothing here";
      case FORBIDDEN -> "You may not do that";
      case CONFLICT -> "It cannot be done now";
      case UNAVAILABLE -> "The service cannot answer now";
      default -> "That did not work";
    };
  }
}
