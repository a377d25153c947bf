package snowflake;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import net.snowflake.client.api.driver.SnowflakeDriver;
import snowflake.SnowflakeSettings.Authentication;
import snowflake.SnowflakeSettings.Token;

/**
 * The pool of sessions with Snowflake for the statements of {@code jdbc:warehouse}. It is created
 * here and not by Quarkus' own settings, because keys and tokens are no plain texts in the
 * configuration, and because a token may change before the next sign-in.
 */
@ApplicationScoped
public class SnowflakePool {

  /** How much longer than a sign-in a statement waits for a session. */
  private static final Duration QUEUEING = Duration.ofSeconds(30);

  /** How long the end of the sessions may take. */
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  private static final Duration IDLE = Duration.ofMinutes(10);
  private static final Duration VALIDATION = Duration.ofMinutes(2);

  /**
   * Codes after which no renewal of the session helps: 390111 it no longer exists, 390113 and
   * 390114 its master token is unknown or too old, 390195 the identity token is invalid.
   */
  private static final Set<Integer> OVER = Set.of(390_111, 390_113, 390_114, 390_195);

  /** Creates the pool without a connection: the first statement signs in. */
  @Produces
  @Singleton
  @Named("warehouse")
  public DataSource pool(SnowflakeSettings settings) {
    try {
      return AgroalDataSource.from(configuration(settings));
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot make the pool of Snowflake's sessions", e);
    }
  }

  /**
   * Ends its sessions, and waits for that only as long as a stop of the process may take: the
   * driver signs out of one after another, and tries for half a minute each while Snowflake is
   * unavailable. A session that is not ended here ends by itself in Snowflake after four idle
   * hours.
   *
   * @see <a href="https://docs.snowflake.com/en/user-guide/session-policies">Session policies</a>
   */
  public void close(@Disposes @Named("warehouse") DataSource pool) {
    Thread closing = new Thread(((AgroalDataSource) pool)::close, "snowflake-goodbye");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(GOODBYE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static AgroalDataSourceConfigurationSupplier configuration(SnowflakeSettings settings) {
    return new AgroalDataSourceConfigurationSupplier()
        .connectionPoolConfiguration(
            pool ->
                pool.initialSize(0)
                    .minSize(0)
                    .maxSize(settings.maxConnections())
                    .acquisitionTimeout(settings.loginTimeout().plus(QUEUEING))
                    .reapTimeout(IDLE)
                    .validationTimeout(VALIDATION)
                    .connectionValidator(ConnectionValidator.defaultValidator())
                    .exceptionSorter(failure -> OVER.contains(failure.getErrorCode()))
                    .connectionFactoryConfiguration(factory -> signIn(factory, settings)));
  }

  private static AgroalConnectionFactoryConfigurationSupplier signIn(
      AgroalConnectionFactoryConfigurationSupplier factory, SnowflakeSettings settings) {
    factory
        .connectionProviderClass(SnowflakeDriver.class)
        .jdbcUrl(settings.url())
        .autoCommit(true)
        .credential(settings.authentication())
        .addSecurityProvider(
            credential ->
                credential instanceof Authentication authentication
                    ? secrets(authentication)
                    : null);
    settings.user().map(NamePrincipal::new).ifPresent(factory::principal);
    session(settings).forEach(factory::jdbcProperty);
    return factory;
  }

  /** Results as JSON, no telemetry, and no detection of the cloud. */
  static Map<String, String> session(SnowflakeSettings settings) {
    Map<String, String> properties = new HashMap<>(SessionParameters.values());
    properties.put("application", "transient_pipelines");
    properties.put("loginTimeout", Long.toString(settings.loginTimeout().toSeconds()));
    properties.put("networkTimeout", Long.toString(settings.networkTimeout().toMillis()));
    properties.put(
        "STATEMENT_TIMEOUT_IN_SECONDS", Long.toString(settings.statementTimeout().toSeconds()));
    properties.put("disablePlatformDetection", "true");
    properties.put("CLIENT_TELEMETRY_ENABLED", "false");
    properties.put("JDBC_QUERY_RESULT_FORMAT", "JSON");
    settings.role().ifPresent(role -> properties.put("role", role));
    settings.warehouse().ifPresent(warehouse -> properties.put("warehouse", warehouse));
    return properties;
  }

  /**
   * The driver's credentials, read at each sign-in. The names are those of <a
   * href="https://docs.snowflake.com/en/developer-guide/jdbc/jdbc-parameters">JDBC Driver
   * connection parameter reference</a>.
   */
  private static Properties secrets(Authentication authentication) {
    Properties secrets = new Properties();
    if (authentication instanceof Authentication.KeyPair keyPair) {
      secrets.put("authenticator", "snowflake_jwt");
      secrets.put("privateKey", keyPair.key());
    } else if (authentication instanceof Authentication.Password password) {
      secrets.put("password", password.password());
    } else if (authentication instanceof Authentication.AccessToken token) {
      secrets.put("authenticator", "programmatic_access_token");
      secrets.put("token", text(token.token()));
    } else if (authentication instanceof Authentication.OAuthToken token) {
      secrets.put("authenticator", "oauth");
      secrets.put("token", text(token.token()));
    } else if (authentication instanceof Authentication.ClientCredentials client) {
      secrets.put("authenticator", "oauth_client_credentials");
      secrets.put("oauthClientId", client.clientId());
      secrets.put("oauthClientSecret", client.clientSecret());
      client.tokenUrl().ifPresent(url -> secrets.put("oauthTokenRequestUrl", url));
      client.scope().ifPresent(scope -> secrets.put("oauthScope", scope));
    } else {
      secrets.put("authenticator", "workload_identity");
      secrets.put("workloadIdentityProvider", "AWS");
    }
    return secrets;
  }

  private static String text(Token token) {
    if (token instanceof Token.InFile inFile) {
      try {
        return Files.readString(inFile.file()).strip();
      } catch (IOException e) {
        throw new UncheckedIOException(
            "Cannot read the token's file %s (snowflake.token-file)".formatted(inFile.file()), e);
      }
    }
    return ((Token.Text) token).text();
  }
}
