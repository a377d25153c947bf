package localcloud.snowflake;

import static localcloud.snowflake.Account.run;
import static localcloud.snowflake.Account.table;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * SELECT over one external table: docs.snowflake.com/en/sql-reference/constructs, /order-by,
 * /en/user-guide/querying-semistructured, /en/sql-reference/functions-all.
 */
class SelectTest extends Contract {

  @BeforeEach
  void open() throws Exception {
    parquet(
        "t/a.parquet",
        "SELECT * FROM (VALUES (1, 'a', 1.5, {'k': [10, 20], 'Key': 'v'}), (2, 'b', 2.5, NULL),"
            + " (3, 'a', NULL, {'k': [], 'Key': NULL})) AS v(n, s, d, o)");
    run(
        connection,
        table(
            "T",
            "N NUMBER(5,0) AS (value:n::NUMBER(5,0)), S VARCHAR AS (value:s::VARCHAR),"
                + " D NUMBER(4,1) AS (value:d::NUMBER(4,1))",
            "t"),
        "ALTER EXTERNAL TABLE T REFRESH");
  }

  private static void answers(String query, String... expected) throws Exception {
    assertThat(rows(connection, query)).as(query).containsExactly(expected);
  }

  @Test
  @Cites({"sql-reference/data-types-datetime", "sql-reference/data-type-conversion"})
  void a_timestamp_with_time_zone_keeps_its_offset() throws Exception {
    String here = "'2026-01-01 23:00:00.5 -08:00'::TIMESTAMP_TZ";
    assertThat(
            rows(
                connection,
                "SELECT %1$s::VARCHAR, %1$s::DATE, DATE_PART('hour', %1$s), %1$s::TIMESTAMP_NTZ::VARCHAR"
                    .formatted(here)))
        .containsExactly("2026-01-01 23:00:00.500 -0800|2026-01-01|23|2026-01-01 23:00:00.500");
    assertThat(
            rows(
                connection,
                "SELECT %s = '2026-01-02T12:30:00.5+05:30'::TIMESTAMP_TZ, TRY_CAST('noon' AS TIMESTAMP_TZ)"
                    .formatted(here)))
        .containsExactly("TRUE|null");
    assertThat(rows(connection, "SELECT MAX(%s)::TIMESTAMP_LTZ IS NULL".formatted(here)))
        .containsExactly("FALSE");
    refused("SELECT 'noon'::TIMESTAMP_TZ", 100035, "22007", "Timestamp 'noon' is not recognized");
  }

  @Test
  @Cites("sql-reference/constructs/group-by")
  void groups_and_orders() throws Exception {
    answers(
        "SELECT S, COUNT(*) C, SUM(N), AVG(N), MIN(D), MAX(D) FROM T GROUP BY S ORDER BY C DESC",
        "a|2|4|2.000000|1.5|1.5",
        "b|1|2|2.000000|2.5|2.5");
    answers("SELECT S FROM T GROUP BY 1 HAVING COUNT(*) > 1", "a");
    answers("SELECT UPPER(S) AS U, COUNT(DISTINCT N) FROM T GROUP BY U ORDER BY 1", "A|2", "B|1");
    answers("SELECT DISTINCT S FROM T ORDER BY S DESC", "b", "a");
  }

  @Test
  @Cites("sql-reference/constructs/order-by")
  void nulls_come_last_ascending_and_first_descending() throws Exception {
    answers("SELECT N FROM T ORDER BY D", "1", "2", "3");
    answers("SELECT N FROM T ORDER BY D DESC", "3", "2", "1");
    answers("SELECT N FROM T ORDER BY D NULLS FIRST", "3", "1", "2");
    answers("SELECT N FROM T ORDER BY D DESC NULLS LAST", "2", "1", "3");
  }

  @Test
  @Cites("sql-reference/constructs/limit")
  void limits_and_offsets() throws Exception {
    answers("SELECT N FROM T ORDER BY N LIMIT 1 OFFSET 1", "2");
    answers("SELECT N FROM T ORDER BY N OFFSET 2 ROWS FETCH FIRST 5 ROWS ONLY", "3");
    answers("SELECT COUNT(*) FROM (SELECT N FROM T LIMIT 2) AS x", "2");
  }

  @Test
  @Cites("sql-reference/constructs/where")
  void filters() throws Exception {
    answers("SELECT N FROM T WHERE S = 'a' AND NOT (D IS NULL)", "1");
    answers("SELECT N FROM T WHERE N IN (2, 3) AND S LIKE 'a%'", "3");
    answers("SELECT N FROM T WHERE N NOT BETWEEN 1 AND 2 OR S ILIKE 'B'", "2", "3");
    answers("SELECT t.N FROM T AS t WHERE t.D <> 1.5", "2");
    answers("SELECT N * 2 AS M FROM T WHERE M = 4", "4");
  }

  @Test
  @Cites("user-guide/querying-semistructured")
  void paths_into_a_variant_are_case_sensitive_and_missing_ones_are_null() throws Exception {
    answers(
        "SELECT value:n::int, value:N::int, value['n']::int, value:nope.deeper[3]::varchar FROM T"
            + " WHERE N = 1",
        "1|null|1|null");
    answers(
        "SELECT value:o.k[1]::int, value:o:\"Key\"::varchar, value:o.key, value:o.k FROM T"
            + " WHERE N = 1",
        "20|v|null|[\n  10,\n  20\n]");
    answers("SELECT value:s, value:n, value:o.Key FROM T WHERE N = 1", "\"a\"|1|\"v\"");
    answers("SELECT COUNT(*) FROM T WHERE value:s = 'a' AND value:n < 3", "1");
    answers("SELECT value:o.Key::varchar FROM T WHERE N = 3", "null");
  }

  @Test
  @Cites("user-guide/querying-metadata")
  void rows_know_their_file_and_place() throws Exception {
    answers(
        "SELECT METADATA$FILENAME, METADATA$FILE_ROW_NUMBER FROM T ORDER BY 2 LIMIT 1",
        "t/a.parquet|1");
  }

  @ParameterizedTest
  @Cites("sql-reference/functions-all")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "CASE WHEN N > 1 THEN 'many' ELSE 'one' END; one",
        "CASE S WHEN 'a' THEN 1 WHEN 'b' THEN 2 END; 1",
        "IFF(N = 1, 'y', 'n'); y",
        "COALESCE(NULL, D, 0); 1.5",
        "NVL(value:nope::varchar, 'none'); none",
        "NULLIF(S, 'a'); null",
        "10 / 4; 2.500000",
        "N / 3; 0.333333",
        "7 % 4; 3",
        "1.5 * 1.5; 2.25",
        "-N + 0.5; -0.5",
        "S || N || '!'; a1!",
        "SPLIT_PART('a/b/c', '/', 2); b",
        "SPLIT_PART('a/b/c', '/', -1); c",
        "SPLIT_PART('a/b/c', '/', 9) || '|'; |",
        "SUBSTR('hello', 0, 2); he",
        "SUBSTRING('hello', 2, 3); ell",
        "LEFT('hello', 2) || RIGHT('hello', 2); helo",
        "REPLACE('a-b', '-', '+'); a+b",
        "REPLACE('{1}-{2}', '-', '$0\\\\'); {1}$0\\{2}",
        "REGEXP_SUBSTR('run=42/x', '[0-9]+'); 42",
        "LENGTH('héllo'); 5",
        "TRIM('  x '); x",
        "CONCAT('a', NULL); null",
        "STARTSWITH('abc', 'ab'); TRUE",
        "ROUND(2.567, 2); 2.57",
        "ROUND(2.5); 3",
        "FLOOR(-1.5); -2",
        "TO_DATE('2026-02-28') + 1; 2026-03-01",
        "DATE '2026-03-01' - DATE '2026-02-01'; 28",
        "YEAR('2026-03-01'::date); 2026",
        "DATE_TRUNC('month', '2026-03-17 10:00:00'::timestamp_ntz); 2026-03-01 00:00:00.000",
        "'2026-03-17 10:00:00 +0000'::TIMESTAMP_LTZ::VARCHAR; 2026-03-17 10:00:00.000 +0000",
        "TO_NUMBER('12'); 12",
        "TRY_CAST('x' AS INT); null",
        "TRY_TO_DATE('x'); null",
        "'3.7'::NUMBER(3,0); 4",
        "2.5::INT; 3",
        "'true'::BOOLEAN; TRUE",
        "1 = 1 AND NULL; null",
      })
  void expressions_mean_what_they_mean_in_snowflake(String expression, String expected)
      throws Exception {
    answers("SELECT " + expression + " FROM T WHERE N = 1", expected);
  }

  @Test
  @Cites("sql-reference/sql/select")
  void without_a_table() throws Exception {
    answers("SELECT 1, 'x', NULL, TRUE", "1|x|null|TRUE");
    assertThat(rows(connection, "SELECT LAST_QUERY_ID()").get(0)).matches("[0-9a-f-]{36}");
  }
}
