package security;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** What a role may do, whatever the path: a viewer reads, an operator changes. */
@ApplicationScoped
public class RolePolicy implements HttpSecurityPolicy {

  private final AccessSettings settings;

  RolePolicy(AccessSettings settings) {
    this.settings = settings;
  }

  @Override
  public Uni<CheckResult> checkPermission(
      RoutingContext context,
      Uni<SecurityIdentity> identity,
      AuthorizationRequestContext authorization) {
    boolean reads = Requests.isSafe(context.request());
    if (!settings.isClosed() || (reads && Requests.isForAnAsset(context))) {
      return CheckResult.permit();
    }
    Role needed = reads ? Role.VIEWER : Role.OPERATOR;
    return identity.map(caller -> has(caller, needed) ? CheckResult.PERMIT : CheckResult.DENY);
  }

  private static boolean has(SecurityIdentity caller, Role needed) {
    return caller.hasRole(Role.OPERATOR.word()) || caller.hasRole(needed.word());
  }
}
