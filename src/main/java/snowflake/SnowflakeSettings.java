package snowflake;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Optional;

/**
 * How Snowflake is reached, and as whom.
 *
 * @param url the driver's, {@code jdbc:snowflake://…}
 * @param user absent where the way of signing in says who it is
 * @param authentication the way of signing in
 * @param role absent where it is the user's default, or stands in the URL
 * @param warehouse likewise
 * @param loginTimeout how long a sign-in may take, its repetitions included
 * @param networkTimeout how long one request may take, its repetitions included
 * @param statementTimeout after which Snowflake ends a statement by itself
 * @param maxConnections how many sessions there may be at once
 */
public record SnowflakeSettings(
    String url,
    Optional<String> user,
    Authentication authentication,
    Optional<String> role,
    Optional<String> warehouse,
    Duration loginTimeout,
    Duration networkTimeout,
    Duration statementTimeout,
    int maxConnections) {

  /** A way of signing in. None of them tells its secret as text. */
  public sealed interface Authentication {

    /** What {@code snowflake.authentication} calls it. */
    String word();

    /** A key pair, of which Snowflake has the public half. */
    record KeyPair(PrivateKey key) implements Authentication {
      @Override
      public String word() {
        return "key-pair";
      }

      @Override
      public String toString() {
        return word();
      }
    }

    /** A password, for trials. */
    record Password(String password) implements Authentication {
      @Override
      public String word() {
        return "password";
      }

      @Override
      public String toString() {
        return word();
      }
    }

    /** A programmatic access token. */
    record AccessToken(Token token) implements Authentication {
      @Override
      public String word() {
        return "token";
      }
    }

    /** An OAuth access token that somebody else keeps fresh. */
    record OAuthToken(Token token) implements Authentication {
      @Override
      public String word() {
        return "oauth";
      }
    }

    /**
     * OAuth client credentials, which the driver exchanges for an access token at each sign-in.
     *
     * @param tokenUrl absent where Snowflake itself issues the token
     * @param scope absent where the role is the scope
     */
    record ClientCredentials(
        String clientId, String clientSecret, Optional<String> tokenUrl, Optional<String> scope)
        implements Authentication {
      @Override
      public String word() {
        return "oauth-client-credentials";
      }

      @Override
      public String toString() {
        return word() + " of " + clientId;
      }
    }

    /** The identity of an AWS workload: whatever role the SDK's credentials chain finds. */
    record WorkloadIdentity() implements Authentication {
      @Override
      public String word() {
        return "workload-identity";
      }
    }
  }

  /** Where a token is. */
  public sealed interface Token {

    /** In the configuration. */
    record Text(String text) implements Token {
      @Override
      public String toString() {
        return "(hidden)";
      }
    }

    /** In a file, which is read again for each sign-in: somebody may renew it. */
    record InFile(Path file) implements Token {}
  }
}
