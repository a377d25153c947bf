package localcloud.snowflake;

import static localcloud.faults.Orders.order;
import static localcloud.snowflake.Account.rows;
import static localcloud.snowflake.Account.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import localcloud.faults.Faults;
import localcloud.faults.Victim;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the driver, which tries again by itself, makes of faults, and what happened here. */
class CallFaultsTest {
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
  void killed_on_arrival_the_statement_has_not_run() throws Exception {
    try (Victim victim = new Victim();
        Connection connection = account.connect()) {
      // Every one, or the driver's next attempt would run it.
      order(
          account.faults,
          "{'service':'Snowflake','match':'DATABASE A','times':0,'does':'kill','when':'arrival','pid':%d}"
              .formatted(victim.pid()));

      Future<?> statement = inBackground(connection, "CREATE DATABASE A");

      victim.awaitDeath();
      assertThat(statement.isDone()).isFalse();
      assertThat(count("CREATE DATABASE A")).isZero();
    }
  }

  @Test
  void killed_after_acting_the_statement_has_run() throws Exception {
    try (Victim victim = new Victim();
        Connection connection = account.connect()) {
      order(
          account.faults,
          "{'service':'Snowflake','operation':'Query','does':'kill','when':'acted','pid':%d}"
              .formatted(victim.pid()));

      // The driver asks again and is given the answer of the first time.
      assertThat(rows(connection, "CREATE DATABASE A")).hasSize(1);

      victim.awaitDeath();
      assertThat(count("CREATE DATABASE A")).isEqualTo(1);
    }
  }

  @Test
  void killed_after_the_answer_the_driver_has_got_it() throws Exception {
    try (Victim victim = new Victim();
        Connection connection = account.connect()) {
      order(
          account.faults,
          "{'service':'Snowflake','operation':'Query','does':'kill','when':'answered','delay':'2s','pid':%d}"
              .formatted(victim.pid()));

      run(connection, "CREATE DATABASE A");

      assertThat(victim.isAlive()).isTrue();
      victim.awaitDeath();
    }
  }

  @Test
  void lost_reply_and_cut_connection_are_overcome_by_the_driver_without_running_twice()
      throws Exception {
    try (Connection connection = account.connect()) {
      order(
          account.faults,
          "[{'service':'Snowflake','operation':'Query','does':'lose-reply'},"
              + "{'service':'Snowflake','operation':'Query','does':'cut','skip':2}]");

      run(connection, "CREATE DATABASE A", "CREATE DATABASE B");

      assertThat(account.faults.standing()).extracting(Faults.Standing::hits).containsOnly(1L);
      assertThat(count("CREATE DATABASE A")).isEqualTo(1);
      assertThat(count("CREATE DATABASE B")).isEqualTo(1);
    }
  }

  @Test
  void throttled_login_is_repeated_by_the_driver() throws Exception {
    order(account.faults, "{'service':'Snowflake','operation':'Login','does':'throttle'}");

    try (Connection connection = account.connect()) {
      assertThat(rows(connection, "SELECT 1")).containsExactly("1");
    }

    assertThat(account.faults.calls(0))
        .filteredOn(received -> received.call().operation().equals("Login"))
        .hasSize(2);
  }

  @Test
  void error_of_status_200_is_one_of_snowflake_s_own() throws Exception {
    try (Connection connection = account.connect()) {
      order(
          account.faults,
          """
          {'service':'Snowflake','operation':'Query','does':'error','status':200,
           'code':'000604','message':'SQL execution canceled'}""");

      assertThatThrownBy(() -> run(connection, "CREATE DATABASE A"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(604))
          .hasMessageContaining("SQL execution canceled");
      assertThat(count("CREATE DATABASE A")).isZero();
    }
  }

  @Test
  void delayed_statement_has_run_before_its_answer_comes() throws Exception {
    try (Connection connection = account.connect()) {
      order(
          account.faults,
          "{'service':'Snowflake','operation':'Query','does':'delay','delay':'2s'}");

      Future<?> statement = inBackground(connection, "CREATE DATABASE A");

      Awaitility.await()
          .pollInterval(java.time.Duration.ofMillis(10))
          .until(() -> count("CREATE DATABASE A") == 1);
      assertThat(statement.isDone()).isFalse();
      statement.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void every_call_is_listed_and_statements_without_their_secrets() throws Exception {
    try (Connection connection = account.lake()) {
      run(
          connection,
          "CREATE STAGE S URL='s3://curated/' CREDENTIALS = (AWS_KEY_ID = 'k' AWS_SECRET_KEY ="
              + " 'very secret')");
    }

    assertThat(account.faults.calls(0))
        .extracting(received -> received.call().operation())
        .startsWith("Login", "Query")
        .endsWith("Logout");
    assertThat(account.faults.calls(0))
        .extracting(received -> received.call().detail())
        .anyMatch(detail -> detail.startsWith("CREATE STAGE S "))
        .noneMatch(detail -> detail.contains("very secret"));
  }

  private long count(String statement) {
    return account.server.records().stream().filter(r -> r.text().equals(statement)).count();
  }

  private static Future<?> inBackground(Connection connection, String statement) {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread daemon = new Thread(task, "statement");
              daemon.setDaemon(true);
              return daemon;
            });
    Future<?> running =
        thread.submit(
            () -> {
              run(connection, statement);
              return null;
            });
    thread.shutdown();
    return running;
  }
}
