package actions;

import aws.ApiCalls;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import run.Run;
import run.RunId;
import run.SentStatement;
import store.SentStatements;
import warehouse.LoadRefusedException;

/** Records in a run which statements are sent to Snowflake for it. */
@ApplicationScoped
public class SendSql {

  private final SentStatements statements;
  private final ApiCalls calls;
  private final SnowflakeRefusals refusals;
  private final Clock clock;

  SendSql(SentStatements statements, ApiCalls calls, SnowflakeRefusals refusals, Clock clock) {
    this.statements = statements;
    this.calls = calls;
    this.refusals = refusals;
    this.clock = clock;
  }

  /**
   * A statement that is being executed.
   *
   * @param run the run that it is sent for
   */
  public record Sent(RunId run, String sql, Instant at) {}

  /** The statement is sent now. */
  public Sent send(Run run, String sql) {
    return new Sent(run.id(), sql, clock.instant());
  }

  /**
   * Snowflake has executed the statement.
   *
   * @throws store.StoreException if the record cannot be saved
   */
  public void answered(Sent sent) {
    record(sent, Optional.empty());
  }

  /**
   * Snowflake, or the connection to it, has failed.
   *
   * @throws LoadRefusedException if the statement can never succeed
   * @throws SQLException if a later try may succeed
   */
  public void refused(Sent sent, SQLException failure) throws SQLException {
    SQLException refusal = refusals.told(failure, sent.sql());
    record(sent, Optional.of(refusal));
    if (SnowflakeRefusals.isPermanent(failure)) {
      throw new LoadRefusedException(
          refusal.getMessage(),
          "the run's record shows the statement; correct warehouse.sql, the column's type or the table",
          refusal);
    }
    throw refusal;
  }

  private void record(Sent sent, Optional<SQLException> refusal) {
    Duration took = Duration.between(sent.at(), clock.instant());
    statements.record(
        sent.run(),
        new SentStatement(sent.sql(), sent.at(), took, refusal.map(SQLException::getMessage)));
    String operation = sent.sql().split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
    calls.count("Snowflake", operation, refusal.map(e -> "error-" + e.getErrorCode()).orElse("ok"));
  }
}
