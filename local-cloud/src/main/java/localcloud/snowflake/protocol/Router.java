package localcloud.snowflake.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Which path of the driver's protocol leads where. Answers are JSON with status 200. */
public final class Router implements HttpHandler {

  private static final Pattern TOKEN = Pattern.compile("Snowflake Token=\"([^\"]*)\"");

  private final ObjectMapper json = new ObjectMapper();
  private final SignIns signIns;
  private final Queries queries;

  /** Routes to the given sessions and statements. */
  public Router(SignIns signIns, Queries queries) {
    this.signIns = signIns;
    this.queries = queries;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] answer = answer(exchange);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private byte[] answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    JsonNode body = body(exchange);
    String token = token(exchange);
    return switch (path) {
      case "/session/v1/login-request" -> bytes(signIns.logIn(query, body));
      case "/session/token-request" -> bytes(signIns.renew(token));
      case "/telemetry/send", "/telemetry/send/sessionless" -> bytes(Answers.success());
      default -> inSession(path, query, body, token);
    };
  }

  private byte[] inSession(String path, Map<String, String> query, JsonNode body, String token)
      throws IOException {
    Optional<SignIn> found = signIns.find(token);
    if (found.isEmpty()) {
      return bytes(
          Answers.failure(
              "390111", "Session no longer exists. New login required to access the service."));
    }
    SignIn signIn = found.get();
    if (path.equals("/session")) {
      signIns.logOut(signIn);
      return bytes(Answers.success());
    }
    if (signIn.isTokenExpired()) {
      return bytes(Answers.failure("390112", "Your session has expired. Please login again."));
    }
    if (path.startsWith("/monitoring/queries/")) {
      return bytes(queries.status(path.substring("/monitoring/queries/".length())));
    }
    return switch (path) {
      case "/queries/v1/query-request" -> queries.run(signIn, query, body);
      case "/queries/v1/abort-request" -> {
        signIn.cancel(body.path("requestId").asText());
        yield bytes(Answers.success());
      }
      case "/session/heartbeat" -> bytes(Answers.success());
      default ->
          bytes(Answers.failure("390404", "The local stand-in does not know the path " + path));
    };
  }

  private byte[] bytes(ObjectNode answer) throws IOException {
    return json.writeValueAsBytes(answer);
  }

  private JsonNode body(HttpExchange exchange) throws IOException {
    boolean zipped =
        "gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream raw = exchange.getRequestBody();
        InputStream in = zipped ? new GZIPInputStream(raw) : raw) {
      byte[] bytes = in.readAllBytes();
      return bytes.length == 0 ? Answers.object() : json.readTree(bytes);
    }
  }

  private static String token(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    Matcher matcher = TOKEN.matcher(header == null ? "" : header);
    return matcher.matches() ? matcher.group(1) : "";
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> values = new HashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          values.put(
              URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
              URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
      }
    }
    return values;
  }
}
