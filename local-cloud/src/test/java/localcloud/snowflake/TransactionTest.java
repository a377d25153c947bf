package localcloud.snowflake;

import static localcloud.snowflake.Account.rows;
import static localcloud.snowflake.Account.run;
import static localcloud.snowflake.Account.table;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** REFRESH is part of the transaction: docs.snowflake.com/en/sql-reference/transactions. */
class TransactionTest {

  private static final String COUNT = "SELECT COUNT(*) FROM T";
  private static final String REFRESH = "ALTER EXTERNAL TABLE T REFRESH";

  private Account account;
  private Connection writer;
  private Connection reader;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    account = new Account(folder);
    writer = account.lake();
    account.parquet("t/a.parquet", "SELECT 1 AS n");
    run(writer, table("T", "", "t"));
    reader = account.connect();
  }

  @AfterEach
  void close() throws Exception {
    writer.close();
    reader.close();
    account.close();
  }

  @Test
  void with_autocommit_a_refresh_is_seen_by_others_at_once() throws Exception {
    run(writer, REFRESH);
    assertThat(rows(reader, COUNT)).containsExactly("1");
  }

  @Test
  void without_autocommit_only_its_own_session_sees_it_before_commit() throws Exception {
    writer.setAutoCommit(false);
    run(writer, REFRESH);
    assertThat(rows(writer, COUNT)).containsExactly("1");
    assertThat(rows(reader, COUNT)).containsExactly("0");
    writer.commit();
    assertThat(rows(reader, COUNT)).containsExactly("1");
  }

  @Test
  void rollback_loses_it() throws Exception {
    writer.setAutoCommit(false);
    run(writer, REFRESH);
    writer.rollback();
    writer.commit();
    assertThat(rows(writer, COUNT)).containsExactly("0");
  }

  @Test
  void a_session_that_ends_loses_it() throws Exception {
    writer.setAutoCommit(false);
    run(writer, REFRESH);
    writer.close();
    assertThat(rows(reader, COUNT)).containsExactly("0");
  }

  @Test
  void begin_starts_a_transaction_in_spite_of_autocommit() throws Exception {
    run(writer, "BEGIN TRANSACTION", REFRESH);
    assertThat(rows(reader, COUNT)).containsExactly("0");
    run(writer, "COMMIT");
    assertThat(rows(reader, COUNT)).containsExactly("1");
  }

  @Test
  void a_definition_commits_what_is_open() throws Exception {
    run(writer, "BEGIN", REFRESH, "CREATE SCHEMA OTHER", "ROLLBACK");
    assertThat(rows(reader, COUNT)).containsExactly("1");
  }

  @Test
  void transactions_on_different_paths_do_not_undo_each_other() throws Exception {
    account.parquet("t/run=2/b.parquet", "SELECT 2 AS n");
    writer.setAutoCommit(false);
    run(writer, "ALTER EXTERNAL TABLE T REFRESH 'a'");
    run(reader, "ALTER EXTERNAL TABLE T REFRESH 'run=2/'");
    writer.commit();
    assertThat(rows(reader, COUNT)).containsExactly("2");
  }
}
