package localcloud.snowflake.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import localcloud.snowflake.access.Access;
import localcloud.snowflake.access.User;
import localcloud.snowflake.access.User.AccessToken;
import localcloud.snowflake.sql.Refusal;

/**
 * Who may sign in: <a
 * href="https://docs.snowflake.com/en/developer-guide/jdbc/jdbc-configure">Configuring the JDBC
 * Driver</a> has the ways. A user who was not created, or has neither key nor password nor token,
 * signs in with anything, unless only known users are admitted.
 */
final class Authentication {

  private static final String STATE = "08004";

  /**
   * An authenticated user.
   *
   * @param user as stored
   * @param role the role that the token is restricted to, if it is
   */
  record Proven(String user, Optional<String> role) {}

  private final Access access;
  private final OAuthTokens oauth;
  private final Clock clock;

  Authentication(Access access, OAuthTokens oauth, Clock clock) {
    this.access = access;
    this.oauth = oauth;
    this.clock = clock;
  }

  /**
   * Checks a sign-in.
   *
   * @param data of the login-request
   * @throws Refusal 390100, 390144, 390303, 390318 or 394400
   */
  Proven check(JsonNode data) {
    String login = data.path("LOGIN_NAME").asText("").toUpperCase(Locale.ROOT);
    String token = data.path("TOKEN").asText("");
    return switch (data.path("AUTHENTICATOR").asText("SNOWFLAKE").toUpperCase(Locale.ROOT)) {
      case "SNOWFLAKE_JWT" -> keyPair(login, token);
      case "OAUTH" -> oauth(login, token);
      case "PROGRAMMATIC_ACCESS_TOKEN" -> accessToken(login, token);
      case "WORKLOAD_IDENTITY" -> workload(token, data.path("PROVIDER").asText(""));
      default -> password(login, data.path("PASSWORD").asText(""));
    };
  }

  /** The user with that sign-in name: LOGIN_NAME if it is set, else the name. */
  private Optional<User> find(String login) {
    return access.users().values().stream()
        .filter(user -> user.property("LOGIN_NAME").orElse(user.name()).equalsIgnoreCase(login))
        .findFirst();
  }

  /** Whether nothing can be checked, and nothing must be. */
  private boolean isFree(Optional<User> user) {
    return !access.admitsOnlyKnownUsers() && (user.isEmpty() || !user.get().hasCredentials());
  }

  private static Proven proven(String login, Optional<User> user, Optional<String> role) {
    return new Proven(user.map(User::name).orElse(login), role);
  }

  private Proven password(String login, String password) {
    Optional<User> user = find(login);
    Optional<AccessToken> token = user.map(known -> known.tokens().get(password));
    boolean right = user.flatMap(User::password).filter(password::equals).isPresent();
    if (login.isBlank() || !(isFree(user) || right || token.isPresent())) {
      throw new Refusal("390100", STATE, "Incorrect username or password was specified.");
    }
    return proven(login, user, token.flatMap(AccessToken::role));
  }

  private Proven keyPair(String login, String text) {
    Optional<User> user = find(login);
    Optional<JsonWebToken> token = JsonWebToken.read(text);
    boolean good =
        token.isPresent()
            && (isFree(user)
                    ? token.get().timeFault(clock.instant())
                    : token.get().fault(login, keys(user), clock.instant()))
                .isEmpty();
    if (login.isBlank() || !good) {
      throw new Refusal("390144", STATE, "JWT token is invalid. [" + UUID.randomUUID() + "]");
    }
    return proven(login, user, Optional.empty());
  }

  private static List<java.security.PublicKey> keys(Optional<User> user) {
    return user.map(User::publicKeys).orElse(List.of());
  }

  private Proven accessToken(String login, String secret) {
    Optional<User> user = find(login);
    Optional<AccessToken> token = user.map(known -> known.tokens().get(secret));
    if (login.isBlank() || !(isFree(user) || token.isPresent())) {
      throw new Refusal("394400", STATE, "Programmatic access token is invalid.");
    }
    return proven(login, user, token.flatMap(AccessToken::role));
  }

  private Proven oauth(String login, String text) {
    Optional<OAuthTokens.Issued> token = oauth.find(text);
    if (token.filter(oauth::isExpired).isPresent()) {
      throw new Refusal("390318", STATE, "OAuth access token expired. [" + UUID.randomUUID() + "]");
    }
    if (token.isPresent()) {
      return proven(token.get().user(), find(token.get().user()), token.get().role());
    }
    Optional<User> user = find(login);
    if (login.isBlank() || !isFree(user)) {
      throw new Refusal("390303", STATE, "Invalid OAuth access token. [" + UUID.randomUUID() + "]");
    }
    return proven(login, user, Optional.empty());
  }

  /**
   * Only AWS could say who signed the driver's request for GetCallerIdentity: here its form is
   * checked, and it counts for the only user with a WORKLOAD_IDENTITY of TYPE AWS.
   */
  private Proven workload(String attestation, String provider) {
    List<User> users =
        access.users().values().stream()
            .filter(user -> user.property("WORKLOAD_IDENTITY").orElse("").startsWith("TYPE AWS"))
            .toList();
    if (!provider.equals("AWS") || !AwsAttestation.isWellFormed(attestation) || users.size() != 1) {
      throw new Refusal(
          "390144", STATE, "Workload identity is invalid. [" + UUID.randomUUID() + "]");
    }
    return new Proven(users.get(0).name(), Optional.empty());
  }
}
