package security;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/** What kinds of requests there are. */
final class Requests {

  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private static final List<String> ASSETS = List.of("/assets/", "/webjars/");

  private Requests() {}

  /** Whether it changes nothing, as RFC 9110 (9.2.1) has it. */
  static boolean isSafe(HttpServerRequest request) {
    return SAFE.contains(request.method());
  }

  /** Whether a person looks at the answer: a page is asked for, and not a part of one. */
  static boolean isOfAPerson(RoutingContext context) {
    String accepted = context.request().getHeader("Accept");
    return accepted != null
        && accepted.contains("text/html")
        && context.request().getHeader("HX-Request") == null
        && !context.normalizedPath().startsWith("/api/");
  }

  /**
   * Whether it ends the caller's session, which another site must not do either; however the path
   * is written, for a slash or a parameter behind it leads to the same place.
   */
  static boolean isToSignOut(RoutingContext context) {
    return context.normalizedPath().startsWith(SignOut.PATH);
  }

  /** Whether it asks for a style, a script or an image, which are the same for everyone. */
  static boolean isForAnAsset(RoutingContext context) {
    String path = context.normalizedPath();
    return path.equals("/favicon.ico") || ASSETS.stream().anyMatch(path::startsWith);
  }

  /** Where it comes from, as a number. */
  static String address(HttpServerRequest request) {
    return request.remoteAddress() == null
        ? ""
        : String.valueOf(request.remoteAddress().hostAddress());
  }
}
