package localcloud.snowflake;

import static localcloud.snowflake.Account.connect;
import static localcloud.snowflake.Account.rows;
import static localcloud.snowflake.Account.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import localcloud.snowflake.sql.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * deploy/snowflake/setup.sql, statement by statement: afterwards the service's role can do what a
 * load needs, and nothing more.
 */
class SetupScriptTest {

  private static final Path SCRIPT = Path.of("../deploy/snowflake/setup.sql");
  private static final String TABLE =
      "CREATE EXTERNAL TABLE IF NOT EXISTS ORDERS (ID NUMBER(38, 0) AS (value:id::NUMBER(38, 0)))"
          + " LOCATION = @ORDERS_STAGE REFRESH_ON_CREATE = FALSE AUTO_REFRESH = FALSE"
          + " FILE_FORMAT = (TYPE = PARQUET)";

  private final KeyPair key = new KeyPair();
  private Account account;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    account = new Account(folder);
    try (Connection connection = connect(account.url(""))) {
      for (String statement : statements()) {
        run(connection, statement);
      }
    }
  }

  @AfterEach
  void close() throws Exception {
    account.close();
  }

  /** With a key and a bucket of this test's in the place of the script's examples. */
  private List<String> statements() throws IOException {
    String script = Files.readString(SCRIPT);
    assertThat(script).contains("'MIIBIjANBgkqh...'", "s3://example-curated/");
    return Script.statements(
        script
            .replace("MIIBIjANBgkqh...", key.publicKey)
            .replace("s3://example-curated/", "s3://curated/"));
  }

  private Connection service() throws SQLException {
    return connect(
        account.url("&db=SALES&schema=PUBLIC"),
        Map.of("user", "PIPELINES_SERVICE", "privateKey", key.privateKey));
  }

  private static String stage(String name, String place) {
    return "CREATE STAGE IF NOT EXISTS "
        + name
        + " URL = 's3://curated/"
        + place
        + "' STORAGE_INTEGRATION = PIPELINES_CURATED";
  }

  @Test
  void it_can_be_run_again() throws Exception {
    try (Connection connection = connect(account.url(""))) {
      for (String statement : statements()) {
        run(connection, statement);
      }
    }
  }

  @Test
  void the_service_can_do_what_a_load_needs_and_readers_see_it() throws Exception {
    account.parquet("sales/run=1/a.parquet", "SELECT 7 AS id");
    try (Connection service = service()) {
      run(service, "ALTER SESSION SET QUERY_TAG = 'installation pipeline run'");
      run(service, stage("ORDERS_STAGE", "sales/"), TABLE, TABLE);
      run(service, "ALTER EXTERNAL TABLE ORDERS REFRESH 'run=1/'");
      assertThat(
              rows(
                  service,
                  "SELECT FILE_NAME FROM"
                      + " TABLE(INFORMATION_SCHEMA.EXTERNAL_TABLE_FILES(TABLE_NAME => 'ORDERS'))"))
          .containsExactly("sales/run=1/a.parquet");
      assertThat(rows(service, "SELECT COUNT(*) FROM ORDERS")).containsExactly("1");
      assertThat(rows(service, "SHOW GRANTS ON EXTERNAL TABLE ORDERS"))
          .anyMatch(row -> row.contains("|SELECT|") && row.contains("|PIPELINES_READER|"));
      run(service, "GRANT SELECT ON EXTERNAL TABLE ORDERS TO ROLE PUBLIC");
      assertThat(rows(service, "SHOW GRANTS TO ROLE PIPELINES_SERVICE"))
          .anyMatch(row -> row.contains("|CREATE VIEW|SCHEMA|SALES.PUBLIC|"));
    }
    try (Connection reader = connect(account.url("&db=SALES&schema=PUBLIC"))) {
      run(reader, "USE ROLE PIPELINES_READER");
      assertThat(rows(reader, "SELECT ID FROM ORDERS")).containsExactly("7");
      assertThatThrownBy(() -> run(reader, "ALTER EXTERNAL TABLE ORDERS REFRESH"))
          .hasMessageContaining("Insufficient privileges to operate on table 'ORDERS'");
    }
  }

  @Test
  void the_service_can_do_nothing_else() throws Exception {
    try (Connection administrator = connect(account.url(""))) {
      run(administrator, "CREATE DATABASE OTHER", "CREATE SCHEMA SALES.PRIVATE");
    }
    try (Connection service = service()) {
      for (String statement :
          List.of(
              "CREATE DATABASE MINE",
              "CREATE SCHEMA SALES.MINE",
              "CREATE FILE FORMAT F TYPE = PARQUET",
              "CREATE ROLE MINE",
              "CREATE USER MINE",
              "CREATE WAREHOUSE MINE",
              "ALTER WAREHOUSE PIPELINES SUSPEND",
              "GRANT ROLE PIPELINES_READER TO USER PIPELINES_SERVICE",
              "GRANT USAGE ON DATABASE SALES TO ROLE PUBLIC",
              "USE ROLE SYSADMIN",
              "USE DATABASE OTHER",
              "USE SCHEMA SALES.PRIVATE",
              "DROP SCHEMA SALES.PUBLIC",
              stage("S", "../secret/"),
              stage("S", "salesmen/"))) {
        assertThatThrownBy(() -> run(service, statement))
            .as(statement)
            .isInstanceOf(SQLException.class)
            .message()
            .containsAnyOf(
                "Insufficient privileges",
                "does not exist",
                "is not assigned",
                "is not allowed by integration");
      }
    }
  }

  @Test
  void the_service_can_change_rebuild_and_switch_what_it_owns() throws Exception {
    account.parquet("sales/run=1/a.parquet", "SELECT 7 AS id, 'x' AS more");
    String columns =
        "SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'ORDERS'";
    try (Connection service = service()) {
      run(service, stage("ORDERS_STAGE", "sales/"), TABLE);
      run(service, "ALTER EXTERNAL TABLE ORDERS ADD FILES ('run=1/a.parquet')");
      run(service, "ALTER TABLE ORDERS ADD COLUMN MORE VARCHAR AS (value:more::VARCHAR)");
      assertThat(rows(service, columns)).contains("ID", "MORE");

      run(service, TABLE.replace("ORDERS (", "ORDERS__REBUILD ("));
      run(service, "GRANT SELECT ON EXTERNAL TABLE ORDERS__REBUILD TO ROLE PIPELINES_READER");
      run(service, "ALTER TABLE ORDERS SWAP WITH ORDERS__REBUILD");
      run(service, "DROP EXTERNAL TABLE ORDERS__REBUILD");
      assertThat(rows(service, "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES"))
          .containsExactly("ORDERS");

      run(service, "CREATE OR REPLACE VIEW LATEST COPY GRANTS AS SELECT ID FROM ORDERS");
      run(service, "GRANT SELECT ON VIEW LATEST TO ROLE PUBLIC");
      run(service, "CREATE OR REPLACE VIEW LATEST COPY GRANTS AS SELECT ID FROM ORDERS");
    }
    try (Connection reader = connect(account.url("&db=SALES&schema=PUBLIC"))) {
      run(reader, "USE ROLE PIPELINES_READER");
      assertThat(rows(reader, "SELECT COUNT(*) FROM LATEST")).containsExactly("0");
    }
  }

  @Test
  void the_information_schema_shows_the_service_its_own_only() throws Exception {
    try (Connection administrator = connect(account.url("&db=SALES&schema=PUBLIC"));
        Connection service = service()) {
      run(administrator, "CREATE STAGE HIDDEN URL = 's3://curated/sales/'");
      run(administrator, TABLE.replace("@ORDERS_STAGE", "@HIDDEN"));
      for (String view : List.of("TABLES", "EXTERNAL_TABLES", "COLUMNS", "STAGES", "VIEWS")) {
        assertThat(rows(service, "SELECT * FROM INFORMATION_SCHEMA." + view)).as(view).isEmpty();
      }
      assertThat(rows(administrator, "SELECT * FROM INFORMATION_SCHEMA.STAGES")).hasSize(1);
    }
  }
}
