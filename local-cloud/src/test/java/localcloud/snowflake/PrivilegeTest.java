package localcloud.snowflake;

import static localcloud.snowflake.Account.connect;
import static localcloud.snowflake.Account.rows;
import static localcloud.snowflake.Account.run;
import static localcloud.snowflake.Account.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a role may do: docs.snowflake.com/en/user-guide/security-access-control-privileges,
 * /en/sql-reference/sql/grant-privilege, /en/sql-reference/sql/grant-ownership,
 * /en/sql-reference/sql/create-storage-integration, /en/sql-reference/sql/alter-warehouse.
 */
class PrivilegeTest {

  private Account account;
  private Connection admin;
  private Connection loader;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    account = new Account(folder);
    admin = account.lake();
    run(
        admin,
        "CREATE ROLE LOADER",
        "CREATE ROLE READER",
        "CREATE WAREHOUSE SMALL",
        "CREATE USER SERVICE DEFAULT_ROLE = LOADER DEFAULT_WAREHOUSE = SMALL PASSWORD = 'secret'",
        "GRANT ROLE LOADER TO USER SERVICE",
        "GRANT ROLE READER TO USER SERVICE",
        "GRANT USAGE ON WAREHOUSE SMALL TO ROLE LOADER",
        "GRANT USAGE ON DATABASE LAKE TO ROLE LOADER",
        "GRANT USAGE ON SCHEMA LAKE.PUBLIC TO ROLE LOADER");
    account.parquet("t/a.parquet", "SELECT 1 AS n");
    loader = service("&db=LAKE&schema=PUBLIC");
  }

  private Connection service(String url) throws SQLException {
    return connect(account.url(url), Map.of("user", "service", "password", "secret"));
  }

  @AfterEach
  void close() throws Exception {
    loader.close();
    admin.close();
    account.close();
  }

  private void assertRefused(Connection connection, String sql, int code, String message) {
    SQLException refusal = catchThrowableOfType(SQLException.class, () -> rows(connection, sql));
    assertThat((Throwable) refusal).as(sql).isNotNull().hasMessageContaining(message);
    assertThat(refusal.getErrorCode()).as(sql).isEqualTo(code);
  }

  @Test
  void each_creation_takes_its_privilege() throws Exception {
    String stage = "CREATE STAGE MINE URL = 's3://curated/t/'";
    assertRefused(loader, stage, 3001, "Insufficient privileges to operate on schema 'PUBLIC'");
    assertRefused(
        loader, stage.replace("STAGE", "STAGE IF NOT EXISTS"), 3001, "Insufficient privileges");
    run(admin, "GRANT CREATE STAGE ON SCHEMA LAKE.PUBLIC TO ROLE LOADER");
    run(loader, stage);
    String table = table("T", "", "").replace("@CURATED/", "@MINE");
    assertRefused(loader, table, 3001, "schema 'PUBLIC'");
    run(admin, "GRANT CREATE EXTERNAL TABLE ON SCHEMA LAKE.PUBLIC TO ROLE LOADER");
    run(loader, table, "ALTER EXTERNAL TABLE T REFRESH");
    assertThat(rows(loader, "SELECT COUNT(*) FROM T")).containsExactly("1");

    assertRefused(loader, "CREATE SCHEMA LAKE.S", 3001, "database 'LAKE'");
    assertRefused(loader, "CREATE DATABASE D", 3001, "account 'LOCAL'");
    assertRefused(
        loader, table("U", "", ""), 2003, "Stage 'LAKE.PUBLIC.CURATED' does not exist or not");
  }

  @Test
  void the_creator_owns_and_no_other_refreshes_or_drops() throws Exception {
    run(admin, table("T", "", "t"), "GRANT SELECT ON EXTERNAL TABLE T TO ROLE LOADER");
    assertThat(rows(loader, "SELECT COUNT(*) FROM T")).containsExactly("0");
    assertRefused(loader, "ALTER EXTERNAL TABLE T REFRESH", 3001, "operate on table 'T'");
    assertRefused(loader, "DROP EXTERNAL TABLE T", 3001, "operate on table 'T'");
    assertRefused(loader, table("T", "", "t"), 3001, "schema 'PUBLIC'");

    run(admin, "GRANT OWNERSHIP ON EXTERNAL TABLE T TO ROLE LOADER COPY CURRENT GRANTS");
    run(loader, "ALTER EXTERNAL TABLE T REFRESH");
    assertThat(rows(loader, "SHOW EXTERNAL TABLES"))
        .hasSize(1)
        .first()
        .asString()
        .contains("LOADER");
  }

  @Test
  void what_a_role_does_not_see_is_not_there() throws Exception {
    run(admin, table("T", "", "t"));
    String hidden = "'LAKE.PUBLIC.T' does not exist or not authorized";
    assertRefused(loader, "SELECT * FROM T", 2003, "Object " + hidden);
    assertRefused(loader, "ALTER EXTERNAL TABLE T REFRESH", 2003, hidden);
    assertRefused(
        loader,
        "SELECT * FROM TABLE(INFORMATION_SCHEMA.EXTERNAL_TABLE_FILES(TABLE_NAME => 'T'))",
        2003,
        hidden);
    assertThat(rows(loader, "SHOW EXTERNAL TABLES")).isEmpty();
    assertThat(rows(loader, "SHOW STAGES")).isEmpty();
    run(admin, "REVOKE USAGE ON SCHEMA LAKE.PUBLIC FROM ROLE LOADER");
    assertRefused(loader, "SELECT * FROM T", 2003, "Schema 'LAKE.PUBLIC' does not exist or not");
    assertRefused(loader, "USE SCHEMA LAKE.PUBLIC", 2043, "does not exist, or operation");
  }

  @Test
  void grants_survive_a_replacement_that_copies_them_and_no_other() throws Exception {
    run(admin, table("T", "", "t"), "GRANT SELECT ON EXTERNAL TABLE T TO ROLE LOADER");
    String replaced = table("T", "", "t");
    run(admin, replaced.replace(" LOCATION", " COPY GRANTS LOCATION"));
    assertThat(rows(admin, "SHOW GRANTS ON EXTERNAL TABLE T"))
        .anyMatch(row -> row.contains("|SELECT|EXTERNAL_TABLE|LAKE.PUBLIC.T|ROLE|LOADER|"));
    run(admin, replaced);
    assertThat(rows(admin, "SHOW GRANTS ON EXTERNAL TABLE T"))
        .hasSize(1)
        .first()
        .asString()
        .contains("|OWNERSHIP|EXTERNAL_TABLE|LAKE.PUBLIC.T|ROLE|ACCOUNTADMIN|true|");
  }

  @Test
  void a_future_grant_reaches_what_is_created_later() throws Exception {
    run(admin, "GRANT SELECT ON FUTURE EXTERNAL TABLES IN SCHEMA LAKE.PUBLIC TO ROLE LOADER");
    run(admin, table("T", "", "t"));
    assertThat(rows(loader, "SELECT COUNT(*) FROM T")).containsExactly("0");
    assertThat(rows(loader, "SHOW GRANTS TO ROLE LOADER"))
        .anyMatch(row -> row.contains("|SELECT|EXTERNAL_TABLE|LAKE.PUBLIC.T|"));
    assertRefused(
        loader,
        "GRANT SELECT ON FUTURE VIEWS IN SCHEMA LAKE.PUBLIC TO ROLE READER",
        3001,
        "Insufficient privileges to operate on account");
    assertRefused(
        loader, "GRANT SELECT ON EXTERNAL TABLE T TO ROLE READER", 3001, "operate on table 'T'");
    assertRefused(loader, "GRANT ROLE READER TO ROLE LOADER", 3001, "operate on role 'READER'");
  }

  @Test
  void roles_inherit_from_those_they_were_granted() throws Exception {
    run(admin, table("T", "", "t"), "GRANT SELECT ON EXTERNAL TABLE T TO ROLE READER");
    run(admin, "GRANT ROLE READER TO ROLE LOADER");
    assertThat(rows(loader, "SELECT COUNT(*) FROM T")).containsExactly("0");
    run(loader, "USE ROLE READER");
    assertRefused(loader, "USE ROLE SYSADMIN", 3013, "Requested role 'SYSADMIN' is not assigned");
    assertThat(rows(admin, "SHOW GRANTS TO USER SERVICE")).hasSize(2);
  }

  @Test
  void a_query_takes_a_warehouse_that_runs_or_resumes() throws Exception {
    run(admin, table("T", "", "t"), "GRANT SELECT ON EXTERNAL TABLE T TO ROLE LOADER");
    String query = "SELECT COUNT(*) FROM T";
    run(admin, "ALTER WAREHOUSE SMALL SUSPEND");
    assertThat(rows(loader, query)).containsExactly("0");
    assertThat(rows(admin, "SHOW WAREHOUSES")).first().asString().startsWith("SMALL|STARTED");
    run(admin, "ALTER WAREHOUSE SMALL SET AUTO_RESUME = FALSE", "ALTER WAREHOUSE SMALL SUSPEND");
    assertRefused(loader, query, 608, "Warehouse 'SMALL' is suspended");
    assertRefused(loader, "ALTER WAREHOUSE SMALL RESUME", 3001, "operate on warehouse 'SMALL'");
    run(admin, "GRANT OPERATE ON WAREHOUSE SMALL TO ROLE LOADER");
    run(loader, "ALTER WAREHOUSE SMALL RESUME");
    assertThat(rows(loader, query)).containsExactly("0");
    run(admin, "DROP WAREHOUSE SMALL");
    assertRefused(loader, query, 606, "No active warehouse selected in the current session.");
    assertThat(rows(loader, "SELECT 1")).containsExactly("1");
    assertRefused(loader, "USE WAREHOUSE SMALL", 2043, "does not exist");
  }

  @Test
  void a_stage_needs_an_integration_that_is_there_usable_and_allows_its_place() throws Exception {
    run(admin, "GRANT CREATE STAGE ON SCHEMA LAKE.PUBLIC TO ROLE LOADER");
    String stage = "CREATE STAGE S URL = 's3://curated/t/' STORAGE_INTEGRATION = LAKE_ROLE";
    assertRefused(loader, stage, 2003, "Integration 'LAKE_ROLE' does not exist or not authorized.");
    run(
        admin,
        "CREATE STORAGE INTEGRATION LAKE_ROLE TYPE = EXTERNAL_STAGE STORAGE_PROVIDER = 'S3'"
            + " ENABLED = TRUE STORAGE_AWS_ROLE_ARN = 'arn:aws:iam::111122223333:role/lake'"
            + " STORAGE_ALLOWED_LOCATIONS = ('s3://curated/t/', 's3://other/')");
    assertRefused(
        loader, stage, 3001, "Insufficient privileges to operate on integration 'LAKE_ROLE'");
    run(admin, "GRANT USAGE ON INTEGRATION LAKE_ROLE TO ROLE LOADER");
    assertRefused(
        loader,
        stage.replace("curated/t/", "secret/"),
        3127,
        "Location 's3://secret/' is not allowed by integration LAKE_ROLE. Please use DESC");
    run(loader, stage);
    assertThat(rows(loader, "DESCRIBE STORAGE INTEGRATION LAKE_ROLE"))
        .contains("STORAGE_ALLOWED_LOCATIONS|List|s3://curated/t/,s3://other/|[]");
    run(admin, "ALTER STORAGE INTEGRATION LAKE_ROLE SET STORAGE_ALLOWED_LOCATIONS = ('s3://x/')");
    assertRefused(loader, stage.replace("STAGE S ", "STAGE S2 "), 3127, "is not allowed");
  }

  @Test
  void the_information_schema_shows_what_the_role_sees_and_its_owner() throws Exception {
    run(admin, table("T", "", "t"), "CREATE VIEW V AS SELECT VALUE FROM T");
    String tables = "SELECT TABLE_NAME, TABLE_OWNER FROM LAKE.INFORMATION_SCHEMA.TABLES ORDER BY 1";
    assertThat(rows(admin, tables)).containsExactly("T|ACCOUNTADMIN", "V|ACCOUNTADMIN");
    assertThat(rows(loader, tables)).isEmpty();
    run(admin, "GRANT SELECT ON VIEW V TO ROLE LOADER");
    assertThat(rows(loader, tables)).containsExactly("V|ACCOUNTADMIN");
    assertRefused(
        loader,
        "SELECT * FROM TABLE(LAKE.INFORMATION_SCHEMA.EXTERNAL_TABLE_FILE_REGISTRATION_HISTORY("
            + "TABLE_NAME => 'PUBLIC.T'))",
        2003,
        "does not exist or not authorized");
  }
}
