package security;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;

/**
 * Why a request is not let in.
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
}
