package security;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells who sent the present request. */
@ApplicationScoped
public class CurrentCaller {

  private final SecurityIdentity identity;

  CurrentCaller(SecurityIdentity identity) {
    this.identity = identity;
  }

  /** The sender; without a sign-in, the request only came so far because the service is open. */
  public Caller get() {
    if (identity.isAnonymous()) {
      return Caller.ANONYMOUS;
    }
    boolean operates = identity.hasRole(Role.OPERATOR.word());
    return new Caller(identity.getPrincipal().getName(), operates ? Role.OPERATOR : Role.VIEWER);
  }
}
