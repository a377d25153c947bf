package security;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;

/**
 * Why a request is not let in: a problem document (RFC 9457) for programs, a sentence for browsers.
 *
 * @param detail one sentence, with the way out
 */
record Refusal(HttpResponseStatus status, String detail, Optional<Duration> retryAfter) {

  private static final String ON_A_REQUEST = Refusal.class.getName();

  static Refusal of(HttpResponseStatus status, String detail) {
    return new Refusal(status, detail, Optional.empty());
  }

  static Refusal tooMany(Duration wait) {
    long seconds = Math.max(1, wait.toSeconds() + (wait.toNanosPart() > 0 ? 1 : 0));
    return new Refusal(
        HttpResponseStatus.TOO_MANY_REQUESTS,
        "Cannot sign in: too many sign-ins have failed; try again in %d s".formatted(seconds),
        Optional.of(Duration.ofSeconds(seconds)));
  }

  /** Keeps it with the request until it is answered. */
  void put(RoutingContext context) {
    context.put(ON_A_REQUEST, this);
  }

  /** The one that was kept with the request. */
  static Optional<Refusal> on(RoutingContext context) {
    return Optional.ofNullable(context.get(ON_A_REQUEST));
  }

  /** Answers the request. */
  void send(RoutingContext context) {
    // A body that is never read would hold up the connection's next request.
    context.request().resume();
    var response = context.response().setStatusCode(status.code());
    retryAfter.ifPresent(wait -> response.putHeader("Retry-After", "" + wait.toSeconds()));
    if (isForABrowser(context)) {
      response.putHeader("Content-Type", "text/plain; charset=utf-8").end(detail + "\n");
      return;
    }
    response
        .putHeader("Content-Type", "application/problem+json")
        .end(
            new JsonObject()
                .put("status", status.code())
                .put("title", status.reasonPhrase())
                .put("detail", detail)
                .put("instance", context.request().path())
                .encode());
  }

  /** Whether a person looks at the answer: a page is asked for, and not a part of one. */
  static boolean isForABrowser(RoutingContext context) {
    String accepted = context.request().getHeader("Accept");
    return accepted != null
        && accepted.contains("text/html")
        && context.request().getHeader("HX-Request") == null
        && !context.normalizedPath().startsWith("/api/");
  }
}
