package security;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Tells who sent the present request. */
@ApplicationScoped
public class CurrentCaller {

  /** What the users file had when it let the caller in. */
  static final String USERS = "users";

  /** How the caller was found in the users file. */
  static final String WAY = "way";

  private final SecurityIdentity identity;
  private final UsersFile file;
  private final Clock clock;

  CurrentCaller(SecurityIdentity identity, UsersFile file, Clock clock) {
    this.identity = identity;
    this.file = file;
    this.clock = clock;
  }

  /** The sender; without a sign-in, the request only came so far because the service is open. */
  public Caller get() {
    return identity.isAnonymous() ? Caller.ANONYMOUS : of(identity);
  }

  /**
   * For how long the sender was let in: until the users file changes, or until the OpenID
   * provider's token expires.
   */
  public Admission admission() {
    Users users = identity.getAttribute(USERS);
    if (users != null) {
      return () -> file.users() != users;
    }
    if (identity.getPrincipal() instanceof JsonWebToken token && token.getExpirationTime() > 0) {
      Instant end = Instant.ofEpochSecond(token.getExpirationTime());
      return () -> !clock.instant().isBefore(end);
    }
    return () -> false;
  }

  static Caller of(SecurityIdentity identity) {
    boolean operates = identity.hasRole(Role.OPERATOR.word());
    return new Caller(identity.getPrincipal().getName(), operates ? Role.OPERATOR : Role.VIEWER);
  }

  static Optional<SignInWay> way(SecurityIdentity identity) {
    SignInWay way = identity.getAttribute(WAY);
    return identity.isAnonymous()
        ? Optional.empty()
        : Optional.of(way == null ? SignInWay.OPENID : way);
  }
}
