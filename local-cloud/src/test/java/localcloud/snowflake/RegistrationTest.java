package localcloud.snowflake;

import static localcloud.snowflake.Account.run;
import static localcloud.snowflake.Account.table;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Files by name, and what became of them:
 * docs.snowflake.com/en/sql-reference/sql/alter-external-table,
 * /en/sql-reference/functions/external_table_registration_history, /external_table_files.
 */
class RegistrationTest extends Contract {

  private static final String FILES =
      "SELECT FILE_NAME FROM TABLE(INFORMATION_SCHEMA.EXTERNAL_TABLE_FILES(TABLE_NAME => 'T'))"
          + " ORDER BY 1";
  private static final String HISTORY =
      "SELECT FILE_NAME, OPERATION_STATUS FROM"
          + " TABLE(INFORMATION_SCHEMA.EXTERNAL_TABLE_FILE_REGISTRATION_HISTORY(TABLE_NAME => 'T'";

  @BeforeEach
  void open() throws Exception {
    parquet("t/run=1/a.parquet", "SELECT 1 AS n");
    parquet("t/run=1/b.parquet", "SELECT 2 AS n");
    run(connection, table("T", "N INT AS (value:n::int)", "t"));
  }

  /** File and status; what the description says is documented nowhere. */
  private static List<String> statuses(String statement) throws SQLException {
    return rows(connection, statement).stream()
        .map(row -> row.substring(0, row.lastIndexOf('|')))
        .toList();
  }

  @Test
  @Cites("sql-reference/sql/alter-external-table")
  void exactly_the_named_files_are_added_and_removed() throws Exception {
    assertThat(statuses("ALTER EXTERNAL TABLE T ADD FILES ('run=1/b.parquet')"))
        .containsExactly("t/run=1/b.parquet|REGISTERED_NEW");
    assertThat(rows(connection, "SELECT N FROM T")).containsExactly("2");
    run(connection, "ALTER EXTERNAL TABLE T ADD FILES ('run=1/a.parquet', 'run=1/b.parquet')");
    assertThat(rows(connection, FILES)).containsExactly("t/run=1/a.parquet", "t/run=1/b.parquet");
    assertThat(statuses("ALTER EXTERNAL TABLE T REMOVE FILES ('run=1/b.parquet')"))
        .containsExactly("t/run=1/b.parquet|UNREGISTERED");
    assertThat(rows(connection, "SELECT N FROM T")).containsExactly("1");
    run(connection, "ALTER EXTERNAL TABLE IF EXISTS NOPE ADD FILES ('x')");
  }

  @Test
  @Cites({"sql-reference/sql/alter-external-table", "sql-reference/transactions"})
  void adding_files_belongs_to_the_transaction() throws Exception {
    try (Connection reader = connect()) {
      run(
          connection,
          "ALTER EXTERNAL TABLE T ADD FILES ('run=1/a.parquet')",
          "BEGIN",
          "ALTER EXTERNAL TABLE T REMOVE FILES ('run=1/a.parquet')",
          "ALTER EXTERNAL TABLE T ADD FILES ('run=1/b.parquet')");
      assertThat(rows(reader, "SELECT N FROM T")).containsExactly("1");
      assertThat(rows(connection, "SELECT N FROM T")).containsExactly("2");
      run(connection, "COMMIT");
      assertThat(rows(reader, "SELECT N FROM T")).containsExactly("2");
    }
  }

  @Test
  @Cites("sql-reference/functions/external_table_registration_history")
  void history_has_the_outcome_for_each_file() throws Exception {
    parquet("t/run=1/c.parquet", "SELECT 3 AS n");
    run(connection, "ALTER EXTERNAL TABLE T REFRESH 'run=1/'");
    delete("t/run=1/c.parquet");
    String before = rows(connection, "SELECT CURRENT_TIMESTAMP()::VARCHAR").get(0);
    run(connection, "ALTER EXTERNAL TABLE T REFRESH");
    assertThat(rows(connection, HISTORY + ")) ORDER BY JOB_CREATED_TIME, FILE_NAME"))
        .containsExactly(
            "t/run=1/a.parquet|REGISTERED_NEW",
            "t/run=1/b.parquet|REGISTERED_NEW",
            "t/run=1/c.parquet|REGISTERED_NEW",
            "t/run=1/a.parquet|REGISTER_SKIPPED",
            "t/run=1/b.parquet|REGISTER_SKIPPED",
            "t/run=1/c.parquet|UNREGISTERED");
    assertThat(
            rows(
                connection,
                HISTORY
                    + ", START_TIME => '"
                    + before
                    + "'::TIMESTAMP_LTZ)) WHERE OPERATION_STATUS <> 'REGISTER_SKIPPED'"))
        .containsExactly("t/run=1/c.parquet|UNREGISTERED");
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT * FROM TABLE("
                    + database()
                    + ".INFORMATION_SCHEMA.EXTERNAL_TABLE_FILE_REGISTRATION_HISTORY("
                    + "TABLE_NAME => '"
                    + schema()
                    + ".T')) WHERE FILE_NAME LIKE '%/c.parquet' ORDER BY 1")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getLong("FILE_SIZE")).isPositive();
      assertThat(row.getTimestamp("LAST_MODIFIED")).isNotNull();
      assertThat(row.getString("MESSAGE")).isNotEmpty();
    }
  }

  @Test
  @Cites({
    "sql-reference/functions/external_table_registration_history",
    "sql-reference/transactions"
  })
  void history_has_nothing_of_what_was_rolled_back() throws Exception {
    run(connection, "BEGIN", "ALTER EXTERNAL TABLE T REFRESH", "ROLLBACK");
    assertThat(rows(connection, HISTORY + "))")).isEmpty();
  }

  @Test
  @Cites("user-guide/tables-external-intro")
  void a_file_that_is_no_parquet_is_registered_like_any_other() throws Exception {
    text("t/run=1/README", "no parquet");
    assertThat(statuses("ALTER EXTERNAL TABLE T REFRESH"))
        .contains("t/run=1/README|REGISTERED_NEW");
    assertThat(rows(connection, FILES)).contains("t/run=1/README");
    assertThat(rows(connection, "SELECT COUNT(*) FROM T")).containsExactly("2");
  }
}
