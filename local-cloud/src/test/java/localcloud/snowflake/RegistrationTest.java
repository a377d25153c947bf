package localcloud.snowflake;

import static localcloud.snowflake.Account.rows;
import static localcloud.snowflake.Account.run;
import static localcloud.snowflake.Account.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files by name, and what became of them:
 * docs.snowflake.com/en/sql-reference/sql/alter-external-table,
 * /en/sql-reference/functions/external_table_registration_history, /external_table_files.
 */
class RegistrationTest {

  private static final String FILES =
      "SELECT FILE_NAME FROM TABLE(INFORMATION_SCHEMA.EXTERNAL_TABLE_FILES(TABLE_NAME => 'T'))"
          + " ORDER BY 1";
  private static final String HISTORY =
      "SELECT FILE_NAME, OPERATION_STATUS FROM"
          + " TABLE(INFORMATION_SCHEMA.EXTERNAL_TABLE_FILE_REGISTRATION_HISTORY(TABLE_NAME => 'T'";

  private Account account;
  private Connection connection;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    account = new Account(folder);
    connection = account.lake();
    account.parquet("t/run=1/a.parquet", "SELECT 1 AS n");
    account.parquet("t/run=1/b.parquet", "SELECT 2 AS n");
    run(connection, table("T", "N INT AS (value:n::int)", "t"));
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
    account.close();
  }

  @Test
  void exactly_the_named_files_are_added_and_removed() throws Exception {
    assertThat(rows(connection, "ALTER EXTERNAL TABLE T ADD FILES ('run=1/b.parquet')"))
        .containsExactly("t/run=1/b.parquet|REGISTERED_NEW|File registered successfully.");
    assertThat(rows(connection, "SELECT N FROM T")).containsExactly("2");
    run(connection, "ALTER EXTERNAL TABLE T ADD FILES ('run=1/a.parquet', 'run=1/b.parquet')");
    assertThat(rows(connection, FILES)).containsExactly("t/run=1/a.parquet", "t/run=1/b.parquet");
    assertThat(rows(connection, "ALTER EXTERNAL TABLE T REMOVE FILES ('run=1/b.parquet')"))
        .containsExactly("t/run=1/b.parquet|UNREGISTERED|File unregistered successfully.");
    assertThat(rows(connection, "SELECT N FROM T")).containsExactly("1");
    run(connection, "ALTER EXTERNAL TABLE IF EXISTS NOPE ADD FILES ('x')");
  }

  @Test
  void a_file_that_is_not_there_says_so_in_its_row() throws Exception {
    assertThat(rows(connection, "ALTER EXTERNAL TABLE T ADD FILES ('A.parquet')").get(0))
        .startsWith("t/A.parquet|REGISTER_FAILED|");
    assertThat(rows(connection, "ALTER EXTERNAL TABLE T REMOVE FILES ('A.parquet')").get(0))
        .startsWith("t/A.parquet|UNREGISTER_FAILED|");
    assertThat(rows(connection, FILES)).isEmpty();
  }

  @Test
  void at_most_a_thousand_files_in_one_statement() throws Exception {
    String most =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "'run=1/a.parquet?" + i + "'")
            .collect(Collectors.joining(", "));
    assertThat(rows(connection, "ALTER EXTERNAL TABLE T ADD FILES (" + most + ")")).hasSize(1_000);
    assertThatThrownBy(
            () -> run(connection, "ALTER EXTERNAL TABLE T ADD FILES (" + most + ", 'x')"))
        .hasMessageContaining("more than 1000 files");
  }

  @Test
  void adding_files_belongs_to_the_transaction() throws Exception {
    try (Connection reader = account.connect()) {
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
  void history_tells_what_became_of_each_file() throws Exception {
    Path gone = account.parquet("t/run=1/c.parquet", "SELECT 3 AS n");
    run(connection, "ALTER EXTERNAL TABLE T REFRESH 'run=1/'");
    Files.delete(gone);
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
                "SELECT * FROM TABLE(LAKE.INFORMATION_SCHEMA.EXTERNAL_TABLE_FILE_REGISTRATION_HISTORY("
                    + "TABLE_NAME => 'PUBLIC.T')) WHERE FILE_NAME LIKE '%/c.parquet' ORDER BY 1")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getLong("FILE_SIZE")).isPositive();
      assertThat(row.getTimestamp("LAST_MODIFIED")).isNotNull();
      assertThat(row.getString("MESSAGE")).isNotEmpty();
    }
  }

  @Test
  void history_has_nothing_of_what_was_rolled_back() throws Exception {
    run(connection, "BEGIN", "ALTER EXTERNAL TABLE T REFRESH", "ROLLBACK");
    assertThat(rows(connection, HISTORY + "))")).isEmpty();
  }

  @Test
  void a_file_that_is_no_parquet_is_registered_like_any_other() throws Exception {
    Files.writeString(account.s3.resolve("curated/t/run=1/README"), "no parquet");
    assertThat(rows(connection, "ALTER EXTERNAL TABLE T REFRESH"))
        .contains("t/run=1/README|REGISTERED_NEW|File registered successfully.");
    assertThat(rows(connection, FILES)).contains("t/run=1/README");
    assertThat(rows(connection, "SELECT COUNT(*) FROM T")).containsExactly("2");
  }
}
