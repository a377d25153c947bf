package localcloud.snowflake;

import static localcloud.snowflake.Account.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Columns out of a file's path: docs.snowflake.com/en/sql-reference/sql/create-external-table,
 * /en/user-guide/tables-external-intro, /en/sql-reference/functions/split_part, /regexp_substr; and
 * what they may be called: /en/sql-reference/identifiers-syntax, /reserved-keywords.
 */
class PartitionTest extends Contract {

  private static final String OPTIONS =
      " LOCATION = @CURATED/p/ AUTO_REFRESH = FALSE FILE_FORMAT = (TYPE = PARQUET)";

  @BeforeEach
  void open() throws Exception {
    parquet("p/run=r-1/attempt=1/day=2026-02-28/n=007/a.parquet", "SELECT 'x' AS c");
    parquet("p/run=r-1/attempt=1/day=2026-03-01/n=12/it's.parquet", "SELECT 'y' AS c");
  }

  private static String part(int folder) {
    return "SPLIT_PART(" + folderOfPath(folder) + ", '=', 2)";
  }

  @Test
  @Cites("sql-reference/sql/create-external-table")
  void any_folder_of_the_path_becomes_a_typed_column() throws Exception {
    run(
        connection,
        "CREATE EXTERNAL TABLE P (RUN_ID VARCHAR AS ("
            + part(2)
            + "), \"day\" DATE AS ("
            + part(4)
            + "::DATE), N NUMBER(5,0) AS ("
            + part(5)
            + "::NUMBER(5,0)), C VARCHAR AS (value:c::VARCHAR)) PARTITION BY (RUN_ID, \"day\", N)"
            + OPTIONS);
    assertThat(rows(connection, "SELECT RUN_ID, \"day\", N, C FROM P ORDER BY N"))
        .containsExactly("r-1|2026-02-28|7|x", "r-1|2026-03-01|12|y");
    assertThat(rows(connection, "SELECT C FROM P WHERE \"day\" = '2026-03-01' AND N > 7"))
        .containsExactly("y");
    assertThat(rows(connection, "SELECT MAX(\"day\") - MIN(\"day\") FROM P")).containsExactly("1");
  }

  @Test
  @Cites("sql-reference/functions/regexp_substr")
  void a_regular_expression_finds_the_folder_wherever_it_is() throws Exception {
    run(
        connection,
        "CREATE EXTERNAL TABLE P (DAY DATE AS (REGEXP_SUBSTR(METADATA$FILENAME, 'day=([^/]+)', 1, 1,"
            + " 'e', 1)::DATE), NOPE VARCHAR AS (REGEXP_SUBSTR(METADATA$FILENAME, 'hour=[0-9]+')))"
            + " PARTITION BY (DAY)"
            + OPTIONS);
    assertThat(rows(connection, "SELECT DAY, NOPE FROM P ORDER BY 1"))
        .containsExactly("2026-02-28|null", "2026-03-01|null");
  }

  @ParameterizedTest
  @Cites("sql-reference/functions/regexp_substr")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'a=1/a=22', 'a=[0-9]+'; a=1",
        "'a=1/a=22', 'a=[0-9]+', 2; a=22",
        "'a=1/a=22', 'a=[0-9]+', 1, 2; a=22",
        "'a=1/a=22', 'a=[0-9]+', 1, 3; null",
        "'a=1/a=22', 'a=([0-9]+)', 1, 2, 'e'; 22",
        "'a=1/b=2', '([a-z])=([0-9])', 1, 2, 'e', 1; b",
        "'RUN=7', 'run=[0-9]', 1, 1, 'i'; RUN=7",
        "'RUN=7', 'run=[0-9]', 1, 1, 'ic'; null",
        "'abc', 'x*'; ``",
      })
  void regexp_substr_takes_position_occurrence_parameters_and_group(
      String arguments, String expected) throws Exception {
    assertThat(rows(connection, "SELECT REGEXP_SUBSTR(" + arguments + ")"))
        .containsExactly(expected);
  }

  @Test
  @Cites("sql-reference/data-type-conversion")
  void a_folder_that_does_not_fit_its_type_fails_the_query() throws Exception {
    parquet("p/run=r-1/attempt=1/day=never/n=1/a.parquet", "SELECT 'z' AS c");
    run(
        connection,
        "CREATE EXTERNAL TABLE P (D DATE AS (" + part(4) + "::DATE)) PARTITION BY (D)" + OPTIONS);
    assertThatThrownBy(() -> rows(connection, "SELECT D FROM P"))
        .hasMessageContaining("Date 'never' is not recognized");
  }

  @Test
  @Cites("sql-reference/sql/create-external-table")
  void a_partition_comes_from_the_path_only() {
    assertThatThrownBy(
            () ->
                run(
                    connection,
                    "CREATE EXTERNAL TABLE P (C VARCHAR AS (value:c::VARCHAR)) PARTITION BY (C)"
                        + OPTIONS))
        .hasMessageContaining("Defining expression for partition column C is invalid.");
    assertThatThrownBy(
            () ->
                run(
                    connection,
                    "CREATE EXTERNAL TABLE P (A VARCHAR AS ('a')) PARTITION BY (B)" + OPTIONS))
        .hasMessageContaining("invalid identifier 'B'");
    assertThatThrownBy(
            () ->
                run(
                    connection,
                    "CREATE EXTERNAL TABLE P (A VARCHAR AS ('a'), a VARCHAR AS ('b'))" + OPTIONS))
        .hasMessageContaining("duplicate column name 'A'");
  }

  @ParameterizedTest
  @Cites("sql-reference/identifiers-syntax")
  @ValueSource(
      strings = {"SELECT", "table", "it's", "a\"b", "größe", "日付", "Mixed Case", "1st", " "})
  void a_partition_may_have_any_name_in_quotes(String name) throws Exception {
    String quoted = '"' + name.replace("\"", "\"\"") + '"';
    run(
        connection,
        "CREATE EXTERNAL TABLE "
            + quoted
            + " ("
            + quoted
            + " VARCHAR AS ("
            + part(2)
            + ")) PARTITION BY ("
            + quoted
            + ")"
            + OPTIONS,
        "CREATE VIEW \"v\" AS SELECT " + quoted + " FROM " + quoted);
    assertThat(rows(connection, "SELECT DISTINCT " + quoted + " FROM \"v\""))
        .containsExactly("r-1");
    assertThat(
            rows(
                connection,
                "SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = '"
                    + schema()
                    + "' AND TABLE_NAME = '"
                    + name.replace("'", "''")
                    + "' AND COLUMN_NAME <> 'VALUE'"))
        .containsExactly(name);
  }

  @ParameterizedTest
  @Cites("sql-reference/reserved-keywords")
  @ValueSource(strings = {"SELECT", "table", "order", "QUALIFY", "increment", "1st", "a-b"})
  void a_reserved_word_needs_quotes(String word) {
    assertThatThrownBy(
            () ->
                run(
                    connection,
                    "CREATE EXTERNAL TABLE P (" + word + " VARCHAR AS ('a'))" + OPTIONS))
        .hasMessageContaining("syntax error");
  }

  @Test
  @Cites("sql-reference/identifiers-syntax")
  void a_name_has_at_most_255_characters() throws Exception {
    String longest = "ü".repeat(255);
    run(
        connection,
        "CREATE EXTERNAL TABLE P (\"" + longest + "\" VARCHAR AS (" + part(2) + "))" + OPTIONS);
    assertThat(rows(connection, "SELECT MAX(\"" + longest + "\") FROM P")).containsExactly("r-1");
    assertThatThrownBy(
            () -> run(connection, "ALTER TABLE P ADD COLUMN " + longest + "x INT AS (1)"))
        .hasMessageContaining("255");
    assertThatThrownBy(() -> run(connection, "ALTER TABLE P ADD COLUMN \"\" INT AS (1)"))
        .hasMessageContaining("syntax error");
  }
}
