package localcloud.snowflake;

import static localcloud.snowflake.Account.run;
import static localcloud.snowflake.Account.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.snowflake.client.api.connection.SnowflakeConnection;
import net.snowflake.client.api.resultset.SnowflakeAsyncResultSet;
import net.snowflake.client.api.resultset.SnowflakeResultSet;
import net.snowflake.client.api.statement.SnowflakeStatement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Statements that are slow, asynchronous, cancelled, that are only described:
 * docs.snowflake.com/en/developer-guide/jdbc/jdbc-using, /jdbc-api,
 * /en/sql-reference/functions/system_wait.
 */
class AsyncTest extends Contract {

  @BeforeEach
  void open() throws Exception {
    parquet("t/a.parquet", "SELECT 1 AS n");
    run(connection, table("T", "N INT AS (value:n::int)", "t"), "ALTER EXTERNAL TABLE T REFRESH");
  }

  @Test
  @Cites("developer-guide/jdbc/jdbc-using")
  void an_asynchronous_query_is_not_waited_for() throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet later =
            statement
                .unwrap(SnowflakeStatement.class)
                .executeAsyncQuery("SELECT SYSTEM$WAIT(1500, 'MILLISECONDS')")) {
      SnowflakeAsyncResultSet result = later.unwrap(SnowflakeAsyncResultSet.class);
      assertThat(result.getStatus().isStillRunning()).isTrue();
      assertThat(later.next()).isTrue();
      assertThat(later.getString(1)).isEqualTo("waited 1500 milliseconds");
      assertThat(result.getStatus().isSuccess()).isTrue();
    }
  }

  @Test
  @Cites("developer-guide/jdbc/jdbc-using")
  void the_result_of_an_asynchronous_query_is_found_by_its_id() throws Exception {
    String id;
    try (Statement statement = connection.createStatement();
        ResultSet later =
            statement.unwrap(SnowflakeStatement.class).executeAsyncQuery("SELECT N FROM T")) {
      id = later.unwrap(SnowflakeResultSet.class).getQueryID();
    }
    try (ResultSet again = connection.unwrap(SnowflakeConnection.class).createResultSet(id)) {
      assertThat(again.next()).isTrue();
      assertThat(again.getInt(1)).isEqualTo(1);
    }
  }

  @Test
  @Cites("developer-guide/jdbc/jdbc-using")
  void an_asynchronous_query_that_fails_says_why() throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet later =
            statement.unwrap(SnowflakeStatement.class).executeAsyncQuery("SELECT X FROM T")) {
      assertThatThrownBy(later::next).hasMessageContaining("invalid identifier 'X'");
      assertThat(later.unwrap(SnowflakeAsyncResultSet.class).getStatus().isAnError()).isTrue();
    }
  }

  @Test
  @Cites("developer-guide/jdbc/jdbc-using")
  void a_statement_is_cancelled_by_another_thread() throws Exception {
    try (Statement statement = connection.createStatement()) {
      CompletableFuture<Void> cancel =
          CompletableFuture.runAsync(
              () -> {
                try {
                  statement.cancel();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              },
              CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS));
      SQLException cancelled =
          catchThrowableOfType(
              SQLException.class, () -> statement.executeQuery("SELECT SYSTEM$WAIT(60)"));
      cancel.get();
      assertThat(cancelled.getErrorCode()).isEqualTo(604);
      assertThat(cancelled.getSQLState()).isEqualTo("57014");
    }
    assertThat(rows(connection, "SELECT N FROM T")).containsExactly("1");
  }

  @Test
  @Cites("sql-reference/parameters")
  void a_statement_ends_when_its_time_is_up() throws Exception {
    run(connection, "ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = 1");
    try {
      refused("SELECT SYSTEM$WAIT(60)", 630, "57014", "timeout of 1 second(s)");
      assertThat(rows(connection, "SELECT N FROM T")).containsExactly("1");
    } finally {
      run(connection, "ALTER SESSION UNSET STATEMENT_TIMEOUT_IN_SECONDS");
    }
    refused(
        "ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = 604801", 1008, "22023", "invalid value");
  }

  @Test
  @Cites("sql-reference/functions/system_cancel_query")
  void a_statement_is_cancelled_by_its_id_from_another_session() throws Exception {
    try (Connection other = connect();
        Statement statement = connection.createStatement();
        ResultSet later =
            statement
                .unwrap(SnowflakeStatement.class)
                .executeAsyncQuery("SELECT SYSTEM$WAIT(60)")) {
      String id = later.unwrap(SnowflakeResultSet.class).getQueryID();

      assertThat(rows(other, "SELECT SYSTEM$CANCEL_QUERY('" + id + "')"))
          .containsExactly("query [" + id + "] terminated.");

      assertThatThrownBy(later::next).hasMessageContaining("canceled");
      assertThat(rows(other, "SELECT SYSTEM$CANCEL_QUERY('" + id + "')"))
          .containsExactly("Identified SQL statement is not currently executing.");
    }
  }

  @Test
  @Cites("developer-guide/jdbc/jdbc-api")
  void a_statement_is_described_without_being_run() throws Exception {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT N, value:s::NUMBER(5,2) AS P, 'x' AS S FROM T WHERE N = ?")) {
      assertThat(statement.getMetaData().getColumnCount()).isEqualTo(3);
      assertThat(statement.getMetaData().getColumnName(2)).isEqualTo("P");
      assertThat(statement.getMetaData().getColumnType(2)).isEqualTo(Types.DECIMAL);
      assertThat(statement.getMetaData().getScale(2)).isEqualTo(2);
    }
    try (PreparedStatement drop = connection.prepareStatement("DROP EXTERNAL TABLE T")) {
      drop.getMetaData();
      assertThat(rows(connection, "SELECT N FROM T")).containsExactly("1");
    }
  }
}
