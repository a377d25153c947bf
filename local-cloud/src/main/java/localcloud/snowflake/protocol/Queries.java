package localcloud.snowflake.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.faults.Call;
import localcloud.faults.Faults;
import localcloud.faults.Locked;
import localcloud.faults.SkipFile;
import localcloud.snowflake.engine.Bound;
import localcloud.snowflake.engine.Engine;
import localcloud.snowflake.engine.Result;
import localcloud.snowflake.engine.Session;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.SqlType;

/** Runs the statements of query-requests: each request once, even if it is sent repeatedly. */
public final class Queries {

  /** As long as Snowflake's own service waits, rounded to a minute. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  /**
   * How the driver fetches the rows of an asynchronous query; no other form of <a
   * href="https://docs.snowflake.com/en/sql-reference/functions/result_scan">RESULT_SCAN</a> is
   * known.
   */
  private static final Pattern RESULT_SCAN =
      Pattern.compile(
          "\\s*select \\* from table\\(result_scan\\('([^']*)'\\)\\)\\s*;?\\s*",
          Pattern.CASE_INSENSITIVE);

  /** Answered without waiting for the session's other statements, one of which it may stop. */
  private static final Pattern CANCEL_QUERY =
      Pattern.compile(
          "\\s*(?:select|call)\\s+(system\\$cancel_query\\s*\\(\\s*'([^']*)'\\s*\\))\\s*;?\\s*",
          Pattern.CASE_INSENSITIVE);

  private final ObjectMapper json = new ObjectMapper();
  private final Fetched fetched = new Fetched();
  private final RunningStatements running = new RunningStatements();
  private final Portions portions;
  private final Engine engine;
  private final StatementLog log;
  private final Faults faults;
  private final Clock clock;
  private final Executor threads;
  private volatile Duration patience = PATIENCE;

  /**
   * Runs statements by the engine and records them in the log.
   *
   * @param faults may affect any statement
   * @param threads to run them on, each statement on one
   * @param base where the driver reaches this server
   */
  public Queries(
      Engine engine, StatementLog log, Faults faults, Clock clock, Executor threads, String base) {
    this.engine = engine;
    this.log = log;
    this.faults = faults;
    this.clock = clock;
    this.threads = threads;
    this.portions = new Portions(base);
  }

  /** How long a request waits for its statement before it must come back. */
  public void answerWithin(Duration newPatience) {
    patience = newPatience;
  }

  /**
   * The answer to a query-request; a repeated one gets the answer of the first. A slow statement is
   * answered with 333333, an asynchronous one with 333334, and its result must then be requested:
   * {@link #result}.
   */
  byte[] run(SignIn signIn, Map<String, String> query, JsonNode body, Call call)
      throws IOException {
    String requestId = query.getOrDefault("requestId", UUID.randomUUID().toString());
    Submitted mine = new Submitted(UUID.randomUUID().toString(), new CompletableFuture<>());
    Optional<Submitted> earlier = signIn.earlier(requestId, mine);
    Submitted submitted = earlier.orElse(mine);
    Matcher scan = RESULT_SCAN.matcher(body.path("sqlText").asText());
    if (earlier.isEmpty() && scan.matches()) {
      signIn.session().ran(mine.queryId());
      mine.answer().complete(result(scan.group(1)));
    } else if (earlier.isEmpty()) {
      running.begun(
          mine.queryId(),
          new RunningStatements.Running(signIn, requestId, body.path("sqlText").asText()));
      threads.execute(() -> complete(mine, signIn, requestId, body, call));
    }
    if (body.path("asyncExec").asBoolean()) {
      fetched.put(submitted);
      return json.writeValueAsBytes(Answers.inProgress("333334", submitted.queryId()));
    }
    return inTime(submitted);
  }

  private byte[] inTime(Submitted submitted) throws IOException {
    Optional<byte[]> answer = submitted.within(patience.toMillis());
    if (answer.isPresent()) {
      return answer.get();
    }
    fetched.put(submitted);
    return json.writeValueAsBytes(Answers.inProgress("333333", submitted.queryId()));
  }

  /** The result of a statement whose request was not answered with it. */
  byte[] result(String queryId) throws IOException {
    Optional<Submitted> submitted = fetched.find(queryId);
    return submitted.isPresent()
        ? inTime(submitted.get())
        : json.writeValueAsBytes(
            Answers.failure(
                new Refusal("000709", "02000", "Statement " + queryId + " not found"), queryId));
  }

  /** A chunk of a large result, gzipped, by its address. */
  Optional<byte[]> portion(String path) {
    return portions.find(path);
  }

  private void complete(Submitted mine, SignIn signIn, String requestId, JsonNode body, Call call) {
    try {
      mine.answer()
          .complete(json.writeValueAsBytes(answer(signIn, requestId, mine.queryId(), body, call)));
    } catch (IOException | RuntimeException e) {
      mine.answer().completeExceptionally(e);
    } finally {
      signIn.ended(requestId);
      running.ended(mine.queryId());
    }
  }

  private ObjectNode answer(
      SignIn signIn, String requestId, String queryId, JsonNode body, Call call) {
    Session session = signIn.session();
    String sql = body.path("sqlText").asText();
    Instant at = clock.instant();
    String tag = parameter("QUERY_TAG", body, session).orElse("");
    ObjectNode answer;
    String outcome;
    StatementTimeout timeout =
        new StatementTimeout(
            parameter(StatementTimeout.PARAMETER, body, session), () -> signIn.cancel(requestId));
    try (timeout) {
      if (faults.strike(call, Locked.class).isPresent()) {
        throw Refusal.locked(sql, queryId);
      }
      Matcher cancel = CANCEL_QUERY.matcher(sql);
      Result result =
          cancel.matches()
              ? cancelled(cancel, signIn)
              : engine.run(
                  new Engine.Request(
                      sql,
                      binds(body.path("bindings")),
                      body.path("describeOnly").asBoolean(),
                      stop -> signIn.runs(requestId, stop),
                      () -> faults.strike(call, SkipFile.class).isPresent()),
                  session);
      answer = portions.answer(result, queryId, session);
      outcome = "SUCCESS rows=" + result.rows().size();
    } catch (Refusal failure) {
      Refusal refusal = timeout.told(failure);
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

  private Result cancelled(Matcher call, SignIn by) {
    return new Result(
        Result.Kind.SELECT,
        List.of(new Result.Column(call.group(1).toUpperCase(Locale.ROOT), SqlType.TEXT)),
        List.of(List.of(running.cancel(call.group(2), by))));
  }

  /** Stops the statement with that id, if it runs. */
  ObjectNode abort(String queryId, SignIn by) {
    running.cancel(queryId, by);
    return Answers.success();
  }

  /** A statement's own parameters come before the session's. */
  private static Optional<String> parameter(String name, JsonNode body, Session session) {
    JsonNode own = body.path("parameters").path(name);
    return own.isValueNode() && !own.isNull() ? Optional.of(own.asText()) : session.parameter(name);
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

  /** The state of a statement: the driver's getQueryStatus. */
  ObjectNode status(String queryId) {
    ObjectNode data = Answers.object();
    ArrayNode queries = data.putArray("queries");
    Optional<StatementRecord> ended = log.find(queryId);
    if (ended.isPresent()) {
      queries.add(ended(ended.get()));
    } else {
      running
          .find(queryId)
          .ifPresent(
              found ->
                  queries
                      .addObject()
                      .put("id", queryId)
                      .put("sqlText", StatementLog.masked(found.sql()))
                      .put("status", "RUNNING"));
    }
    return Answers.success(data);
  }

  private static ObjectNode ended(StatementRecord record) {
    ObjectNode query = Answers.object().put("id", record.queryId()).put("sqlText", record.text());
    if (record.outcome().startsWith("SUCCESS")) {
      return query.put("status", "SUCCESS");
    }
    String[] failure = record.outcome().split(" ", 4);
    return query
        .put("status", "FAILED_WITH_ERROR")
        .put("errorCode", failure[1])
        .put("errorMessage", failure[3]);
  }
}
