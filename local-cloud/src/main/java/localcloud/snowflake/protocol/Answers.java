package localcloud.snowflake.protocol;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localcloud.snowflake.engine.Result;
import localcloud.snowflake.engine.Session;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.SqlType;

/** The JSON answers to the driver. Failures are HTTP 200 too, with {@code success} false. */
final class Answers {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** With Snowflake's defaults, except the time zone: this account's is UTC. */
  private static final Map<String, String> TEXT_PARAMETERS =
      Map.of(
          "TIMEZONE", "UTC",
          "DATE_OUTPUT_FORMAT", "YYYY-MM-DD",
          "TIME_OUTPUT_FORMAT", "HH24:MI:SS",
          "TIMESTAMP_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM",
          "TIMESTAMP_NTZ_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF3",
          "TIMESTAMP_LTZ_OUTPUT_FORMAT", "",
          "TIMESTAMP_TZ_OUTPUT_FORMAT", "",
          "BINARY_OUTPUT_FORMAT", "HEX",
          "QUERY_TAG", "");

  /** Parameters that connectors ask for; each value is what this server does. */
  private static final Map<String, String> CONNECTOR_PARAMETERS =
      Map.of(
          "JDBC_QUERY_RESULT_FORMAT", "JSON",
          "PYTHON_CONNECTOR_QUERY_RESULT_FORMAT", "JSON",
          "SERVICE_NAME", "");

  /**
   * Without the first ones the JDBC driver cannot fetch a result in portions, without
   * CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY Python's connector cannot keep a session alive;
   * the values are <a href="https://docs.snowflake.com/en/sql-reference/parameters">the
   * defaults</a>.
   */
  private static final Map<String, Integer> NUMBER_PARAMETERS =
      Map.of(
          "CLIENT_RESULT_CHUNK_SIZE", 160,
          "CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY", 3600,
          "CLIENT_STAGE_ARRAY_BINDING_THRESHOLD", 65280,
          "STATEMENT_TIMEOUT_IN_SECONDS", 172800,
          "QUERY_CONTEXT_CACHE_SIZE", 5,
          "CLIENT_PREFETCH_THREADS", 4,
          "CLIENT_MEMORY_LIMIT", 1536);

  private Answers() {}

  /** An empty object to fill in. */
  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static ObjectNode success(ObjectNode data) {
    ObjectNode answer = object();
    answer.set("data", data);
    answer.putNull("message");
    answer.putNull("code");
    return answer.put("success", true);
  }

  static ObjectNode success() {
    ObjectNode answer = object();
    answer.putNull("data");
    answer.putNull("message");
    answer.putNull("code");
    return answer.put("success", true);
  }

  /** A failure of the session or the request, not of a statement. */
  static ObjectNode failure(String code, String message) {
    ObjectNode answer = object();
    answer.putNull("data");
    return answer.put("message", message).put("code", code).put("success", false);
  }

  /** A failure of a statement. */
  static ObjectNode failure(Refusal refusal, String queryId) {
    ObjectNode data =
        object()
            .put("internalError", false)
            .put("errorCode", refusal.code())
            .put("sqlState", refusal.sqlState())
            .put("queryId", queryId);
    ObjectNode answer = object();
    answer.set("data", data);
    return answer
        .put("message", refusal.getMessage())
        .put("code", refusal.code())
        .put("success", false);
  }

  /** The statement is still running; its result must be requested later. */
  static ObjectNode inProgress(String code, String queryId) {
    ObjectNode answer = object();
    answer.set(
        "data",
        object()
            .put("queryId", queryId)
            .put("getResultUrl", "/queries/" + queryId + "/result")
            .putNull("progressDesc"));
    return answer
        .put("message", "Query execution in progress.")
        .put("code", code)
        .put("success", true);
  }

  /** The answer to a statement. */
  static ObjectNode result(Result result, String queryId, Session session) {
    ObjectNode data = object();
    data.set("parameters", parameters(session));
    ArrayNode rowtype = data.putArray("rowtype");
    result.columns().forEach(column -> rowtype.add(column(column)));
    ArrayNode rowset = data.putArray("rowset");
    for (List<String> row : result.rows()) {
      ArrayNode values = rowset.addArray();
      row.forEach(values::add);
    }
    data.put("total", result.rows().size())
        .put("returned", result.rows().size())
        .put("queryId", queryId)
        .put("finalDatabaseName", session.database().orElse(null))
        .put("finalSchemaName", session.schema().orElse(null))
        .put("finalWarehouseName", session.warehouse().orElse(null))
        .put("finalRoleName", session.role())
        .put("numberOfBinds", 0)
        .put("arrayBindSupported", false)
        .put("statementTypeId", result.kind().id())
        .put("version", 1)
        .put("queryResultFormat", "json");
    return success(data);
  }

  private static ObjectNode column(Result.Column column) {
    SqlType type = column.type();
    ObjectNode node =
        object()
            .put("name", column.name())
            .put("database", "")
            .put("schema", "")
            .put("table", "")
            .put("nullable", true)
            .put("type", type.kind().wire());
    node.putNull("byteLength").putNull("length").putNull("scale").putNull("precision");
    switch (type.kind()) {
      case NUMBER -> node.put("precision", type.precision()).put("scale", type.scale());
      case VARCHAR -> node.put("length", type.precision()).put("byteLength", 4L * type.precision());
      case BINARY -> node.put("length", type.precision()).put("byteLength", type.precision());
      case TIME, TIMESTAMP_NTZ, TIMESTAMP_LTZ, TIMESTAMP_TZ ->
          node.put("precision", 0).put("scale", type.scale());
      case FLOAT, BOOLEAN, DATE, VARIANT, OBJECT, ARRAY -> {
        // These have nothing to add.
      }
    }
    return node;
  }

  private static Optional<Integer> number(Session session, String name) {
    return session.parameter(name).filter(text -> text.matches("[0-9]{1,9}")).map(Integer::valueOf);
  }

  /** The session's parameters that a driver reads; AUTOCOMMIT must be among them. */
  static ArrayNode parameters(Session session) {
    ArrayNode all = JSON.createArrayNode();
    TEXT_PARAMETERS.forEach(
        (name, value) ->
            all.addObject().put("name", name).put("value", session.parameter(name).orElse(value)));
    CONNECTOR_PARAMETERS.forEach(
        (name, value) -> all.addObject().put("name", name).put("value", value));
    Map<String, Boolean> truths =
        Map.of(
            "AUTOCOMMIT", session.autocommit(),
            "CLIENT_SESSION_KEEP_ALIVE", false,
            "CLIENT_TELEMETRY_ENABLED", false,
            "CLIENT_DISABLE_INCIDENTS", true,
            "CLIENT_RESULT_COLUMN_CASE_INSENSITIVE", false,
            "CLIENT_HONOR_CLIENT_TZ_FOR_TIMESTAMP_NTZ", true,
            "JDBC_TREAT_DECIMAL_AS_INT", true);
    truths.forEach(
        (name, value) ->
            all.addObject()
                .put("name", name)
                .put("value", session.parameter(name).map(Boolean::valueOf).orElse(value)));
    NUMBER_PARAMETERS.forEach(
        (name, value) ->
            all.addObject().put("name", name).put("value", number(session, name).orElse(value)));
    return all;
  }
}
