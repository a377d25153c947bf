package routes;

import actions.SendSql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import warehouse.Row;
import warehouse.StatementDialog;

/** The dialog with Snowflake that an exchange carries. */
final class StatementExchange {

  /** The exchange variable with the dialog. */
  static final String DIALOG = "dialog";

  private static final String SENT = "sent";

  private StatementExchange() {}

  static boolean hasNext(Exchange exchange) {
    return dialog(exchange).next().isPresent();
  }

  static String next(Exchange exchange) {
    return dialog(exchange).next().orElseThrow();
  }

  /** Takes the body as the answer to the next statement. */
  static void answered(Exchange exchange) {
    dialog(exchange).answered(rows(exchange.getMessage().getBody()));
  }

  private static StatementDialog dialog(Exchange exchange) {
    return exchange.getVariable(DIALOG, StatementDialog.class);
  }

  /** A statement without rows leaves the body as it was, or sets an update count. */
  private static List<Row> rows(Object body) {
    List<Row> rows = new ArrayList<>();
    if (body instanceof List<?> list) {
      for (Object row : list) {
        Map<String, Object> values = new HashMap<>();
        ((Map<?, ?>) row).forEach((label, value) -> values.put(String.valueOf(label), value));
        rows.add(new Row(values));
      }
    }
    return rows;
  }

  /** From here on the statement is being executed. */
  static void sent(Exchange exchange, SendSql.Sent sent) {
    exchange.setVariable(SENT, sent);
  }

  static SendSql.Sent sent(Exchange exchange) {
    return exchange.getVariable(SENT, SendSql.Sent.class);
  }
}
