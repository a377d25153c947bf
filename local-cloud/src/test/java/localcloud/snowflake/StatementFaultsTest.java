package localcloud.snowflake;

import static localcloud.faults.Orders.order;
import static localcloud.snowflake.Account.rows;
import static localcloud.snowflake.Account.run;
import static localcloud.snowflake.Account.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import localcloud.faults.Faults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of Snowflake's own: docs.snowflake.com/en/sql-reference/transactions,
 * /en/sql-reference/sql/alter-external-table,
 * /en/sql-reference/functions/external_table_registration_history.
 */
class StatementFaultsTest {

  private static final String REFRESH = "ALTER EXTERNAL TABLE T REFRESH";
  private static final String FILES =
      "SELECT FILE_NAME FROM TABLE(INFORMATION_SCHEMA.EXTERNAL_TABLE_FILES(TABLE_NAME => 'T'))"
          + " ORDER BY 1";

  private Account account;
  private Connection connection;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    account = new Account(folder);
    connection = account.lake();
    run(connection, table("T", "", "t"));
    for (String file : new String[] {"a", "b", "c"}) {
      account.parquet("t/" + file + ".parquet", "SELECT 1 AS n");
    }
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
    account.close();
  }

  @Test
  void expired_session_is_renewed_by_the_driver() throws Exception {
    order(account.faults, "{'service':'Snowflake','operation':'Query','does':'session-expired'}");

    assertThat(rows(connection, "SELECT CURRENT_DATABASE()")).containsExactly("LAKE");

    assertThat(account.faults.calls(0))
        .extracting(received -> received.call().operation())
        .endsWith("Query", "Renew", "Query");
  }

  @Test
  void session_that_is_gone_cannot_be_renewed() throws Exception {
    order(
        account.faults,
        "{'service':'Snowflake','match':'SELECT','does':'session-expired','gone':true}");

    assertThatThrownBy(() -> rows(connection, "SELECT 1"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(390111));
    assertThatThrownBy(() -> rows(connection, "SELECT 1")).isInstanceOf(SQLException.class);
    try (Connection another = account.connect()) {
      assertThat(rows(another, "SELECT 1")).containsExactly("1");
    }
  }

  @Test
  void statement_on_a_locked_table_is_aborted_and_does_nothing() throws Exception {
    order(account.faults, "{'service':'Snowflake','match':'REFRESH','does':'locked'}");

    assertThatThrownBy(() -> rows(connection, "ALTER EXTERNAL TABLE LAKE.PUBLIC.T REFRESH"))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> {
              assertThat(e.getErrorCode()).isEqualTo(625);
              assertThat(e.getSQLState()).isEqualTo("57014");
            })
        .hasMessageContaining("has locked table 'T' in transaction")
        .hasMessageContaining("the number of waiters for this lock exceeds the 20 statements");

    assertThat(rows(connection, FILES)).isEmpty();
    assertThat(account.server.records())
        .anyMatch(record -> record.outcome().startsWith("FAILED 000625 57014"));
    assertThat(rows(connection, REFRESH)).hasSize(3);
  }

  @Test
  void refresh_that_skips_a_file_says_so_and_the_next_one_registers_it() throws Exception {
    order(account.faults, "{'service':'Snowflake','does':'skip-file'}");

    assertThat(rows(connection, REFRESH))
        .containsExactly(
            "t/a.parquet|REGISTER_FAILED|File could not be registered.",
            "t/b.parquet|REGISTERED_NEW|File registered successfully.",
            "t/c.parquet|REGISTERED_NEW|File registered successfully.");
    assertThat(rows(connection, "SELECT COUNT(*) FROM T")).containsExactly("2");
    assertThat(rows(connection, FILES)).containsExactly("t/b.parquet", "t/c.parquet");

    run(connection, REFRESH);
    assertThat(rows(connection, "SELECT COUNT(*) FROM T")).containsExactly("3");
  }

  @Test
  void skipping_waits_for_a_refresh_that_has_something_to_register() throws Exception {
    run(connection, REFRESH);
    order(account.faults, "{'service':'Snowflake','does':'skip-file'}");

    rows(connection, "SELECT COUNT(*) FROM T");
    run(connection, REFRESH);
    assertThat(account.faults.standing()).extracting(Faults.Standing::hits).containsExactly(0L);
    account.parquet("t/d.parquet", "SELECT 1 AS n");
    run(connection, REFRESH);

    assertThat(account.faults.standing()).extracting(Faults.Standing::hits).containsExactly(1L);
    assertThat(rows(connection, FILES)).hasSize(3);
  }
}
