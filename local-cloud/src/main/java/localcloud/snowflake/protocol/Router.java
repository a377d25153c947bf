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
import localcloud.faults.Answer;
import localcloud.faults.Call;
import localcloud.faults.Faults;
import localcloud.faults.Refused;
import localcloud.faults.Service;
import localcloud.faults.SessionExpired;

/** Dispatches the paths of the driver's protocol. Answers are JSON with status 200. */
public final class Router implements HttpHandler {

  private static final Pattern TOKEN = Pattern.compile("Snowflake Token=\"([^\"]*)\"");

  private static final Pattern RESULT = Pattern.compile("/queries/([^/]+)/result");

  private static final Pattern ABORT = Pattern.compile("/queries/([0-9a-f-]{36})/abort-request");

  private static final Map<String, String> JSON_TYPE = Map.of("Content-Type", "application/json");
  private static final Map<String, String> ZIPPED_TYPE =
      Map.of("Content-Type", "application/json", "Content-Encoding", "gzip");
  private static final String SESSION = "/session";
  private static final String QUERY = "/queries/v1/query-request";
  private static final String MONITORING = "/monitoring/queries/";

  /**
   * A received request.
   *
   * @param call its form in faults and the record of calls
   */
  private record Request(
      Call call, String path, Map<String, String> query, JsonNode body, String token) {}

  private final ObjectMapper json = new ObjectMapper();
  private final SignIns signIns;
  private final Queries queries;
  private final Faults faults;

  /**
   * Routes to the given sessions and statements.
   *
   * @param faults may affect any request
   */
  public Router(SignIns signIns, Queries queries, Faults faults) {
    this.signIns = signIns;
    this.queries = queries;
    this.faults = faults;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    // Some clients join the server's address, with a slash at its end, and a path that begins with
    // one.
    String path = exchange.getRequestURI().getPath().replaceAll("/{2,}", "/");
    JsonNode body = body(exchange);
    Request request =
        new Request(
            call(path, body),
            path,
            query(exchange.getRequestURI().getRawQuery()),
            body,
            token(exchange));
    Answer.send(
        exchange,
        faults.received(request.call()),
        new Answer.Giver() {
          @Override
          public Answer act() throws IOException {
            return path.startsWith(Portions.PATH) ? portion(path) : ok(answer(request));
          }

          @Override
          public Answer refuse(Refused refused) throws IOException {
            return new Answer(
                refused.status(),
                JSON_TYPE,
                bytes(Answers.failure(refused.code(), refused.getMessage())));
          }
        });
  }

  private static Call call(String path, JsonNode body) {
    String operation =
        switch (path) {
          case "/session/v1/login-request" -> "Login";
          case "/session/token-request" -> "Renew";
          case "/session/heartbeat" -> "Heartbeat";
          case SESSION -> "Logout";
          case "/queries/v1/abort-request" -> "Abort";
          case QUERY -> "Query";
          default ->
              path.startsWith(MONITORING)
                  ? "Status"
                  : path.startsWith(Portions.PATH)
                      ? "Portion"
                      : RESULT.matcher(path).matches()
                          ? "Result"
                          : ABORT.matcher(path).matches() ? "Abort" : path;
        };
    return new Call(
        Service.SNOWFLAKE, operation, StatementLog.masked(body.path("sqlText").asText()));
  }

  private Answer portion(String path) {
    return queries
        .portion(path)
        .map(zipped -> new Answer(200, ZIPPED_TYPE, zipped))
        .orElseGet(() -> new Answer(403, JSON_TYPE, new byte[0]));
  }

  private static Answer ok(byte[] body) {
    return new Answer(200, JSON_TYPE, body);
  }

  private byte[] answer(Request request) throws IOException {
    return switch (request.path()) {
      case "/session/v1/login-request" -> bytes(signIns.logIn(request.query(), request.body()));
      case "/session/token-request" -> bytes(signIns.renew(request.token()));
      case "/telemetry/send", "/telemetry/send/sessionless" -> bytes(Answers.success());
      default -> inSession(request);
    };
  }

  private byte[] inSession(Request request) throws IOException {
    String path = request.path();
    expire(request);
    Optional<SignIn> found = signIns.find(request.token());
    if (found.isEmpty()) {
      return bytes(
          Answers.failure(
              "390111", "Session no longer exists. New login required to access the service."));
    }
    SignIn signIn = found.get();
    if (path.equals(SESSION)) {
      signIns.logOut(signIn);
      return bytes(Answers.success());
    }
    if (signIn.isTokenExpired()) {
      return bytes(Answers.failure("390112", "Your session has expired. Please login again."));
    }
    Matcher result = RESULT.matcher(path);
    if (result.matches()) {
      return queries.result(result.group(1));
    }
    Matcher abort = ABORT.matcher(path);
    if (abort.matches()) {
      return bytes(queries.abort(abort.group(1), signIn));
    }
    if (path.startsWith(MONITORING)) {
      return bytes(queries.status(path.substring(MONITORING.length())));
    }
    return switch (path) {
      case QUERY -> queries.run(signIn, request.query(), request.body(), request.call());
      case "/queries/v1/abort-request" -> {
        signIn.cancel(request.body().path("requestId").asText());
        yield bytes(Answers.success());
      }
      case "/session/heartbeat" -> bytes(Answers.success());
      default ->
          bytes(Answers.failure("390404", "The local stand-in does not know the path " + path));
    };
  }

  /** Ends the request's session or makes its token too old, if a fault says so. */
  private void expire(Request request) {
    Optional<SignIn> found = signIns.find(request.token());
    if (found.isEmpty() || request.path().equals(SESSION)) {
      return;
    }
    Optional<SessionExpired> expired = faults.strike(request.call(), SessionExpired.class);
    if (expired.isEmpty()) {
      return;
    }
    if (expired.get().gone()) {
      signIns.logOut(found.get());
    } else {
      found.get().expireToken();
    }
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

  /** The pairs of a URL's query or of a form. */
  static Map<String, String> query(String raw) {
    Map<String, String> values = new HashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
      }
    }
    return values;
  }

  /** Decodes percents and pluses. */
  static String decoded(String written) {
    return URLDecoder.decode(written, StandardCharsets.UTF_8);
  }
}
