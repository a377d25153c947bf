package localcloud.snowflake;

import static localcloud.snowflake.Account.rows;
import static localcloud.snowflake.Account.run;
import static localcloud.snowflake.Account.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stand-in with so little patience that the driver has to ask again for every result. */
class PatienceTest {

  private Account account;
  private Connection connection;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    account = new Account(folder);
    connection = account.lake();
    account.parquet("t/a.parquet", "SELECT 1 AS n");
    run(connection, table("T", "N INT AS (value:n::int)", "t"), "ALTER EXTERNAL TABLE T REFRESH");
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
    account.close();
  }

  @Test
  void a_slow_statement_is_polled_until_it_is_done() throws Exception {
    account.server.answerWithin(Duration.ofMillis(300));
    assertThat(rows(connection, "SELECT SYSTEM$WAIT(2)")).containsExactly("waited 2 seconds");
    assertThat(account.server.records().stream().filter(r -> r.text().contains("WAIT"))).hasSize(1);
    account.server.answerWithin(Duration.ZERO);
    assertThat(rows(connection, "ALTER EXTERNAL TABLE T REFRESH").get(0))
        .startsWith("t/a.parquet|REGISTER_SKIPPED|");
    assertThat(rows(connection, "SELECT N FROM T")).containsExactly("1");
    assertThatThrownBy(() -> rows(connection, "SELECT NOPE FROM T"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(904));
  }

  @Test
  void a_session_is_renewed_while_a_statement_is_polled() throws Exception {
    account.server.answerWithin(Duration.ofMillis(200));
    CompletableFuture<Void> expiry =
        CompletableFuture.runAsync(
            account.server::expireSessionTokens,
            CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS));
    assertThat(rows(connection, "SELECT SYSTEM$WAIT(2)")).containsExactly("waited 2 seconds");
    expiry.get();
  }
}
