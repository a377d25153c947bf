package security;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Answers the requests that are not let in: people get a page, programs a problem document. */
@ApplicationScoped
class Refusals {

  private final RefusalPage page;

  Refusals(RefusalPage page) {
    this.page = page;
  }

  /** Answers the request. */
  void answer(RoutingContext context, Refusal refusal) {
    // A body that is never read would hold up the connection's next request.
    context.request().resume();
    HttpServerResponse response = context.response().setStatusCode(refusal.status().code());
    refusal
        .retryAfter()
        .ifPresent(wait -> response.putHeader("Retry-After", "" + wait.toSeconds()));
    if (Requests.isOfAPerson(context)) {
      response
          .putHeader("Content-Type", "text/html; charset=UTF-8")
          .end(page.html(refusal.status().code(), refusal.detail(), caller(context)));
      return;
    }
    response
        .putHeader("Content-Type", "application/problem+json")
        .end(
            new JsonObject()
                .put("status", refusal.status().code())
                .put("title", refusal.status().reasonPhrase())
                .put("detail", refusal.detail())
                .put("instance", context.request().path())
                .encode());
  }

  /** Who has signed in. */
  static Optional<Caller> caller(RoutingContext context) {
    return context.user() instanceof QuarkusHttpUser user
        ? Optional.of(user.getSecurityIdentity())
            .filter(identity -> !identity.isAnonymous())
            .map(CurrentCaller::of)
        : Optional.empty();
  }
}
