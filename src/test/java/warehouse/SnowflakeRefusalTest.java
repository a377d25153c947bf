package warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import warehouse.SnowflakeRefusal.Session;

class SnowflakeRefusalTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");
  private static final Session SESSION =
      new Session(Optional.of("SERVICE"), "key-pair", Optional.of("LOADER"), Optional.of("SMALL"));

  private static String sentence(int code, String message, String sql) {
    return new SnowflakeRefusal(code, "", message, Optional.of("01b2"))
        .sentence(SESSION, Optional.of(sql), NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schema 'PUBLIC'|CREATE STAGE IF NOT EXISTS LAKE.PUBLIC.S URL = 'x'|CREATE STAGE ON SCHEMA LAKE.PUBLIC TO ROLE LOADER",
        "schema 'b.c'|create external table \"a\"\"A\".\"b.c\".T (ID INT)|CREATE EXTERNAL TABLE ON SCHEMA \"a\"\"A\".\"b.c\" TO ROLE LOADER",
        "schema 'PUBLIC'|CREATE OR REPLACE VIEW LAKE.PUBLIC.V AS SELECT 1|CREATE VIEW ON SCHEMA LAKE.PUBLIC TO ROLE LOADER",
        "database 'LAKE'|CREATE SCHEMA IF NOT EXISTS LAKE.S|CREATE SCHEMA ON DATABASE LAKE TO ROLE LOADER",
        "account 'X1'|CREATE DATABASE IF NOT EXISTS LAKE|CREATE DATABASE ON ACCOUNT TO ROLE LOADER",
        "integration 'CURATED'|CREATE STAGE LAKE.PUBLIC.S URL = 'x'|USAGE ON INTEGRATION CURATED TO ROLE LOADER",
        "table 'T'|ALTER EXTERNAL TABLE LAKE.PUBLIC.T REFRESH|OWNERSHIP ON EXTERNAL TABLE T TO ROLE LOADER COPY CURRENT GRANTS",
      })
  void a_missing_privilege_is_named_with_its_grant(String on, String sql, String grant) {
    assertThat(
            sentence(
                3001,
                "SQL access control error:\nInsufficient privileges to operate on " + on,
                sql))
        .startsWith("Role LOADER lacks the privilege ")
        .endsWith(": GRANT " + grant + " (Snowflake's error 003001, query 01b2)")
        .doesNotContain("\n");
  }

  @Test
  void what_is_not_visible_is_named_with_its_grant() {
    assertThat(
            sentence(
                2003,
                "SQL compilation error:\nSchema 'LAKE.PUBLIC' does not exist or not authorized.",
                "CREATE STAGE LAKE.PUBLIC.S"))
        .isEqualTo(
            "Schema LAKE.PUBLIC does not exist, or role LOADER does not see it: GRANT USAGE ON"
                + " SCHEMA LAKE.PUBLIC TO ROLE LOADER; Snowflake says: SQL compilation error: Schema"
                + " 'LAKE.PUBLIC' does not exist or not authorized. (Snowflake's error 002003, query"
                + " 01b2)");
    assertThat(
            sentence(
                2003,
                "SQL compilation error:\nIntegration 'CURATED' does not exist or not authorized.",
                "CREATE STAGE LAKE.PUBLIC.S"))
        .startsWith(
            "Storage integration CURATED does not exist, or role LOADER does not see it: let");
  }

  @ParameterizedTest
  @CsvSource({
    "1003,42000,true", // a syntax error
    "904,42000,true", // an invalid identifier
    "2,0A000,true", // an unsupported feature
    "100038,22018,true", // a text that is no number
    "100035,22007,true", // a text that is no date
    "3001,42501,false", // a privilege
    "2003,42S02,false", // what does not exist, or not visible
    "2043,02000,false",
    "606,57P03,false", // no warehouse
    "2002,42710,false", // what is there already, by the repetition's own first try
    "1430,42601,false",
    "91016,22000,false", // a file of the stage
    "604,57014,false", // a cancelled statement
    "390144,08001,false",
    "0,'',false"
  })
  void a_refusal_is_for_ever_only_where_statement_or_values_are_at_fault(
      int code, String sqlState, boolean isPermanent) {
    assertThat(new SnowflakeRefusal(code, sqlState, "", Optional.empty()).isPermanent())
        .isEqualTo(isPermanent);
  }

  @Test
  void a_key_that_is_refused_shows_this_machines_clock() {
    String sentence =
        new SnowflakeRefusal(
                390_144,
                "08001",
                "JWT token is invalid. [0ce9eb56-821d-4ca9-a774-04ae89a0cf5a]",
                Optional.empty())
            .sentence(SESSION, Optional.empty(), NOW);
    assertThat(sentence)
        .contains(
            "the key of user SERVICE",
            "by which it is 2026-01-01T00:10:00Z, is more than 60 seconds off Snowflake's",
            "SELECT SYSTEM$GET_LOGIN_FAILURE_DETAILS('0ce9eb56-821d-4ca9-a774-04ae89a0cf5a')")
        .endsWith("(Snowflake's error 390144)");
  }

  @Test
  void an_unknown_refusal_is_snowflakes_message_in_one_line() {
    assertThat(sentence(1003, "SQL compilation error:\n  syntax error", "SELEC"))
        .isEqualTo("SQL compilation error: syntax error (Snowflake's error 001003, query 01b2)");
    assertThat(
            new SnowflakeRefusal(0, "08S01", "Connection refused", Optional.empty())
                .sentence(SESSION, Optional.empty(), NOW))
        .isEqualTo("Connection refused");
  }
}
