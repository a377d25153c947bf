package snowflake;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach Snowflake, and how to sign in.
 *
 * @param url the driver's, {@code jdbc:snowflake://…}
 * @param user absent if the way of signing in identifies the user
 * @param authentication the way of signing in
 * @param role absent if it is the user's default, or is in the URL
 * @param warehouse absent if it is the user's default, or is in the URL
 * @param loginTimeout how long a sign-in may take, including its repetitions
 * @param networkTimeout how long one request may take, including its repetitions
 * @param statementTimeout the time after which Snowflake ends a statement by itself
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

  /** A way of signing in. None of them prints its secret. */
  public sealed interface Authentication {

    /** Its value of {@code snowflake.authentication}. */
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

    /** An OAuth access token that another program renews. */
    record OAuthToken(Token token) implements Authentication {
      @Override
      public String word() {
        return "oauth";
      }
    }

    /**
     * OAuth client credentials, which the driver exchanges for an access token at each sign-in.
     *
     * @param tokenUrl absent if Snowflake itself issues the token
     * @param scope absent if the role is the scope
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

    /** The identity of an AWS workload: the role that the SDK's credentials chain finds. */
    record WorkloadIdentity() implements Authentication {
      @Override
      public String word() {
        return "workload-identity";
      }
    }
  }

  /** The source of a token. */
  public sealed interface Token {

    /** In the configuration. */
    record Text(String text) implements Token {
      @Override
      public String toString() {
        return "(hidden)";
      }
    }

    /** In a file, which is read again for each sign-in, because the token may have been renewed. */
    record InFile(Path file) implements Token {}
  }
}
