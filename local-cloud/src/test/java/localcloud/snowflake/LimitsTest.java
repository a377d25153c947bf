package localcloud.snowflake;

import static localcloud.snowflake.Account.rows;
import static localcloud.snowflake.Account.run;
import static localcloud.snowflake.Account.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where Snowflake does not document what happens, the stand-in refuses, or answers as here. */
class LimitsTest {

  private static final String FILES =
      "SELECT FILE_NAME FROM TABLE(INFORMATION_SCHEMA.EXTERNAL_TABLE_FILES(TABLE_NAME => 'T'))";

  private Account account;
  private Connection connection;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    account = new Account(folder);
    connection = account.lake();
    account.parquet("t/run=1/a.parquet", "SELECT 1 AS n");
    run(connection, table("T", "N INT AS (value:n::int)", "t"));
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
    account.close();
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

  private void unknown(String statement, String message) {
    assertThatThrownBy(() -> run(connection, statement))
        .as(statement)
        .hasMessageContaining("the local stand-in does not know")
        .hasMessageContaining(message);
  }

  @Test
  void what_is_not_known_is_refused() throws Exception {
    unknown("ALTER TABLE T DROP COLUMN VALUE", "DROP COLUMN of VALUE");
    run(connection, table("P", "", "t") + " PATTERN = '.*[.]parquet'");
    unknown("ALTER EXTERNAL TABLE P ADD FILES ('x.csv')", "PATTERN leaves out");
    run(connection, "CREATE VIEW V AS SELECT N FROM T", "CREATE VIEW W AS SELECT N FROM V");
    unknown("CREATE OR REPLACE VIEW V AS SELECT N FROM W", "a view that reads itself");
    unknown("CREATE VIEW B AS SELECT ? AS X", "a bind variable in a view's query");
    unknown("SHOW TABLES", "SHOW TABLES");
  }
}
