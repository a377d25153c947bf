package security;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.security.ForbiddenException;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;

/** What every request goes through before anyone asks who sent it. */
@ApplicationScoped
public class Gate implements HttpServerOptionsCustomizer {

  private static final int FIRST = 1_000;

  private final Origins origins;
  private final Refusals refusals;
  private final SignIns signIns;
  private final Instance<AccessSettings> settings;

  Gate(Origins origins, Refusals refusals, SignIns signIns, Instance<AccessSettings> settings) {
    this.origins = origins;
    this.refusals = refusals;
    this.signIns = signIns;
    this.settings = settings;
  }

  void install(@Observes Filters filters) {
    filters.register(ResponseHeaders::add, FIRST);
    filters.register(origins::check, FIRST - 1);
  }

  void install(@Observes Router router) {
    router.route().order(-FIRST).failureHandler(this::forbidden);
  }

  /** Quarkus would answer without a word. */
  private void forbidden(RoutingContext context) {
    if (context.failure() instanceof ForbiddenException && !context.response().headWritten()) {
      Role needed = Requests.isSafe(context.request()) ? Role.VIEWER : Role.OPERATOR;
      signIns.forbidden(Refusals.caller(context), needed, context.request());
      refusals.answer(
          context,
          Refusal.of(
              HttpResponseStatus.FORBIDDEN,
              "Cannot do that: it needs the role %s; ask for it whoever keeps the service"
                  .formatted(needed.word())));
    } else {
      context.next();
    }
  }

  /** Quarkus fixes this at build time otherwise ({@code quarkus.http.ssl.client-auth}). */
  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    options.setClientAuth(
        switch (settings.get().certificates()) {
          case NONE -> ClientAuth.NONE;
          case REQUEST -> ClientAuth.REQUEST;
          case REQUIRE -> ClientAuth.REQUIRED;
        });
  }
}
