package security;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.Set;

/**
 * Finds out who sends a request, in the one way that is configured, and asks to sign in whoever
 * must. It takes the place of Quarkus' own ways, among them OpenID Connect's, which it calls.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class Door implements HttpAuthenticationMechanism {

  private static final Refusal SIGN_IN =
      Refusal.of(
          HttpResponseStatus.UNAUTHORIZED,
          "Cannot answer: nobody has signed in; docs/security.md says how to be let in");

  private final AccessSettings settings;
  private final UsersSignIn users;
  private final OidcAuthenticationMechanism openid;

  Door(AccessSettings settings, UsersSignIn users, OidcAuthenticationMechanism openid) {
    this.settings = settings;
    this.users = users;
    this.openid = openid;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager providers) {
    return switch (settings.access()) {
      case LOOPBACK, OPEN -> Uni.createFrom().nullItem();
      case USERS -> users.identify(context);
      case OPENID -> openid.authenticate(context, providers);
    };
  }

  /** Only a browser that asks for a page is led to the provider; its scripts could not follow. */
  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    if (settings.access() == Access.OPENID && Refusal.isForABrowser(context)) {
      return openid.getChallenge(context);
    }
    String challenge = settings.access() == Access.OPENID ? "Bearer" : basic(context);
    return Uni.createFrom()
        .item(
            new ChallengeData(
                HttpResponseStatus.UNAUTHORIZED.code(), "WWW-Authenticate", challenge));
  }

  /** Chromium asks for no password if another way stands in the same header. */
  private static String basic(RoutingContext context) {
    String basic = "Basic realm=\"transient-pipelines\", charset=\"UTF-8\"";
    return Refusal.isForABrowser(context) ? basic : basic + ", Bearer";
  }

  @Override
  public Uni<Boolean> sendChallenge(RoutingContext context) {
    Refusal refusal = Refusal.on(context).orElse(SIGN_IN);
    if (!refusal.status().equals(HttpResponseStatus.UNAUTHORIZED)) {
      refusal.send(context);
      return Uni.createFrom().item(true);
    }
    return getChallenge(context)
        .map(
            challenge -> {
              if (challenge.headerName != null) {
                context.response().putHeader(challenge.headerName, challenge.headerContent);
              }
              if (challenge.status == HttpResponseStatus.UNAUTHORIZED.code()) {
                refusal.send(context);
              } else {
                context.response().setStatusCode(challenge.status).end();
              }
              return true;
            });
  }

  /** None: each way brings its own. */
  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of();
  }

  @Override
  public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
    return settings.access() == Access.OPENID
        ? openid.getCredentialTransport(context)
        : Uni.createFrom()
            .item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, "basic"));
  }
}
