package localcloud.snowflake;

import static localcloud.snowflake.Account.connect;
import static localcloud.snowflake.Account.rows;
import static localcloud.snowflake.Account.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ways to sign in: docs.snowflake.com/en/user-guide/key-pair-auth,
 * /en/user-guide/key-pair-auth-troubleshooting, /en/user-guide/programmatic-access-tokens,
 * /en/user-guide/oauth-ext-overview, /en/user-guide/workload-identity-federation.
 */
class SignInTest {

  private static final String WHO = "SELECT CURRENT_USER(), CURRENT_ROLE(), CURRENT_WAREHOUSE()";

  private Account account;
  private final KeyPair key = new KeyPair();

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    account = new Account(folder);
  }

  @AfterEach
  void close() throws Exception {
    account.close();
  }

  private void asAdministrator(String... statements) throws SQLException {
    try (Connection connection = account.connect()) {
      run(connection, statements);
    }
  }

  private void createService() throws SQLException {
    asAdministrator(
        "CREATE ROLE LOADER",
        "CREATE WAREHOUSE SMALL AUTO_RESUME = TRUE",
        "GRANT USAGE ON WAREHOUSE SMALL TO ROLE LOADER",
        "CREATE USER SERVICE TYPE = SERVICE DEFAULT_ROLE = LOADER DEFAULT_WAREHOUSE = SMALL"
            + " RSA_PUBLIC_KEY = '"
            + key.publicKey
            + "'",
        "GRANT ROLE LOADER TO USER SERVICE");
  }

  private List<String> who(Map<String, Object> signIn) throws SQLException {
    try (Connection connection = connect(account.url(""), signIn)) {
      return rows(connection, WHO);
    }
  }

  private SQLException refused(Map<String, Object> signIn) {
    return refused(account, "", signIn);
  }

  private static SQLException refused(Account account, String url, Map<String, Object> signIn) {
    return catchThrowableOfType(
        SQLException.class, () -> connect(account.url(url), signIn).close());
  }

  private static void assertCode(SQLException refusal, int code, String message) {
    assertThat((Throwable) refusal).hasMessageContaining(message);
    assertThat(refusal.getErrorCode()).isEqualTo(code);
  }

  @Test
  void everyone_signs_in_with_anything_while_no_user_was_created() throws Exception {
    List<String> administrator = List.of("ANYBODY|ACCOUNTADMIN|null");
    assertThat(who(Map.of("user", "anybody", "password", "x"))).isEqualTo(administrator);
    assertThat(who(Map.of("user", "anybody", "privateKey", key.privateKey)))
        .isEqualTo(administrator);
    assertThat(
            who(
                Map.of(
                    "user", "anybody", "token", "x", "authenticator", "PROGRAMMATIC_ACCESS_TOKEN")))
        .isEqualTo(administrator);
    assertThat(who(Map.of("user", "anybody", "token", "x", "authenticator", "oauth")))
        .isEqualTo(administrator);
  }

  @Test
  void a_user_with_a_key_signs_in_with_it_and_gets_the_defaults() throws Exception {
    createService();
    assertThat(who(Map.of("user", "service", "privateKey", key.privateKey)))
        .containsExactly("SERVICE|LOADER|SMALL");
  }

  @Test
  void another_key_is_refused_and_so_is_a_password() throws Exception {
    createService();
    assertCode(
        refused(Map.of("user", "service", "privateKey", new KeyPair().privateKey)),
        390144,
        "JWT token is invalid. [");
    assertCode(
        refused(Map.of("user", "service", "password", "any")),
        390100,
        "Incorrect username or password was specified.");
  }

  @Test
  void keys_are_rotated_without_a_gap() throws Exception {
    createService();
    KeyPair next = new KeyPair();
    asAdministrator("ALTER USER SERVICE SET RSA_PUBLIC_KEY_2 = '" + next.publicKey + "'");
    assertThat(who(Map.of("user", "service", "privateKey", key.privateKey))).isNotEmpty();
    assertThat(who(Map.of("user", "service", "privateKey", next.privateKey))).isNotEmpty();
    asAdministrator("ALTER USER SERVICE UNSET RSA_PUBLIC_KEY");
    assertCode(
        refused(Map.of("user", "service", "privateKey", key.privateKey)), 390144, "JWT token");
    assertThat(who(Map.of("user", "service", "privateKey", next.privateKey))).isNotEmpty();
  }

  @Test
  void a_clock_that_is_off_by_more_than_a_minute_is_refused(@TempDir Path folder) throws Exception {
    for (Duration ahead : List.of(Duration.ofMinutes(10), Duration.ofMinutes(-10))) {
      Clock other = Clock.offset(Clock.systemUTC(), ahead);
      try (Account late = new Account(folder.resolve(ahead.toString()), other)) {
        SQLException refusal =
            refused(late, "", Map.of("user", "anybody", "privateKey", key.privateKey));
        assertCode(refusal, 390144, "JWT token is invalid. [");
      }
    }
    Clock near = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-45));
    try (Account tolerant = new Account(folder.resolve("near"), near)) {
      connect(tolerant.url(""), Map.of("user", "u", "privateKey", key.privateKey)).close();
    }
  }

  @Test
  void a_token_for_another_account_is_refused() throws Exception {
    createService();
    String elsewhere = account.url("").replace("account=local", "account=elsewhere");
    assertCode(
        catchThrowableOfType(
            SQLException.class,
            () ->
                connect(elsewhere, Map.of("user", "service", "privateKey", key.privateKey))
                    .close()),
        390144,
        "JWT token is invalid. [");
  }

  @Test
  void a_user_with_a_password_signs_in_with_no_other() throws Exception {
    asAdministrator("CREATE USER PERSON PASSWORD = 'right one'");
    assertThat(who(Map.of("user", "person", "password", "right one")))
        .containsExactly("PERSON|PUBLIC|null");
    assertCode(refused(Map.of("user", "person", "password", "wrong")), 390100, "Incorrect");
  }

  @Test
  void only_roles_that_were_granted_can_be_requested() throws Exception {
    createService();
    asAdministrator("CREATE ROLE OTHER");
    Map<String, Object> service = Map.of("user", "service", "privateKey", key.privateKey);
    assertCode(
        refused(account, "&role=OTHER", service),
        390189,
        "Role 'OTHER' specified in the connect string does not exist or not authorized.");
    assertCode(refused(account, "&role=NONE", service), 390189, "Role 'NONE'");
    asAdministrator("REVOKE ROLE LOADER FROM USER SERVICE");
    assertThat((Throwable) refused(service))
        .hasMessageContaining("default role 'LOADER' is not granted to this user");
  }

  @Test
  void a_programmatic_access_token_signs_in_with_its_role() throws Exception {
    createService();
    String secret;
    try (Connection connection = account.connect()) {
      List<String> rows =
          rows(
              connection,
              "ALTER USER SERVICE ADD PROGRAMMATIC ACCESS TOKEN T ROLE_RESTRICTION = 'LOADER'");
      secret = rows.get(0).substring(rows.get(0).indexOf("|") + 1);
    }
    String pat = "PROGRAMMATIC_ACCESS_TOKEN";
    assertThat(who(Map.of("user", "service", "token", secret, "authenticator", pat)))
        .containsExactly("SERVICE|LOADER|SMALL");
    assertThat(who(Map.of("user", "service", "password", secret)))
        .containsExactly("SERVICE|LOADER|SMALL");
    assertCode(
        refused(Map.of("user", "service", "token", "wrong", "authenticator", pat)),
        394400,
        "Programmatic access token is invalid.");
  }

  @Test
  void client_credentials_are_exchanged_for_an_access_token() throws Exception {
    createService();
    asAdministrator("ALTER USER SERVICE SET PASSWORD = 'client secret'");
    Map<String, Object> signIn =
        Map.of(
            "authenticator", "OAUTH_CLIENT_CREDENTIALS",
            "oauthClientId", "service",
            "oauthClientSecret", "client secret",
            "oauthScope", "session:role:LOADER",
            "oauthTokenRequestUrl",
                "http://localhost:" + account.server.port() + "/oauth/token-request");
    assertThat(who(signIn)).containsExactly("SERVICE|LOADER|SMALL");

    Map<String, Object> wrong = new java.util.HashMap<>(signIn);
    wrong.put("oauthClientSecret", "another");
    assertThat((Throwable) refused(wrong)).hasMessageContaining("HTTP status=401");
    assertCode(
        refused(Map.of("user", "service", "token", "made up", "authenticator", "oauth")),
        390303,
        "Invalid OAuth access token.");
  }

  @Test
  void a_workload_on_aws_proves_itself_by_a_request_that_it_signed() throws Exception {
    asAdministrator(
        "CREATE USER WORKLOAD TYPE = SERVICE WORKLOAD_IDENTITY ="
            + " (TYPE = AWS ARN = 'arn:aws:iam::111122223333:role/pipelines')");
    System.setProperty("aws.accessKeyId", "local");
    System.setProperty("aws.secretAccessKey", "local");
    System.setProperty("aws.region", "eu-central-1");
    try {
      // The driver proves a workload to Snowflake's own hosts only: the stand-in is its proxy to
      // one.
      String elsewhere =
          "jdbc:snowflake://local.snowflakecomputing.com:80/?ssl=off&useProxy=true&proxyHost=localhost&proxyPort="
              + account.server.port();
      try (Connection connection =
          connect(
              elsewhere,
              Map.of("authenticator", "WORKLOAD_IDENTITY", "workloadIdentityProvider", "AWS"))) {
        assertThat(rows(connection, WHO)).containsExactly("WORKLOAD|PUBLIC|null");
      }
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
      System.clearProperty("aws.region");
    }
  }

  @Test
  void with_a_setup_it_admits_only_users_that_were_created() throws Exception {
    account.server.setUp(
        """
        CREATE USER ADMIN PASSWORD = 'administrator''s'; -- the first
        GRANT ROLE ACCOUNTADMIN TO USER ADMIN;
        CREATE USER NOBODY;
        """);
    assertCode(refused(Map.of("user", "anybody", "password", "x")), 390100, "Incorrect");
    assertCode(refused(Map.of("user", "nobody", "password", "x")), 390100, "Incorrect");
    try (Connection connection =
        connect(
            account.url("&role=ACCOUNTADMIN"),
            Map.of("user", "admin", "password", "administrator's"))) {
      run(connection, "CREATE DATABASE LAKE");
    }
  }
}
