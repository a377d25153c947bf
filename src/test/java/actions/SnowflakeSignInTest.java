package actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snowflake.SnowflakePool;
import snowflake.SnowflakeSettings;
import snowflake.SnowflakeSettings.Authentication;
import snowflake.SnowflakeSettings.Token;
import testing.KeyPair;
import testing.LocalCloud;

/**
 * The service's own pool and the real driver against an account whose administrator has run a
 * script: each way of signing in, and the sentence that each refusal becomes.
 */
class SnowflakeSignInTest {

  private static final Logger DRIVER = Logger.getLogger("net.snowflake");
  private static final KeyPair KEY = new KeyPair();
  private static final String PASSWORD = UUID.randomUUID().toString();
  private static final LocalCloud CLOUD = new LocalCloud();

  private static String url;

  @BeforeAll
  static void open(@TempDir Path folder) throws IOException {
    DRIVER.setLevel(Level.OFF);
    url = start(CLOUD, folder.resolve("setup.sql"));
  }

  @AfterAll
  static void close() {
    CLOUD.stop();
  }

  private static String start(LocalCloud cloud, Path script, String... options) throws IOException {
    Files.writeString(
        script,
        """
        CREATE USER ADMIN PASSWORD = '%s' DEFAULT_ROLE = ACCOUNTADMIN;
        GRANT ROLE ACCOUNTADMIN TO USER ADMIN;
        CREATE DATABASE LAKE;
        CREATE ROLE LOADER;
        GRANT USAGE ON DATABASE LAKE TO ROLE LOADER;
        CREATE WAREHOUSE SMALL;
        GRANT USAGE ON WAREHOUSE SMALL TO ROLE LOADER;
        CREATE WAREHOUSE ASLEEP AUTO_RESUME = FALSE INITIALLY_SUSPENDED = TRUE;
        GRANT USAGE ON WAREHOUSE ASLEEP TO ROLE LOADER;
        CREATE USER SERVICE TYPE = SERVICE DEFAULT_ROLE = LOADER RSA_PUBLIC_KEY = '%s';
        GRANT ROLE LOADER TO USER SERVICE;
        GRANT ROLE LOADER TO USER ADMIN;
        CREATE STORAGE INTEGRATION CURATED TYPE = EXTERNAL_STAGE STORAGE_PROVIDER = 'S3' ENABLED = TRUE
          STORAGE_AWS_ROLE_ARN = 'arn:aws:iam::111122223333:role/lake'
          STORAGE_ALLOWED_LOCATIONS = ('s3://curated/');
        """
            .formatted(PASSWORD, KEY.publicKey()));
    return cloud
        .with("--snowflake-setup", script.toString())
        .with(options)
        .start()
        .get("snowflake.url");
  }

  private static SnowflakeSettings settings(Authentication authentication) {
    return settings(url, Optional.of("SERVICE"), authentication, Optional.of("SMALL"));
  }

  private static SnowflakeSettings settings(
      String url,
      Optional<String> user,
      Authentication authentication,
      Optional<String> warehouse) {
    return new SnowflakeSettings(
        url,
        user,
        authentication,
        Optional.empty(),
        warehouse,
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(1),
        1);
  }

  private static Authentication key() {
    return new Authentication.KeyPair(KEY.privateKey());
  }

  /** What the statement answers, or the sentence that its failure becomes. */
  private static String answer(SnowflakeSettings settings, String sql) {
    SnowflakePool pool = new SnowflakePool();
    DataSource source = pool.pool(settings);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    } catch (SQLException e) {
      return new SnowflakeRefusals(settings, Clock.systemUTC()).told(e, sql).getMessage();
    } finally {
      pool.close(source);
    }
  }

  private static String asAdministrator(String sql) {
    return answer(
        settings(
            url, Optional.of("ADMIN"), new Authentication.Password(PASSWORD), Optional.empty()),
        sql);
  }

  @Test
  void a_key_signs_in_and_the_session_has_its_limits() {
    assertThat(
            answer(
                settings(key()),
                "SELECT CURRENT_USER() || ' ' || CURRENT_ROLE() || ' ' || CURRENT_WAREHOUSE()"))
        .isEqualTo("SERVICE LOADER SMALL");
  }

  @Test
  void another_key_is_reported_with_the_clock_and_with_what_to_do() {
    Instant before = Instant.now(Clock.systemUTC());
    String sentence =
        answer(settings(new Authentication.KeyPair(new KeyPair().privateKey())), "SELECT 1");
    assertThat(sentence)
        .startsWith("Snowflake does not accept the key of user SERVICE: either it is not the")
        .contains("ALTER USER SERVICE SET RSA_PUBLIC_KEY")
        .contains("by which it is " + before.toString().substring(0, 13))
        .contains("SYSTEM$GET_LOGIN_FAILURE_DETAILS('")
        .endsWith("(Snowflake's error 390144)");
  }

  @Test
  void a_wrong_password_is_reported() {
    SnowflakeSettings wrong =
        settings(url, Optional.of("ADMIN"), new Authentication.Password("wrong"), Optional.empty());
    assertThat(answer(wrong, "SELECT 1"))
        .startsWith("Snowflake does not accept user ADMIN with that password: correct snowflake.")
        .endsWith("(Snowflake's error 390100)");
  }

  @Test
  void a_token_is_read_again_for_each_sign_in(@TempDir Path folder) throws Exception {
    String secret = tokenOf("RENEWED");
    Path file = Files.writeString(folder.resolve("token"), "too old");
    SnowflakeSettings settings = settings(new Authentication.AccessToken(new Token.InFile(file)));
    SnowflakePool pool = new SnowflakePool();
    DataSource source = pool.pool(settings);
    try {
      SQLException refused =
          catchThrowableOfType(SQLException.class, () -> source.getConnection().close());
      assertThat(
              new SnowflakeRefusals(settings, Clock.systemUTC())
                  .told(refused, "SELECT 1")
                  .getMessage())
          .startsWith("Snowflake does not accept the token of user SERVICE")
          .endsWith("(Snowflake's error 394400)");
      Files.writeString(file, secret + "\n");
      source.getConnection().close();
    } finally {
      pool.close(source);
    }
  }

  private static String tokenOf(String name) throws SQLException {
    SnowflakePool pool = new SnowflakePool();
    DataSource source =
        pool.pool(
            settings(
                url,
                Optional.of("ADMIN"),
                new Authentication.Password(PASSWORD),
                Optional.empty()));
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "ALTER USER SERVICE ADD PROGRAMMATIC ACCESS TOKEN "
                    + name
                    + " ROLE_RESTRICTION = 'LOADER'")) {
      rows.next();
      return rows.getString("token_secret");
    } finally {
      pool.close(source);
    }
  }

  @Test
  void client_credentials_and_the_token_they_stand_for_sign_in() {
    String tokenUrl =
        url.replaceAll("^jdbc:snowflake", "http").replaceAll("/\\?.*", "/oauth/token-request");
    Authentication right =
        new Authentication.ClientCredentials(
            "admin", PASSWORD, Optional.of(tokenUrl), Optional.of("session:role:LOADER"));
    assertThat(
            answer(
                settings(url, Optional.empty(), right, Optional.empty()), "SELECT CURRENT_ROLE()"))
        .isEqualTo("LOADER");
    Authentication wrong =
        new Authentication.ClientCredentials(
            "admin", "wrong", Optional.of(tokenUrl), Optional.empty());
    assertThat(answer(settings(url, Optional.empty(), wrong, Optional.empty()), "SELECT 1"))
        .startsWith("The identity provider gave no token: check snowflake.oauth.client-id");
    assertThat(
            answer(settings(new Authentication.OAuthToken(new Token.Text("made up"))), "SELECT 1"))
        .startsWith("Snowflake does not accept the token of user SERVICE")
        .endsWith("(Snowflake's error 390303)");
  }

  @Test
  void a_role_that_was_not_granted_is_reported() {
    SnowflakeSettings other =
        settings(url + "&role=SYSADMIN", Optional.of("SERVICE"), key(), Optional.empty());
    assertThat(answer(other, "SELECT 1"))
        .startsWith(
            "Snowflake does not let user SERVICE take on role SYSADMIN: GRANT ROLE SYSADMIN TO USER SERVICE")
        .endsWith("(Snowflake's error 390189)");
  }

  @Test
  void a_warehouse_that_is_missing_or_suspended_is_reported() {
    asAdministrator("CREATE STAGE IF NOT EXISTS LAKE.PUBLIC.T_STAGE URL = 's3://curated/t/'");
    asAdministrator(
        "CREATE EXTERNAL TABLE IF NOT EXISTS LAKE.PUBLIC.T LOCATION = @LAKE.PUBLIC.T_STAGE AUTO_REFRESH = FALSE FILE_FORMAT = (TYPE = PARQUET)");
    asAdministrator("GRANT USAGE ON SCHEMA LAKE.PUBLIC TO ROLE LOADER");
    asAdministrator("GRANT SELECT ON EXTERNAL TABLE LAKE.PUBLIC.T TO ROLE LOADER");
    String query = "SELECT COUNT(*) FROM LAKE.PUBLIC.T";
    String id = " \\(Snowflake's error 000\\d{3}, query [0-9a-f-]{36}\\)";

    assertThat(answer(settings(key()), query)).isEqualTo("0");
    for (Map.Entry<String, String> told :
        Map.of(
                "ABSENT",
                "Warehouse ABSENT does not exist, or the service's role may not use it: create it, or GRANT USAGE ON WAREHOUSE ABSENT TO ROLE <the service's role>",
                "ASLEEP",
                "Warehouse ASLEEP is suspended and does not resume by itself: ALTER WAREHOUSE ASLEEP SET AUTO_RESUME = TRUE")
            .entrySet()) {
      assertThat(
              answer(
                  settings(url, Optional.of("SERVICE"), key(), Optional.of(told.getKey())), query))
          .matches(java.util.regex.Pattern.quote(told.getValue()) + id);
    }
    assertThat(answer(settings(url, Optional.of("SERVICE"), key(), Optional.empty()), query))
        .startsWith("There is no warehouse for the statement: set snowflake.warehouse");
  }

  @Test
  void what_the_role_may_not_do_is_reported_with_the_grant() {
    asAdministrator("CREATE SCHEMA IF NOT EXISTS LAKE.OWN");
    String stage =
        "CREATE STAGE IF NOT EXISTS LAKE.OWN.S URL = 's3://%s/' STORAGE_INTEGRATION = %s";
    SnowflakeSettings service = settings(key());

    assertThat(answer(service, stage.formatted("curated", "CURATED")))
        .startsWith(
            "Schema LAKE.OWN does not exist, or the service's role does not see it: GRANT USAGE ON SCHEMA LAKE.OWN TO");
    asAdministrator("GRANT USAGE ON SCHEMA LAKE.OWN TO ROLE LOADER");
    assertThat(answer(service, stage.formatted("curated", "CURATED")))
        .startsWith(
            "The service's role lacks the privilege CREATE STAGE on SCHEMA LAKE.OWN: GRANT CREATE STAGE ON SCHEMA LAKE.OWN TO ROLE")
        .containsPattern("\\(Snowflake's error 003001, query [0-9a-f-]{36}\\)");
    asAdministrator("GRANT CREATE STAGE ON SCHEMA LAKE.OWN TO ROLE LOADER");
    assertThat(answer(service, stage.formatted("curated", "NONE")))
        .startsWith(
            "Storage integration NONE does not exist, or the service's role does not see it: let an ACCOUNTADMIN create it");
    assertThat(answer(service, stage.formatted("curated", "CURATED")))
        .startsWith(
            "The service's role lacks the privilege USAGE on INTEGRATION CURATED: GRANT USAGE ON INTEGRATION CURATED TO ROLE");
    asAdministrator("GRANT USAGE ON INTEGRATION CURATED TO ROLE LOADER");
    assertThat(answer(service, stage.formatted("elsewhere", "CURATED")))
        .startsWith(
            "Storage integration CURATED does not allow s3://elsewhere/: let an ACCOUNTADMIN add it");
    assertThat(answer(service, stage.formatted("curated", "CURATED")))
        .isEqualTo("Stage area S successfully created.");
  }

  @Test
  void a_clock_that_is_ten_minutes_off_is_reported(@TempDir Path folder) throws IOException {
    LocalCloud ahead = new LocalCloud();
    try {
      String other = start(ahead, folder.resolve("setup.sql"), "--snowflake-ahead", "10m");
      assertThat(
              answer(settings(other, Optional.of("SERVICE"), key(), Optional.empty()), "SELECT 1"))
          .contains("is more than 60 seconds off Snowflake's")
          .endsWith("(Snowflake's error 390144)");
    } finally {
      ahead.stop();
    }
  }

  @Test
  void a_session_that_snowflake_has_ended_is_replaced() throws Exception {
    SnowflakePool pool = new SnowflakePool();
    DataSource source = pool.pool(settings(key()));
    CLOUD.strike(
        """
        {"service":"Snowflake", "operation":"Query", "match":"SELECT 17", "does":"session-expired", "gone":true}
        """);
    try {
      SQLException over = catchThrowableOfType(SQLException.class, () -> select(source, 17));
      assertThat(over.getErrorCode()).isEqualTo(390_111);
      assertThat(select(source, 18)).isEqualTo(18);
    } finally {
      CLOUD.spare();
      pool.close(source);
    }
  }

  private static int select(DataSource source, int number) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + number)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
