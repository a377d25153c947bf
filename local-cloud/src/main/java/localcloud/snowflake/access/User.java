package localcloud.snowflake.access;

import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A user who was created: <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/create-user">CREATE USER</a>.
 *
 * @param name as stored
 * @param properties upper-case names, values as written, without keys and password
 * @param keys RSA_PUBLIC_KEY and RSA_PUBLIC_KEY_2, as far as they are set, by their property
 * @param password if there is one
 * @param tokens the programmatic access tokens, by their secret
 */
public record User(
    String name,
    Map<String, String> properties,
    Map<String, PublicKey> keys,
    Optional<String> password,
    Map<String, AccessToken> tokens) {

  /**
   * A programmatic access token.
   *
   * @param name unique for its user
   * @param role the only role that it can be used with, if it was restricted
   */
  public record AccessToken(String name, Optional<String> role) {}

  /** Takes copies. */
  public User {
    properties = Map.copyOf(properties);
    keys = Map.copyOf(keys);
    tokens = Map.copyOf(tokens);
  }

  /** A property that was set. */
  public Optional<String> property(String property) {
    return Optional.ofNullable(properties.get(property));
  }

  /** Whether there is something to check a sign-in against. */
  public boolean hasCredentials() {
    return !keys.isEmpty()
        || password.isPresent()
        || !tokens.isEmpty()
        || properties.containsKey("WORKLOAD_IDENTITY");
  }

  /** The public keys that a token may be signed for. */
  public List<PublicKey> publicKeys() {
    return List.copyOf(keys.values());
  }

  /** Leaves out password and tokens. */
  @Override
  public String toString() {
    return "User " + name;
  }
}
