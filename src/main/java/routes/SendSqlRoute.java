package routes;

import aws.ApiCalls;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import run.RunId;
import run.SentStatement;
import store.SentStatements;
import warehouse.LoadRefusedException;

/**
 * Sends one statement to Snowflake through Camel's JDBC component, and writes down in the run's
 * record what was sent.
 */
@ApplicationScoped
public class SendSqlRoute extends RouteBuilder {

  private static final String SQL = "sql";
  private static final String SENT_AT = "sentAt";

  private final SentStatements statements;
  private final ApiCalls calls;
  private final SnowflakeRefusals refusals;
  private final Clock clock;

  SendSqlRoute(SentStatements statements, ApiCalls calls, SnowflakeRefusals refusals, Clock clock) {
    this.statements = statements;
    this.calls = calls;
    this.refusals = refusals;
    this.clock = clock;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:send-sql")
        .routeId("send-sql")
        .setProperty(SQL, body())
        .process(exchange -> exchange.setProperty(SENT_AT, clock.instant()))
        .doTry()
        .to(Endpoints.SNOWFLAKE)
        .doCatch(SQLException.class)
        .process(this::refused)
        .end()
        .process(exchange -> sent(exchange, Optional.empty()));
  }

  private void refused(Exchange exchange) throws SQLException {
    SQLException failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, SQLException.class);
    SQLException refusal = refusals.told(failure, exchange.getProperty(SQL, String.class));
    sent(exchange, Optional.of(refusal));
    if (SnowflakeRefusals.isPermanent(failure)) {
      throw new LoadRefusedException(
          refusal.getMessage(),
          "the run's record shows the statement; correct warehouse.sql, the column's type or the table",
          refusal);
    }
    throw refusal;
  }

  private void sent(Exchange exchange, Optional<SQLException> refusal) {
    String sql = exchange.getProperty(SQL, String.class);
    Instant sentAt = exchange.getProperty(SENT_AT, Instant.class);
    RunId run = RunExchange.run(exchange).id();
    Duration took = Duration.between(sentAt, clock.instant());
    statements.record(
        run, new SentStatement(sql, sentAt, took, refusal.map(SQLException::getMessage)));
    String operation = sql.split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
    calls.count("Snowflake", operation, refusal.map(e -> "error-" + e.getErrorCode()).orElse("ok"));
  }
}
