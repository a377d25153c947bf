package localcloud.snowflake;

import static localcloud.snowflake.Account.run;
import static localcloud.snowflake.Account.table;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the driver makes of each type: docs.snowflake.com/en/sql-reference/intro-summary-data-types,
 * /en/developer-guide/jdbc/jdbc-api (data types), /en/sql-reference/data-type-conversion.
 */
class ResultTypesTest {

  private static Account account;
  private static Connection connection;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    account = new Account(folder);
    connection = account.lake();
    account.parquet(
        "t/a.parquet",
        "SELECT 7::BIGINT AS i, 12345678901234567890.12::DECIMAL(38,2) AS n, 1.5::DOUBLE AS d,"
            + " 'text' AS s, TRUE AS b, DATE '1969-12-31' AS day, TIMESTAMP '1969-12-31"
            + " 23:59:59.123456' AS ntz, TIMESTAMPTZ '2026-07-01 12:00:00.5+02' AS tz,"
            + " '\\x00\\xFF'::BLOB AS bin, {'b': 1, 'a': [1.5, NULL]} AS o, TIME '12:34:56.789' AS t,"
            + " NULL::INT AS missing");
    run(
        connection,
        "CREATE EXTERNAL TABLE T LOCATION = @CURATED/t FILE_FORMAT = (TYPE = PARQUET"
            + " BINARY_AS_TEXT = FALSE)");
  }

  @AfterAll
  static void close() throws Exception {
    connection.close();
    account.close();
  }

  /** What to compare in the one row of the one column. */
  private interface Check {
    void of(ResultSet row) throws Exception;
  }

  private static void column(String expression, String typeName, int jdbcType, Check check)
      throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + expression + " FROM T")) {
      assertThat(rows.getMetaData().getColumnTypeName(1)).as(expression).isEqualTo(typeName);
      assertThat(rows.getMetaData().getColumnType(1)).as(expression).isEqualTo(jdbcType);
      assertThat(rows.next()).isTrue();
      check.of(rows);
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void numbers() throws Exception {
    column(
        "value:i::int",
        "NUMBER",
        Types.BIGINT,
        row -> {
          assertThat(row.getObject(1)).isEqualTo(7L);
          assertThat(row.getMetaData().getPrecision(1)).isEqualTo(38);
        });
    column(
        "value:n::number(38,2)",
        "NUMBER",
        Types.DECIMAL,
        row -> assertThat(row.getObject(1)).isEqualTo(new BigDecimal("12345678901234567890.12")));
    column(
        "COUNT(*)",
        "NUMBER",
        Types.BIGINT,
        row -> assertThat(row.getMetaData().getPrecision(1)).isEqualTo(18));
    column(
        "value:d::float",
        "DOUBLE",
        Types.DOUBLE,
        row -> assertThat(row.getObject(1)).isEqualTo(1.5));
  }

  @Test
  void texts_booleans_binaries() throws Exception {
    column(
        "value:s::varchar(10)",
        "VARCHAR",
        Types.VARCHAR,
        row -> {
          assertThat(row.getObject(1)).isEqualTo("text");
          assertThat(row.getMetaData().getPrecision(1)).isEqualTo(10);
        });
    column(
        "value:b::boolean",
        "BOOLEAN",
        Types.BOOLEAN,
        row -> assertThat(row.getBoolean(1)).isTrue());
    column(
        "value:bin::binary",
        "BINARY",
        Types.BINARY,
        row -> assertThat(row.getBytes(1)).containsExactly(0, 0xFF));
  }

  @Test
  void dates_and_times() throws Exception {
    column(
        "value:day::date",
        "DATE",
        Types.DATE,
        row -> {
          assertThat(row.getDate(1)).isEqualTo(Date.valueOf("1969-12-31"));
          assertThat(row.getString(1)).isEqualTo("1969-12-31");
        });
    column(
        "value:t::time",
        "TIME",
        Types.TIME,
        row -> assertThat(row.getString(1)).isEqualTo("12:34:56"));
    column(
        "value:ntz::timestamp_ntz",
        "TIMESTAMPNTZ",
        Types.TIMESTAMP,
        row -> {
          assertThat(row.getTimestamp(1))
              .isEqualTo(Timestamp.valueOf("1969-12-31 23:59:59.123456"));
          assertThat(row.getString(1)).isEqualTo("1969-12-31 23:59:59.123");
        });
  }

  @Test
  void instants_keep_their_moment_whatever_their_flavour() throws Exception {
    Instant moment = Instant.parse("2026-07-01T10:00:00.500Z");
    column(
        "value:tz::timestamp_ltz",
        "TIMESTAMPLTZ",
        Types.TIMESTAMP,
        row -> assertThat(row.getTimestamp(1).toInstant()).isEqualTo(moment));
    column(
        "value:tz::timestamp_tz",
        "TIMESTAMPTZ",
        Types.TIMESTAMP_WITH_TIMEZONE,
        row -> {
          assertThat(row.getTimestamp(1).toInstant()).isEqualTo(moment);
          assertThat(row.getString(1)).isEqualTo("2026-07-01 10:00:00.500 Z");
        });
    column(
        "value:tz::timestamp_ntz",
        "TIMESTAMPNTZ",
        Types.TIMESTAMP,
        row -> assertThat(row.getString(1)).isEqualTo("2026-07-01 10:00:00.500"));
  }

  @Test
  void variants_are_json_with_their_keys_in_order() throws Exception {
    column(
        "value:o",
        "VARIANT",
        Types.VARCHAR,
        row ->
            assertThat(row.getString(1).replaceAll("\\s", ""))
                .isEqualTo("{\"a\":[1.5,null],\"b\":1}"));
    column("value:missing", "VARIANT", Types.VARCHAR, row -> assertThat(row.getString(1)).isNull());
    column(
        "value:day::variant",
        "VARIANT",
        Types.VARCHAR,
        row -> assertThat(row.getString(1)).isEqualTo("\"1969-12-31\""));
  }

  @Test
  void binary_is_text_unless_the_format_says_otherwise() throws Exception {
    account.parquet("u/a.parquet", "SELECT 'plain'::BLOB AS b");
    run(connection, table("U", "", "u"), "ALTER EXTERNAL TABLE U REFRESH");
    assertThat(Account.rows(connection, "SELECT value:b::varchar FROM U")).containsExactly("plain");
    assertThat(Account.rows(connection, "SELECT value:bin::varchar FROM T"))
        .containsExactly("00FF");
  }

  @Test
  void a_large_result_arrives_whole() throws Exception {
    account.parquet("big/a.parquet", "SELECT i AS n FROM range(100000) t(i)");
    run(connection, table("BIG", "", "big"), "ALTER EXTERNAL TABLE BIG REFRESH");
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT value:n::int FROM BIG ORDER BY 1")) {
      for (long i = 0; i < 100_000; i++) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(1)).isEqualTo(i);
      }
      assertThat(rows.next()).isFalse();
    }
  }
}
