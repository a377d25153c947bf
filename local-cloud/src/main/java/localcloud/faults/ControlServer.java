package localcloud.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes faults and lists calls, as JSON over HTTP on loopback: {@code POST}, {@code GET} and {@code
 * DELETE /faults}, {@code GET /calls?after=N}. A mistake is answered with 400 and {@code
 * {"message": …}}.
 */
public final class ControlServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern AFTER = Pattern.compile("after=([0-9]{1,18})");

  static {
    // Otherwise each answer waits for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer http;
  private final Faults faults;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "control-http");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Binds a free port; it answers nothing before {@link #start()}.
   *
   * @throws IOException if there is none
   */
  public ControlServer(Faults faults) throws IOException {
    this.faults = faults;
    this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::handle);
    http.setExecutor(thread);
  }

  /** Begins to answer. */
  public void start() {
    http.start();
  }

  /** Its address. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = 200;
      JsonNode answer;
      try {
        answer = answer(exchange);
      } catch (IllegalArgumentException e) {
        status = 400;
        answer = JSON.createObjectNode().put("message", e.getMessage());
      }
      byte[] body = JSON.writeValueAsBytes(answer);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private JsonNode answer(HttpExchange exchange) throws IOException {
    String wanted = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    return switch (wanted) {
      case "POST /faults" -> {
        List<Long> ids = faults.add(Fault.read(body));
        yield JSON.createObjectNode().set("ids", JSON.valueToTree(ids));
      }
      case "GET /faults" -> json(faults.standing());
      case "DELETE /faults" -> json(faults.clear());
      case "GET /calls" -> calls(after(exchange.getRequestURI().getQuery()));
      default ->
          throw new IllegalArgumentException(
              wanted + " is unknown; there are POST, GET and DELETE /faults, and GET /calls");
    };
  }

  private static long after(String query) {
    if (query == null) {
      return 0;
    }
    Matcher matcher = AFTER.matcher(query);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "after is a call's number, as in /calls?after=17, not " + query);
    }
    return Long.parseLong(matcher.group(1));
  }

  private static ArrayNode json(List<Faults.Standing> faults) {
    ArrayNode all = JSON.createArrayNode();
    for (Faults.Standing standing : faults) {
      ObjectNode one = JSON.createObjectNode().put("id", standing.id());
      one.setAll(standing.fault().asWritten());
      all.add(one.put("hits", standing.hits()));
    }
    return all;
  }

  private ArrayNode calls(long after) {
    ArrayNode all = JSON.createArrayNode();
    for (ReceivedCall received : faults.calls(after)) {
      Call call = received.call();
      all.addObject()
          .put("number", received.number())
          .put("at", received.at().toString())
          .put("service", call.service().wireName())
          .put("operation", call.operation())
          .put("detail", call.detail())
          .put("client", received.client());
    }
    return all;
  }

  @Override
  public void close() {
    http.stop(0);
    thread.shutdownNow();
  }
}
