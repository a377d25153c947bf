package localcloud.faults;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;

/** The answer to a call of a server of the JDK ({@code com.sun.net.httpserver}). */
public final class Answer {
  private static final long NO_BODY = -1;

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  /**
   * An answer to be sent.
   *
   * @param status of HTTP
   */
  public Answer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body.clone();
  }

  /** How a stand-in handles a call. */
  public interface Giver {
    /** Executes the call. */
    Answer act() throws IOException;

    /** Gives a fault the service's own form; the call has no effect. */
    Answer refuse(Refused refused) throws IOException;
  }

  /** Sends the answer, or does not, as the fault says; ends the exchange. */
  public static void send(HttpExchange exchange, OnCall fault, Giver giver) throws IOException {
    try (exchange) {
      Answer answer = answer(fault, giver);
      fault.acted();
      answer.write(exchange);
    } catch (HungUp e) {
      // An exchange that ends without an answer cuts its connection.
      return;
    }
    fault.answered();
  }

  private void write(HttpExchange exchange) throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    if (body.length == 0) {
      exchange.sendResponseHeaders(status, NO_BODY);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Answer answer(OnCall fault, Giver giver) throws IOException {
    try {
      fault.arrived();
      return giver.act();
    } catch (Refused refused) {
      return giver.refuse(refused);
    }
  }
}
