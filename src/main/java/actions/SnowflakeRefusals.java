package actions;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import net.snowflake.client.api.exception.SnowflakeSQLException;
import snowflake.SnowflakeSettings;
import warehouse.SnowflakeRefusal;

/** Turns a refusal by Snowflake into one sentence, in place of the driver's message. */
@ApplicationScoped
class SnowflakeRefusals {

  private final SnowflakeSettings settings;
  private final Clock clock;

  SnowflakeRefusals(SnowflakeSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The same failure with that sentence as its message, and with its code.
   *
   * @param sql the statement that failed
   */
  SQLException told(SQLException failure, String sql) {
    SQLException refusal = withCode(failure);
    String sentence = read(refusal).sentence(session(), Optional.of(sql), clock.instant());
    return new SQLException(sentence, refusal.getSQLState(), refusal.getErrorCode(), failure);
  }

  /** Whether the statement can never succeed. */
  static boolean isPermanent(SQLException failure) {
    return read(withCode(failure)).isPermanent();
  }

  private static SnowflakeRefusal read(SQLException refusal) {
    Optional<String> queryId =
        refusal instanceof SnowflakeSQLException snowflake
            ? Optional.ofNullable(snowflake.getQueryId()).filter(id -> !id.isBlank())
            : Optional.empty();
    return new SnowflakeRefusal(
        refusal.getErrorCode(),
        Objects.requireNonNullElse(refusal.getSQLState(), ""),
        String.valueOf(refusal.getMessage()),
        queryId);
  }

  /** A pool may wrap the driver's exception. */
  private static SQLException withCode(SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refusal && refusal.getErrorCode() != 0) {
        return refusal;
      }
    }
    return failure;
  }

  private SnowflakeRefusal.Session session() {
    return new SnowflakeRefusal.Session(
        settings.user(), settings.authentication().word(), settings.role(), settings.warehouse());
  }
}
