package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import security.Caller;
import security.Role;

/**
 * Who sent this request, as the service knows them.
 *
 * @param name as the users file, the certificate or the OpenID provider has it; {@code anonymous}
 *     where everyone may enter
 * @param role what they may do: a viewer reads, an operator also changes
 */
@RegisterForReflection
public record CallerView(String name, Role role) {

  static CallerView of(Caller caller) {
    return new CallerView(caller.name(), caller.role());
  }
}
