package security;

import io.quarkus.oidc.OidcSession;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Ends what a browser keeps of a sign-in, as far as a service can. */
@ApplicationScoped
public class SignOut {

  /** Where people sign out; {@code quarkus.oidc.logout.path} may be the same. */
  public static final String PATH = "/sign-out";

  /** Asks a browser for a name and a password; one that sent them with the request forgets them. */
  public static final String BASIC = "Basic realm=\"transient-pipelines\", charset=\"UTF-8\"";

  private final SecurityIdentity identity;
  private final OidcSession session;

  SignOut(SecurityIdentity identity, OidcSession session) {
    this.identity = identity;
    this.session = session;
  }

  /**
   * Ends the session of OpenID Connect, if that is how the caller has signed in.
   *
   * @return how they have; absent if they have not
   */
  public Uni<Optional<SignInWay>> end() {
    Optional<SignInWay> way = CurrentCaller.way(identity);
    return way.filter(SignInWay.OPENID::equals).isPresent()
        ? session.logout().replaceWith(way)
        : Uni.createFrom().item(way);
  }
}
