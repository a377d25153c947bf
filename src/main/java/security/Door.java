package security;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.Optional;
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
          "Cannot answer: you are not signed in, or no longer; sign in (docs/security.md says how to be let in)");

  private static final Refusal SIGN_IN_AGAIN =
      Refusal.of(
          HttpResponseStatus.UNAUTHORIZED,
          "Cannot do that: you are not signed in, or no longer, and nothing was done; sign in and do it again");

  private final AccessSettings settings;
  private final UsersSignIn users;
  private final OidcAuthenticationMechanism openid;
  private final SignIns signIns;
  private final Refusals refusals;

  Door(
      AccessSettings settings,
      UsersSignIn users,
      OidcAuthenticationMechanism openid,
      SignIns signIns,
      Refusals refusals) {
    this.settings = settings;
    this.users = users;
    this.openid = openid;
    this.signIns = signIns;
    this.refusals = refusals;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager providers) {
    return switch (settings.access()) {
      case LOOPBACK, OPEN -> Uni.createFrom().nullItem();
      case USERS -> users.identify(context);
      case OPENID -> byOpenId(context, providers);
    };
  }

  private Uni<SecurityIdentity> byOpenId(
      RoutingContext context, IdentityProviderManager providers) {
    HttpServerRequest request = context.request();
    return openid
        .authenticate(context, providers)
        .onItem()
        .ifNotNull()
        .invoke(identity -> signIns.accepted(CurrentCaller.of(identity), SignInWay.OPENID, request))
        .onFailure(AuthenticationFailedException.class)
        .invoke(refused -> signIns.refused(Optional.empty(), SignInWay.OPENID, request));
  }

  /**
   * Only a browser that asks for a page is led to the provider: its scripts could not follow, and
   * what a form has posted would be lost without a word.
   */
  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    if (settings.access() == Access.OPENID
        && Requests.isOfAPerson(context)
        && Requests.isSafe(context.request())) {
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
    return Requests.isOfAPerson(context) ? SignOut.BASIC : SignOut.BASIC + ", Bearer";
  }

  @Override
  public Uni<Boolean> sendChallenge(RoutingContext context) {
    Refusal refusal =
        Refusal.on(context).orElse(Requests.isSafe(context.request()) ? SIGN_IN : SIGN_IN_AGAIN);
    if (!refusal.status().equals(HttpResponseStatus.UNAUTHORIZED)) {
      refusals.answer(context, refusal);
      return Uni.createFrom().item(true);
    }
    return getChallenge(context)
        .map(
            challenge -> {
              if (challenge.headerName != null) {
                context.response().putHeader(challenge.headerName, challenge.headerContent);
              }
              if (challenge.status == HttpResponseStatus.UNAUTHORIZED.code()) {
                refusals.answer(context, refusal);
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
