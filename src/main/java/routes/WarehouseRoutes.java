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
 * The external table of a pipeline: loads and proves a run's output, takes out the output of a
 * discarded run, and deletes files that the table no longer needs.
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

  /** LOADING: until the table is proven to answer with what the job wrote. */
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

  /** Frees the objects of a discarded run. */
  private void discard() {
    from(direct("discard-output"))
        .routeId("discard-output")
        .setBody(exchange -> discardOutput.withdraw(RunExchange.action(exchange, Discard.class)))
        .to(direct("send-statements"))
        .process(exchange -> discardOutput.delete(RunExchange.action(exchange, Discard.class)))
        // A REFRESH whose answer was lost may have run before the deletion; one that runs after it
        // finds no file.
        .setBody(exchange -> discardOutput.withdraw(RunExchange.action(exchange, Discard.class)))
        .to(direct("send-statements"))
        .process(exchange -> discardOutput.complete(RunExchange.action(exchange, Discard.class)));
  }

  /**
   * Deletes curated files that are old enough. Files that the table registers stay, unless its view
   * shows a newer run; then they are taken out first.
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

  /** Sends the statements of the dialog in the body; each may depend on earlier answers. */
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

  /** Sends one statement, in a session that names the run, and records it. */
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
