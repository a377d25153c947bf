package localcloud.snowflake;

import static localcloud.snowflake.Account.run;
import static localcloud.snowflake.Account.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Snowflake's own errors. Snowflake publishes no list of their codes: 001003, 002003, 002043,
 * 002002, 000904, 000979, 002141, 090105 and 100038 to 100071 are as its users quote them; the
 * rarer ones (001008, 001011, 002040, 100048, 100078) still have to be compared with a real
 * account. The rules behind them are those of docs.snowflake.com/en/sql-reference/sql-all and
 * /en/sql-reference/data-type-conversion.
 */
class RefusalTest {

  private static Account account;
  private static Connection connection;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    account = new Account(folder);
    connection = account.lake();
    account.parquet("t/a.parquet", "SELECT 1 AS n, 'abc' AS s, 70000 AS big");
    run(connection, table("T", "N INT AS (value:n::int)", "t"), "ALTER EXTERNAL TABLE T REFRESH");
  }

  @AfterAll
  static void close() throws Exception {
    connection.close();
    account.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "SELEC 1; 1003; 42000; does not know this statement: SELEC",
        "SELECT 1 FRM T; 1003; 42000; syntax error line 1 at position 13 unexpected 'T'.",
        "SELECT (1; 1003; 42000; unexpected '<EOF>'",
        "SELECT 'open; 1003; 42000; syntax error line 1 at position 7",
        "INSERT INTO T VALUES (1); 1003; 42000; does not know this statement: INSERT INTO T",
        "CREATE DYNAMIC TABLE X; 1003; 42000; does not know this statement: CREATE DYNAMIC",
        "ALTER EXTERNAL TABLE T ADD PARTITION (N = '1') LOCATION 'x'; 1003; 42000; near 'ADD'",
        "CREATE EXTERNAL TABLE X (A INT AS (B::int)) LOCATION = @CURATED; 904; 42000; 'B'",
        "SELECT * FROM T JOIN T; 1003; 42000; a join",
        "SELECT * FROM T, T; 1003; 42000; more than one table",
        "SELECT N FROM T UNION SELECT 1; 1003; 42000; UNION",
        "SELECT * FROM INFORMATION_SCHEMA.SEQUENCES; 1003; 42000; SELECT from INFORMATION_SCHEMA",
        "SELECT ROW_COUNT FROM INFORMATION_SCHEMA.TABLES; 904; 42000; invalid identifier",
        "SELECT ROW_NUMBER() OVER (ORDER BY N) FROM T; 1003; 42000; window functions",
        "SELECT * FROM read_parquet('/etc/passwd'); 1003; 42000; unexpected '('",
        "SELECT getenv('HOME'); 2141; 42601; Unknown function GETENV",
        "SELECT * FROM NOPE; 2003; 42S02; Object 'LAKE.PUBLIC.NOPE' does not exist or not authorized.",
        "SELECT * FROM NO.WHERE_.T; 2003; 42S02; does not exist",
        "ALTER EXTERNAL TABLE NOPE REFRESH; 2003; 42S02; does not exist or not authorized",
        "CREATE SCHEMA NODB.S; 2003; 02000; Database 'NODB' does not exist or not authorized.",
        "DROP STAGE NOPE; 2003; 42S02; Stage 'LAKE.PUBLIC.NOPE' does not exist",
        "USE DATABASE NOPE; 2043; 02000; Object does not exist, or operation cannot be performed.",
        "USE SCHEMA NOPE; 2043; 02000; Object does not exist",
        "CREATE DATABASE LAKE; 2002; 42710; Object 'LAKE' already exists.",
        "CREATE STAGE CURATED URL='s3://curated/'; 2002; 42710; Object 'CURATED' already exists.",
        "CREATE STAGE X URL='https://curated/'; 1011; 42601; invalid URL prefix",
        "CREATE FILE FORMAT F TYPE = WORD; 1008; 22023; WORD",
        "CREATE EXTERNAL TABLE X LOCATION = @NOPE; 2003; 42S02; Stage 'LAKE.PUBLIC.NOPE' does not exist",
        "CREATE EXTERNAL TABLE X LOCATION = @CURATED PATTERN = '['; 100048; 2201B; Invalid regular",
        "SELECT X FROM T; 904; 42000; invalid identifier 'X'",
        "SELECT N, COUNT(*) FROM T; 979; 42601; 'N' in select clause is neither an aggregate",
        "SELECT 1/0; 100051; 22012; Division by zero",
        "SELECT value:s::int FROM T; 100071; 22000; Failed to cast variant value \"abc\" to FIXED",
        "SELECT value:s::date FROM T; 100071; 22000; Failed to cast variant value \"abc\" to DATE",
        "SELECT value:big::number(3,0) FROM T; 100071; 22000; Failed to cast variant value 70000 to FIXED",
        "SELECT 'abc'::int; 100038; 22018; Numeric value 'abc' is not recognized",
        "SELECT 'abc'::date; 100040; 22007; Date 'abc' is not recognized",
        "SELECT 'abc'::timestamp; 100035; 22007; Timestamp 'abc' is not recognized",
        "SELECT 'abc'::boolean; 100037; 22018; Boolean value 'abc' is not recognized",
        "SELECT 'abc'::varchar(2); 100078; 22000; String 'abc' is too long and would be truncated",
        "SELECT 1::GEOGRAPHY; 2040; 42601; Unsupported data type 'GEOGRAPHY'.",
      })
  void a_bad_statement_gets_snowflakes_code(
      String statement, int code, String sqlState, String message) throws Exception {
    SQLException refused =
        catchThrowableOfType(SQLException.class, () -> Account.rows(connection, statement));
    assertThat((Throwable) refused).as(statement).isNotNull();
    assertThat((Throwable) refused).hasMessageContaining(message);
    assertThat(refused.getErrorCode()).isEqualTo(code);
    assertThat(refused.getSQLState()).isEqualTo(sqlState);
  }

  @Test
  void unqualified_names_need_a_current_database() throws Exception {
    try (Connection nowhere = Account.connect(account.url(""))) {
      SQLException refused =
          catchThrowableOfType(SQLException.class, () -> Account.rows(nowhere, "SELECT * FROM T"));
      assertThat(refused.getErrorCode()).isEqualTo(90105);
      assertThat((Throwable) refused)
          .hasMessageContaining("This session does not have a current database");
    }
  }

  @Test
  void if_exists_forgives() throws Exception {
    assertThat(Account.rows(connection, "DROP EXTERNAL TABLE IF EXISTS NOPE"))
        .containsExactly("Drop statement executed successfully (NOPE already dropped).");
    run(connection, "ALTER EXTERNAL TABLE IF EXISTS NOPE REFRESH", "DROP SCHEMA IF EXISTS NOPE");
  }
}
