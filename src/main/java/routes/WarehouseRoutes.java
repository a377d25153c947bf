package routes;

import actions.DiscardOutput;
import actions.LoadTable;
import actions.RetireOutput;
import actions.SendSql;
import contract.JobResult;
import flow.Action.Discard;
import flow.Action.Load;
import flow.Action.Retire;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.camel.Exchange;
import warehouse.Retirement;

/**
 * The external table of a pipeline: what a run wrote is loaded and proven, what a discarded run
 * wrote is taken out, and what the table needs no more is deleted.
 */
@ApplicationScoped
public class WarehouseRoutes extends Endpoints {

  private final LoadTable loadTable;
  private final DiscardOutput discardOutput;
  private final RetireOutput retireOutput;
  private final SendSql sendSql;
  private final SnowflakeSession session;

  WarehouseRoutes(
      LoadTable loadTable,
      DiscardOutput discardOutput,
      RetireOutput retireOutput,
      SendSql sendSql,
      SnowflakeSession session) {
    this.loadTable = loadTable;
    this.discardOutput = discardOutput;
    this.retireOutput = retireOutput;
    this.sendSql = sendSql;
    this.session = session;
  }

  @Override
  public void configure() {
    load();
    discard();
    retire();
    sendStatements();
    sendStatement();
  }

  /** LOADING: until it is proven that the table answers with what the job wrote. */
  private void load() {
    from(direct("load-table"))
        .routeId("load-table")
        .to(direct("read-result"))
        .setBody(
            exchange ->
                loadTable.begin(
                    RunExchange.action(exchange, Load.class),
                    Optional.ofNullable(body(exchange, JobResult.class)),
                    saved -> RunExchange.saved(exchange, saved)))
        .to(direct("send-statements"))
        .process(
            exchange ->
                loadTable.complete(
                    RunExchange.action(exchange, Load.class),
                    body(exchange, warehouse.Load.class)));
  }

  /** The objects of a discarded run are to run again. */
  private void discard() {
    from(direct("discard-output"))
        .routeId("discard-output")
        .setBody(exchange -> discardOutput.withdraw(RunExchange.action(exchange, Discard.class)))
        .to(direct("send-statements"))
        .process(exchange -> discardOutput.delete(RunExchange.action(exchange, Discard.class)))
        // A REFRESH whose answer was lost may have come before the deletion; one that comes after
        // it finds no file.
        .setBody(exchange -> discardOutput.withdraw(RunExchange.action(exchange, Discard.class)))
        .to(direct("send-statements"))
        .process(exchange -> discardOutput.complete(RunExchange.action(exchange, Discard.class)));
  }

  /**
   * Curated files are old enough to be deleted. What the table registers stays, unless its view
   * shows a newer run; then it is taken out first.
   */
  private void retire() {
    from(direct("retire-output"))
        .routeId("retire-output")
        .setVariable(RunExchange.ACTION, body())
        .filter(exchange -> retireOutput.claim(RunExchange.action(exchange, Retire.class)))
        .doTry()
        .setBody(exchange -> retireOutput.begin(RunExchange.action(exchange, Retire.class)))
        .to(direct("send-statements"))
        .filter(
            exchange ->
                retireOutput.decide(
                    RunExchange.action(exchange, Retire.class), body(exchange, Retirement.class)))
        .to(direct("send-statements"))
        .process(
            exchange ->
                retireOutput.delete(
                    RunExchange.action(exchange, Retire.class), body(exchange, Retirement.class)))
        .endDoTry()
        .doCatch(Exception.class)
        .process(exchange -> retireOutput.failed(cause(exchange)))
        .doFinally()
        .process(exchange -> retireOutput.release(RunExchange.action(exchange, Retire.class)))
        .end();
  }

  /** Sends the statements of the dialog that is the body, each made of the answers before it. */
  private void sendStatements() {
    from(direct("send-statements"))
        .routeId("send-statements")
        .setVariable(StatementExchange.DIALOG, body())
        .loopDoWhile(StatementExchange::hasNext)
        .setBody(StatementExchange::next)
        .to(direct("send-sql"))
        .process(StatementExchange::answered)
        .end()
        .setBody(variable(StatementExchange.DIALOG));
  }

  /** Sends one statement, in a session that names the run, and writes it down. */
  private void sendStatement() {
    from(direct("send-sql"))
        .routeId("send-sql")
        .process(
            exchange ->
                StatementExchange.sent(
                    exchange,
                    sendSql.send(RunExchange.run(exchange), body(exchange, String.class))))
        .doTry()
        .process(exchange -> session.tag(RunExchange.run(exchange)))
        .to(snowflake())
        .doCatch(SQLException.class)
        .process(
            exchange ->
                sendSql.refused(
                    StatementExchange.sent(exchange),
                    exchange.getProperty(Exchange.EXCEPTION_CAUGHT, SQLException.class)))
        .doFinally()
        .process(exchange -> session.untag())
        .end()
        .process(exchange -> sendSql.answered(StatementExchange.sent(exchange)));
  }
}
