package localcloud.snowflake;

import static localcloud.snowflake.Account.run;
import static localcloud.snowflake.Account.table;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** REFRESH is part of the transaction: docs.snowflake.com/en/sql-reference/transactions. */
class TransactionTest extends Contract {

  private static final String COUNT = "SELECT COUNT(*) FROM T";
  private static final String REFRESH = "ALTER EXTERNAL TABLE T REFRESH";

  private Connection reader;

  @AfterEach
  void closeReader() throws Exception {
    reader.close();
  }

  @BeforeEach
  void open() throws Exception {
    parquet("t/a.parquet", "SELECT 1 AS n");
    run(connection, table("T", "", "t"));
    reader = connect();
  }

  @Test
  @Cites("sql-reference/transactions")
  void with_autocommit_a_refresh_is_seen_by_others_at_once() throws Exception {
    run(connection, REFRESH);
    assertThat(rows(reader, COUNT)).containsExactly("1");
  }

  @Test
  @Cites("sql-reference/transactions")
  void without_autocommit_only_its_own_session_sees_it_before_commit() throws Exception {
    connection.setAutoCommit(false);
    run(connection, REFRESH);
    assertThat(rows(connection, COUNT)).containsExactly("1");
    assertThat(rows(reader, COUNT)).containsExactly("0");
    connection.commit();
    assertThat(rows(reader, COUNT)).containsExactly("1");
  }

  @Test
  @Cites("sql-reference/transactions")
  void rollback_loses_it() throws Exception {
    connection.setAutoCommit(false);
    run(connection, REFRESH);
    connection.rollback();
    connection.commit();
    assertThat(rows(connection, COUNT)).containsExactly("0");
  }

  @Test
  @Cites("sql-reference/transactions")
  void a_session_that_ends_loses_it() throws Exception {
    try (Connection ending = connect()) {
      ending.setAutoCommit(false);
      run(ending, REFRESH);
      assertThat(rows(ending, COUNT)).containsExactly("1");
    }
    assertThat(rows(reader, COUNT)).containsExactly("0");
  }

  @Test
  @Cites("sql-reference/transactions")
  void begin_starts_a_transaction_in_spite_of_autocommit() throws Exception {
    run(connection, "BEGIN TRANSACTION", REFRESH);
    assertThat(rows(reader, COUNT)).containsExactly("0");
    run(connection, "COMMIT");
    assertThat(rows(reader, COUNT)).containsExactly("1");
  }

  @Test
  @Cites("sql-reference/transactions")
  void a_definition_commits_what_is_open() throws Exception {
    run(connection, "BEGIN", REFRESH, "CREATE FILE FORMAT OTHER TYPE = PARQUET", "ROLLBACK");
    assertThat(rows(reader, COUNT)).containsExactly("1");
  }

  @Test
  @Cites("sql-reference/transactions")
  void transactions_on_different_paths_do_not_undo_each_other() throws Exception {
    parquet("t/run=2/b.parquet", "SELECT 2 AS n");
    connection.setAutoCommit(false);
    run(connection, "ALTER EXTERNAL TABLE T REFRESH 'a'");
    run(reader, "ALTER EXTERNAL TABLE T REFRESH 'run=2/'");
    connection.commit();
    assertThat(rows(reader, COUNT)).containsExactly("2");
  }
}
