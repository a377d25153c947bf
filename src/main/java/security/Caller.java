package security;

/**
 * Who sent the present request.
 *
 * @param name as the users file, the client's certificate or the OpenID provider has it; {@code
 *     anonymous} where everyone may enter
 * @param role what they may do
 */
public record Caller(String name, Role role) {

  /** Everyone, where the service is open. */
  public static final Caller ANONYMOUS = new Caller("anonymous", Role.OPERATOR);
}
