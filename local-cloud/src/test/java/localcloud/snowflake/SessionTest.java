package localcloud.snowflake;

import static localcloud.snowflake.Account.rows;
import static localcloud.snowflake.Account.run;
import static localcloud.snowflake.Account.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sign-in, what a session uses, renewal, retries, cancel:
 * docs.snowflake.com/en/developer-guide/jdbc/jdbc-configure, /en/sql-reference/parameters,
 * /en/sql-reference/sql/use-database, /en/sql-reference/sql/create-database.
 */
class SessionTest {

  private static final String WHERE_AM_I =
      "SELECT CURRENT_DATABASE(), CURRENT_SCHEMA(), CURRENT_ROLE(), CURRENT_WAREHOUSE(),"
          + " CURRENT_USER()";

  private Account account;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    account = new Account(folder);
  }

  @AfterEach
  void close() throws Exception {
    account.close();
  }

  @Test
  void listens_on_loopback_only() throws Exception {
    assertThatThrownBy(
            () -> {
              try (java.net.Socket socket = new java.net.Socket()) {
                socket.connect(
                    new java.net.InetSocketAddress(
                        java.net.InetAddress.getByName("127.0.0.2"), account.server.port()),
                    500);
              }
            })
        .isInstanceOf(java.io.IOException.class);
  }

  @Test
  void a_sign_in_uses_the_database_of_its_url_if_there_is_one() throws Exception {
    try (Connection connection = account.connect()) {
      assertThat(rows(connection, WHERE_AM_I))
          .containsExactly("null|null|ACCOUNTADMIN|null|ANALYST");
      run(connection, "CREATE DATABASE LAKE", "CREATE ROLE LOADER");
      run(connection, "GRANT USAGE ON DATABASE LAKE TO ROLE LOADER");
    }
    String url = account.url("&db=lake&schema=public&role=loader&warehouse=small");
    try (Connection connection = Account.connect(url)) {
      assertThat(rows(connection, WHERE_AM_I)).containsExactly("LAKE|PUBLIC|LOADER|SMALL|ANALYST");
      assertThat(connection.getCatalog()).isEqualTo("LAKE");
      assertThat(connection.getSchema()).isEqualTo("PUBLIC");
    }
  }

  @Test
  void what_is_created_or_used_becomes_current() throws Exception {
    try (Connection connection = account.connect()) {
      run(connection, "CREATE DATABASE A", "CREATE SCHEMA S", "CREATE DATABASE \"b c\"");
      assertThat(rows(connection, "SELECT CURRENT_DATABASE() || '.' || CURRENT_SCHEMA()"))
          .containsExactly("b c.PUBLIC");
      run(connection, "CREATE ROLE R", "USE A.S", "USE WAREHOUSE W", "USE ROLE R");
      assertThat(rows(connection, WHERE_AM_I)).containsExactly("A|S|R|W|ANALYST");
      run(connection, "USE ROLE ACCOUNTADMIN");
      run(connection, "DROP DATABASE A");
      assertThat(rows(connection, "SELECT CURRENT_DATABASE()")).containsExactly("null");
    }
  }

  @Test
  void a_user_is_required() {
    assertThatThrownBy(
            () -> {
              java.util.Properties nobody = new java.util.Properties();
              nobody.put("user", " ");
              nobody.put("password", "p");
              nobody.put("disablePlatformDetection", "true");
              DriverManager.getConnection(account.url(""), nobody).close();
            })
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(390100));
  }

  @Test
  void an_expired_token_is_renewed_without_the_user_noticing() throws Exception {
    try (Connection connection = account.lake()) {
      account.server.expireSessionTokens();
      assertThat(rows(connection, "SELECT CURRENT_DATABASE()")).containsExactly("LAKE");
      account.server.expireSessionTokens();
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  @Test
  void a_statement_whose_answer_got_lost_runs_once() throws Exception {
    try (LossyProxy proxy = new LossyProxy(account.server.port());
        Connection connection = Account.connect(Account.url(proxy.port(), ""))) {
      proxy.loseNextAnswer();
      assertThat(rows(connection, "CREATE DATABASE ONCE"))
          .containsExactly("Database ONCE successfully created.");
      assertThat(proxy.lost()).isEqualTo(1);
    }
    assertThat(account.server.records().stream().filter(r -> r.text().contains("ONCE"))).hasSize(1);
  }

  @Test
  void a_statement_can_be_cancelled_by_its_time_limit() throws Exception {
    account.parquet("big/a.parquet", "SELECT i AS n FROM range(20000000) t(i)");
    try (Connection connection = account.lake();
        Statement statement = connection.createStatement()) {
      run(connection, table("BIG", "", "big"), "ALTER EXTERNAL TABLE BIG REFRESH");
      statement.setQueryTimeout(1);
      long before = System.nanoTime();
      assertThatThrownBy(
              () ->
                  statement.executeQuery(
                      "SELECT COUNT(DISTINCT MD5(value:n::varchar || a.x)) FROM (SELECT value,"
                          + " MD5(value:n::varchar) AS x FROM BIG) a"))
          .isInstanceOf(SQLException.class);
      assertThat(System.nanoTime() - before).isLessThan(20_000_000_000L);
      assertThat(rows(connection, "SELECT 1")).containsExactly("1");
    }
  }

  @Test
  void many_sessions_work_side_by_side() throws Exception {
    account.parquet("t/a.parquet", "SELECT i AS n FROM range(100) t(i)");
    try (Connection connection = account.lake()) {
      run(connection, table("T", "", "t"));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<List<String>>> tasks = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        tasks.add(
            () -> {
              try (Connection connection = account.connect()) {
                run(connection, "ALTER EXTERNAL TABLE T REFRESH");
                return rows(connection, "SELECT COUNT(*), SUM(value:n::int) FROM T");
              }
            });
      }
      for (Future<List<String>> answer : threads.invokeAll(tasks)) {
        assertThat(answer.get()).containsExactly("100|4950");
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void parameters_are_the_sessions_own() throws Exception {
    try (Connection berlin = account.lake();
        Connection other = account.connect()) {
      run(berlin, "ALTER SESSION SET TIMEZONE = 'Europe/Berlin' QUERY_TAG = 'a b'");
      String noon = "SELECT '2026-01-01 12:00:00+00'::TIMESTAMP_TZ::TIMESTAMP_LTZ::TIMESTAMP_NTZ";
      assertThat(rows(berlin, noon)).containsExactly("2026-01-01 13:00:00.000");
      assertThat(rows(other, noon)).containsExactly("2026-01-01 12:00:00.000");
      run(berlin, "ALTER SESSION UNSET TIMEZONE");
      assertThat(rows(berlin, noon)).containsExactly("2026-01-01 12:00:00.000");
      assertThatThrownBy(() -> run(berlin, "ALTER SESSION SET WEEK_START = 1"))
          .hasMessageContaining("invalid parameter 'WEEK_START'");
      assertThatThrownBy(() -> run(berlin, "ALTER SESSION SET TIMEZONE = 'Mars/Phobos'"))
          .hasMessageContaining("Mars/Phobos");
    }
  }

  @Test
  void statements_are_recorded_with_tag_and_outcome_but_without_secrets(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("statements.jsonl");
    account.server.recordTo(file);
    try (Connection connection = account.lake()) {
      run(connection, "ALTER SESSION SET QUERY_TAG = 'pipeline=iris'");
      run(
          connection,
          "CREATE STAGE S URL='s3://curated/' CREDENTIALS = (AWS_KEY_ID = 'k''1' AWS_SECRET_KEY ="
              + " 'very secret')");
      assertThatThrownBy(() -> run(connection, "SELECT X"));
    }
    var records = account.server.records();
    assertThat(records.get(records.size() - 2).text())
        .contains("CREATE STAGE S")
        .doesNotContain("secret'")
        .doesNotContain("k''1");
    assertThat(records.get(records.size() - 2).queryTag()).isEqualTo("pipeline=iris");
    assertThat(records.get(records.size() - 1).outcome()).startsWith("FAILED 000904 42000");
    assertThat(file).content().contains("pipeline=iris").doesNotContain("very secret");
  }
}
