package localcloud.snowflake;

import static localcloud.snowflake.Account.run;
import static localcloud.snowflake.Account.table;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Snowflake's codes for what is wrong. Its documentation has the rules, but no list of the codes:
 * they are as its users quote them.
 */
class ErrorTest extends Contract {

  @BeforeEach
  void open() throws Exception {
    parquet("t/a.parquet", "SELECT 1 AS n, 'abc' AS s, 70000 AS big");
    run(connection, table("T", "N INT AS (value:n::int)", "t"), "ALTER EXTERNAL TABLE T REFRESH");
  }

  @ParameterizedTest
  @Cites({"sql-reference/sql/select", "sql-reference/data-type-conversion"})
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "SELECT 1 FRM T; 1003; 42000; syntax error line 1 at position 13 unexpected 'T'.",
        "SELECT (1; 1003; 42000; unexpected '<EOF>'",
        "SELECT X FROM T; 904; 42000; invalid identifier 'X'",
        "SELECT N, COUNT(*) FROM T; 979; 42601; neither an aggregate",
        "SELECT NO_SUCH_FUNCTION(1); 2141; 42601; Unknown function NO_SUCH_FUNCTION",
        "SELECT 1/0; 100051; 22012; Division by zero",
        "SELECT value:s::int FROM T; 100071; 22000; Failed to cast variant value \"abc\" to FIXED",
        "SELECT value:s::date FROM T; 100071; 22000; Failed to cast variant value \"abc\" to DATE",
        "SELECT 'abc'::int; 100038; 22018; Numeric value 'abc' is not recognized",
        "SELECT 'abc'::date; 100040; 22007; Date 'abc' is not recognized",
        "SELECT 'abc'::timestamp; 100035; 22007; Timestamp 'abc' is not recognized",
        "SELECT 'abc'::boolean; 100037; 22018; Boolean value 'abc' is not recognized",
      })
  void a_wrong_query_gets_its_code(String statement, int code, String state, String message) {
    refused(statement, code, state, message);
  }

  @ParameterizedTest
  @Cites({"sql-reference/sql/create-external-table", "sql-reference/sql/use-schema"})
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "SELECT * FROM NOPE; 2003; 42S02; NOPE' does not exist or not authorized.",
        "ALTER EXTERNAL TABLE NOPE REFRESH; 2003; 42S02; does not exist or not authorized",
        "DROP STAGE NOPE; 2003; 42S02; NOPE' does not exist or not authorized",
        "USE DATABASE NOPE_NOT_THERE; 2043; 02000; Object does not exist, or operation cannot be",
        "CREATE FILE FORMAT NOPE_NOT_THERE.S.F; 2003; 02000; Database 'NOPE_NOT_THERE' does not exist",
        "CREATE STAGE CURATED URL = 's3://x/'; 2002; 42710; Object 'CURATED' already exists.",
        "CREATE EXTERNAL TABLE X LOCATION = @NOPE; 2003; 42S02; NOPE' does not exist",
      })
  void a_wrong_name_gets_its_code(String statement, int code, String state, String message) {
    refused(statement, code, state, message);
  }
}
