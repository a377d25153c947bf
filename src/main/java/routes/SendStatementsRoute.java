package routes;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import warehouse.Row;
import warehouse.StatementDialog;

/** Sends one statement after another as a conversation wants them, until it wants no more. */
@ApplicationScoped
public class SendStatementsRoute extends RouteBuilder {

  private static final String CONVERSATION = "conversation";

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from("direct:send-statements")
        .routeId("send-statements")
        .loopDoWhile(exchange -> conversation(exchange).next().isPresent())
        .process(
            exchange -> exchange.getMessage().setBody(conversation(exchange).next().orElseThrow()))
        .to("direct:send-sql")
        .process(exchange -> conversation(exchange).answered(rows(exchange)))
        .end();
  }

  /** From here on the exchange has this conversation. */
  static void begin(Exchange exchange, StatementDialog conversation) {
    exchange.setProperty(CONVERSATION, conversation);
  }

  static <C extends StatementDialog> C conversation(Exchange exchange, Class<C> type) {
    return type.cast(conversation(exchange));
  }

  private static StatementDialog conversation(Exchange exchange) {
    return exchange.getProperty(CONVERSATION, StatementDialog.class);
  }

  /** A statement that has no rows leaves the body as it was, or a number of them. */
  private static List<Row> rows(Exchange exchange) {
    List<Row> rows = new ArrayList<>();
    if (exchange.getMessage().getBody() instanceof List<?> list) {
      for (Object row : list) {
        Map<String, Object> values = new HashMap<>();
        ((Map<?, ?>) row).forEach((label, value) -> values.put(String.valueOf(label), value));
        rows.add(new Row(values));
      }
    }
    return rows;
  }
}
