package localcloud.snowflake;

import static localcloud.snowflake.Account.run;
import static localcloud.snowflake.Account.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Files become rows by REFRESH only: docs.snowflake.com/en/sql-reference/sql/alter-external-table
 * and /en/sql-reference/sql/create-external-table; what is registered:
 * /en/sql-reference/functions/external_table_files; unreadable files:
 * /en/user-guide/tables-external-intro.
 */
class ExternalTableTest extends Contract {

  private static final String COUNT = "SELECT COUNT(*) FROM T";
  private static final String FILES =
      "SELECT FILE_NAME FROM TABLE(INFORMATION_SCHEMA.EXTERNAL_TABLE_FILES(TABLE_NAME => 'T'))"
          + " ORDER BY FILE_NAME";

  @BeforeEach
  void open() throws Exception {}

  @Test
  @Cites("sql-reference/sql/alter-external-table")
  void a_file_is_not_visible_before_refresh() throws Exception {
    parquet("t/a.parquet", "SELECT 1 AS n");
    run(connection, table("T", "", "t"));
    assertThat(rows(connection, COUNT)).containsExactly("0");

    run(connection, "ALTER EXTERNAL TABLE T REFRESH");
    assertThat(rows(connection, COUNT)).containsExactly("1");

    parquet("t/b.parquet", "SELECT 2 AS n");
    assertThat(rows(connection, COUNT)).containsExactly("1");
  }

  @Test
  @Cites("sql-reference/sql/create-external-table")
  void create_refreshes_unless_configured_otherwise() throws Exception {
    parquet("t/a.parquet", "SELECT 1 AS n");
    run(
        connection,
        "CREATE EXTERNAL TABLE T WITH LOCATION = @CURATED/t/ FILE_FORMAT = (TYPE = PARQUET)");
    assertThat(rows(connection, COUNT)).containsExactly("1");
  }

  @Test
  @Cites("sql-reference/functions/get_ignore_case")
  void a_field_is_found_in_any_case_by_get_ignore_case() throws Exception {
    parquet("t/a.parquet", "SELECT 1 AS zip");
    parquet("t/b.parquet", "SELECT 2 AS \"Zip\"");
    parquet("t/c.parquet", "SELECT 3 AS other");
    run(
        connection,
        table(
            "T",
            "Z INT AS (GET_IGNORE_CASE(value, 'ZIP')::INT), E INT AS (value:\"zip\"::INT)",
            "t"),
        "ALTER EXTERNAL TABLE T REFRESH");
    assertThat(rows(connection, "SELECT Z, E FROM T ORDER BY Z"))
        .containsExactly("1|1", "2|null", "null|null");
  }

  @Test
  @Cites("developer-guide/jdbc/jdbc-using")
  void execute_hides_the_rows_of_refresh() throws Exception {
    parquet("t/a.parquet", "SELECT 1 AS n");
    run(connection, table("T", "", "t"));
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.execute("ALTER EXTERNAL TABLE T REFRESH")).isFalse();
      assertThat(statement.getUpdateCount()).isZero();
    }
  }

  @Test
  @Cites("sql-reference/sql/alter-external-table")
  void paths_are_case_sensitive() throws Exception {
    parquet("t/a.parquet", "SELECT 1 AS n");
    run(connection, table("T", "", "T"), "ALTER EXTERNAL TABLE T REFRESH");
    assertThat(rows(connection, COUNT)).containsExactly("0");
  }

  @Test
  @Cites("sql-reference/sql/create-external-table")
  void the_pattern_speaks_of_the_whole_path() throws Exception {
    parquet("t/x/part-1.parquet", "SELECT 1 AS n");
    parquet("t/x/_SUCCESS", "SELECT 2 AS n");
    run(
        connection,
        "CREATE EXTERNAL TABLE T LOCATION = @CURATED/t PATTERN = '.*[.]parquet'"
            + " FILE_FORMAT = (TYPE = PARQUET)",
        "CREATE EXTERNAL TABLE U LOCATION = @CURATED/t PATTERN = 'part.*'"
            + " FILE_FORMAT = (TYPE = PARQUET)");
    assertThat(rows(connection, FILES)).containsExactly("t/x/part-1.parquet");
    assertThat(rows(connection, "SELECT COUNT(*) FROM U")).containsExactly("0");
  }

  @Test
  @Cites("sql-reference/sql/create-external-table")
  void create_or_replace_loses_what_was_registered() throws Exception {
    parquet("t/a.parquet", "SELECT 1 AS n");
    run(connection, table("T", "", "t"), "ALTER EXTERNAL TABLE T REFRESH", table("T", "", "t"));
    assertThat(rows(connection, COUNT)).containsExactly("0");
  }

  @Test
  @Cites("sql-reference/sql/create-external-table")
  void create_if_not_exists_keeps_what_is_there() throws Exception {
    parquet("t/a.parquet", "SELECT 1 AS n");
    run(connection, table("T", "", "t"), "ALTER EXTERNAL TABLE T REFRESH");
    assertThat(
            rows(
                connection,
                "CREATE EXTERNAL TABLE IF NOT EXISTS T LOCATION = @CURATED/u"
                    + " FILE_FORMAT = (TYPE = PARQUET)"))
        .containsExactly("T already exists, statement succeeded.");
    assertThat(rows(connection, COUNT)).containsExactly("1");
  }

  @Test
  @Cites("sql-reference/sql/create-stage")
  void a_stage_made_anew_breaks_the_tables_over_it() throws Exception {
    run(
        connection,
        table("T", "", "t"),
        stage().replace("CREATE STAGE", "CREATE OR REPLACE STAGE"));
    assertThatThrownBy(() -> rows(connection, COUNT)).hasMessageContaining("marked invalid");
    assertThat(rows(connection, "SHOW EXTERNAL TABLES").get(0)).contains("|true|");
  }

  @Test
  @Cites("sql-reference/sql/create-external-table")
  void columns_and_partitions_are_computed_from_value_and_path() throws Exception {
    parquet("iris/run=r1/a.parquet", "SELECT 'setosa' AS class_name, 5.1 AS w");
    parquet("iris/run=r2/a.parquet", "SELECT 'virginica' AS class_name, 6.3 AS w");
    run(
        connection,
        "CREATE EXTERNAL TABLE IRIS (RUN_ID VARCHAR AS"
            + " (SPLIT_PART("
            + folderOfPath(2)
            + ", '=', 2)), CLASS_NAME VARCHAR AS"
            + " (value:\"class_name\"::VARCHAR) NOT NULL, W NUMBER(4,2) AS (value:\"w\"::NUMBER(4,2)))"
            + " PARTITION BY (RUN_ID) WITH LOCATION = @CURATED/iris/ FILE_FORMAT = (TYPE = PARQUET)"
            + " COPY GRANTS COMMENT = 'Fisher''s'");
    assertThat(rows(connection, "SELECT RUN_ID, CLASS_NAME, W FROM IRIS ORDER BY 1"))
        .containsExactly("r1|setosa|5.10", "r2|virginica|6.30");
    assertThat(rows(connection, "SELECT CLASS_NAME FROM IRIS WHERE RUN_ID = 'r2'"))
        .containsExactly("virginica");
  }

  @Test
  @Cites("user-guide/tables-external-intro")
  void star_gives_value_first() throws Exception {
    parquet("t/a.parquet", "SELECT 1 AS n, 'x' AS a");
    run(connection, table("T", "N INT AS (value:n::int)", "t"), "ALTER EXTERNAL TABLE T REFRESH");
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM T")) {
      assertThat(rows.getMetaData().getColumnName(1)).isEqualTo("VALUE");
      assertThat(rows.getMetaData().getColumnName(2)).isEqualTo("N");
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("{\n  \"a\": \"x\",\n  \"n\": 1\n}");
      assertThat(rows.getInt(2)).isEqualTo(1);
    }
  }

  @Test
  @Cites("user-guide/tables-external-intro")
  void files_of_different_schemas_are_read_together() throws Exception {
    parquet("t/a.parquet", "SELECT 1 AS n, 'x' AS only_here");
    parquet("t/b.parquet", "SELECT '2' AS n");
    parquet("t/c.parquet", "SELECT 3.5 AS \"N\"");
    run(connection, table("T", "", "t"), "ALTER EXTERNAL TABLE T REFRESH");
    assertThat(
            rows(
                connection,
                "SELECT value:n::int, value:only_here::varchar, value:N::float FROM T"
                    + " ORDER BY METADATA$FILENAME"))
        .containsExactly("1|x|null", "2|null|null", "null|null|3.5");
  }
}
