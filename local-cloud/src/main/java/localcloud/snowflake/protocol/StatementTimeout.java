package localcloud.snowflake.protocol;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import localcloud.snowflake.sql.Refusal;

/**
 * The time limit of a statement: <a
 * href="https://docs.snowflake.com/en/sql-reference/parameters#statement-timeout-in-seconds">
 * STATEMENT_TIMEOUT_IN_SECONDS</a>. If it is not set, or 0, there is no limit here; Snowflake's are
 * two days and a week.
 */
final class StatementTimeout implements AutoCloseable {

  static final String PARAMETER = "STATEMENT_TIMEOUT_IN_SECONDS";

  private final long seconds;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private volatile boolean reached;

  /**
   * Begins now.
   *
   * @param value the parameter's value
   * @param stop stops the statement, once and for all
   */
  StatementTimeout(Optional<String> value, Runnable stop) {
    this.seconds = value.filter(text -> text.matches("[0-9]{1,9}")).map(Long::valueOf).orElse(0L);
    if (seconds > 0) {
      CompletableFuture<Void> unused =
          end.completeOnTimeout(null, seconds, TimeUnit.SECONDS)
              .thenRun(
                  () -> {
                    reached = true;
                    stop.run();
                  });
    }
  }

  /** The failure of a statement: that it was stopped, or that its time was up. */
  Refusal told(Refusal failure) {
    return reached && failure.code().equals(Refusal.cancelled().code())
        ? Refusal.timedOut(seconds)
        : failure;
  }

  /** Removes the limit, because the statement has ended. */
  @Override
  public void close() {
    end.cancel(false);
  }
}
