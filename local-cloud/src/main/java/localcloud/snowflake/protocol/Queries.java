package localcloud.snowflake.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import localcloud.faults.Call;
import localcloud.faults.Faults;
import localcloud.faults.Locked;
import localcloud.faults.SkipFile;
import localcloud.snowflake.engine.Bound;
import localcloud.snowflake.engine.Engine;
import localcloud.snowflake.engine.Result;
import localcloud.snowflake.engine.Session;
import localcloud.snowflake.sql.Refusal;

/** Runs the statements of query-requests: each request once, however often it is sent. */
public final class Queries {

  private final ObjectMapper json = new ObjectMapper();
  private final Engine engine;
  private final StatementLog log;
  private final Faults faults;
  private final Clock clock;

  /**
   * Runs statements by the engine and notes them in the log.
   *
   * @param faults may strike any statement
   */
  public Queries(Engine engine, StatementLog log, Faults faults, Clock clock) {
    this.engine = engine;
    this.log = log;
    this.faults = faults;
    this.clock = clock;
  }

  /** The answer to a query-request; one that is sent again gets the answer of the first. */
  byte[] run(SignIn signIn, Map<String, String> query, JsonNode body, Call call)
      throws IOException {
    String requestId = query.getOrDefault("requestId", UUID.randomUUID().toString());
    CompletableFuture<byte[]> mine = new CompletableFuture<>();
    Optional<CompletableFuture<byte[]>> earlier = signIn.earlier(requestId, mine);
    if (earlier.isPresent()) {
      return earlier.get().join();
    }
    try {
      byte[] answer = json.writeValueAsBytes(answer(signIn, requestId, body, call));
      mine.complete(answer);
      return answer;
    } catch (IOException | RuntimeException e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      signIn.ended(requestId);
    }
  }

  private ObjectNode answer(SignIn signIn, String requestId, JsonNode body, Call call) {
    Session session = signIn.session();
    String queryId = UUID.randomUUID().toString();
    String sql = body.path("sqlText").asText();
    Instant at = clock.instant();
    String tag = queryTag(body, session);
    ObjectNode answer;
    String outcome;
    try {
      if (faults.strike(call, Locked.class).isPresent()) {
        throw Refusal.locked(sql, queryId);
      }
      Result result =
          engine.run(
              new Engine.Request(
                  sql,
                  binds(body.path("bindings")),
                  body.path("describeOnly").asBoolean(),
                  stop -> signIn.runs(requestId, stop),
                  () -> faults.strike(call, SkipFile.class).isPresent()),
              session);
      answer = Answers.result(result, queryId, session);
      outcome = "SUCCESS rows=" + result.rows().size();
    } catch (Refusal refusal) {
      answer = Answers.failure(refusal, queryId);
      outcome = failed(refusal);
    } catch (RuntimeException e) {
      Refusal refusal =
          new Refusal(
              "000603", "XX000", "SQL execution internal error of the local stand-in: " + e);
      answer = Answers.failure(refusal, queryId);
      outcome = failed(refusal);
    }
    session.ran(queryId);
    log.add(new StatementRecord(at, session.id(), queryId, tag, sql, outcome));
    return answer;
  }

  private static String failed(Refusal refusal) {
    return "FAILED " + refusal.code() + " " + refusal.sqlState() + " " + refusal.getMessage();
  }

  /** A statement's own parameters come before the session's. */
  private static String queryTag(JsonNode body, Session session) {
    JsonNode own = body.path("parameters").path("QUERY_TAG");
    return own.isTextual() ? own.asText() : session.parameter("QUERY_TAG").orElse("");
  }

  private static Map<Integer, Bound> binds(JsonNode bindings) {
    Map<Integer, Bound> all = new HashMap<>();
    bindings
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue().path("value");
              if (value.isArray()) {
                throw Refusal.invalid("the local stand-in knows no array binds");
              }
              all.put(
                  Integer.valueOf(entry.getKey()),
                  new Bound(
                      entry.getValue().path("type").asText(),
                      value.isNull() || value.isMissingNode()
                          ? Optional.empty()
                          : Optional.of(value.asText())));
            });
    return all;
  }

  /** What became of a statement: the driver's getQueryStatus. */
  ObjectNode status(String queryId) {
    ObjectNode data = Answers.object();
    var queries = data.putArray("queries");
    log.find(queryId)
        .ifPresent(
            record ->
                queries
                    .addObject()
                    .put("id", queryId)
                    .put("sqlText", record.text())
                    .put(
                        "status",
                        record.outcome().startsWith("SUCCESS") ? "SUCCESS" : "FAILED_WITH_ERROR"));
    return Answers.success(data);
  }
}
