package localcloud.demo;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import localcloud.Cloud;
import localcloud.process.Screen;
import localcloud.snowflake.Sql;
import software.amazon.awssdk.services.emr.model.ClusterStatus;
import tools.jackson.databind.JsonNode;

/** What the demo shows of a run at its end. */
final class Report {

  private static final String LANDED = "landed";
  private static final String FOUND = "taken by its event";
  private static final String REQUESTED = "cluster requested";
  private static final String READY = "cluster ready";
  private static final String INGESTED = "step ingest ended";
  private static final String STEP_ENDED = "step ended";
  private static final String ANSWERS = "table answers";

  private static final int ROWS_SHOWN = 20;

  private static final Set<String> FINAL = Set.of("SUCCEEDED", "FAILED", "CANCELLED", "NO_DATA");

  private final ShownPipeline pipeline;
  private final Screen screen;
  private final Cloud cloud;
  private final JsonNode run;
  private final Instant landed;

  /**
   * Reports on a run.
   *
   * @param pipeline the run's pipeline
   * @param landed when S3 had stored the file, or the run was started; S3's own times are in whole
   *     seconds
   */
  Report(ShownPipeline pipeline, Screen screen, Cloud cloud, JsonNode run, Instant landed) {
    this.pipeline = pipeline;
    this.screen = screen;
    this.cloud = cloud;
    this.run = run;
    this.landed = landed;
  }

  static boolean isFinal(JsonNode run) {
    return FINAL.contains(run.path("state").asString());
  }

  /** A run in one line. */
  static String words(JsonNode run) {
    String cluster =
        run.has("clusterId")
            ? ", cluster %s %s"
                .formatted(
                    run.path("clusterId").asString(),
                    run.path("clusterState").asString("requested"))
            : "";
    String trouble = run.has("trouble") ? " — " + run.path("trouble").asString() : "";
    return "run %s: %s%s%s"
        .formatted(run.path("id").asString(), run.path("state").asString(), cluster, trouble);
  }

  /** Shows everything. */
  void show() throws SQLException {
    showStatements();
    if (run.path("state").asString().equals("SUCCEEDED")) {
      screen.line("\nThe table, fetched through the Snowflake driver:\n");
      Sql.run(cloud.signedIn(), query() + " LIMIT " + ROWS_SHOWN, screen.out());
    }
    showIngested();
    showCluster();
    showSteps();
    showTimes();
  }

  /** The query for the table's own columns, sorted by the first. */
  String query() {
    List<String> columns =
        run.path("loaded").path("firstRows").path(0).propertyNames().stream()
            .map(name -> '"' + name.replace("\"", "\"\"") + '"')
            .toList();
    return columns.isEmpty()
        ? "SELECT * FROM " + pipeline.table()
        : "SELECT %s FROM %s ORDER BY 1".formatted(String.join(", ", columns), pipeline.table());
  }

  String lastLine() {
    return "demo: SUCCEEDED pipeline=%s run=%s cluster=%s state=%s table=%s rows=%d seconds=%d"
        .formatted(
            run.path("pipeline").asString(),
            run.path("id").asString(),
            run.path("clusterId").asString(),
            clusterState(),
            pipeline.table(),
            run.path("loaded").path("rows").asLong(),
            Math.round(screen.seconds()));
  }

  /**
   * Adds the run's phases, and the two durations that matter to those who wait for a table.
   *
   * @param shown when the user had seen its result
   */
  void addTo(Facts facts, Instant shown) {
    phases().forEach(facts::phase);
    Map<String, Instant> marks = marks();
    Instant last = marks.values().stream().reduce(landed, (before, mark) -> mark);
    facts.phase("result shown", Duration.between(last, shown));
    if (marks.containsKey(REQUESTED)) {
      facts.seconds("landed-to-launch", Duration.between(marks.get(LANDED), marks.get(REQUESTED)));
    }
    if (marks.containsKey(STEP_ENDED) && marks.containsKey(ANSWERS)) {
      facts.seconds("end-to-answer", Duration.between(marks.get(STEP_ENDED), marks.get(ANSWERS)));
    }
  }

  private void showStatements() {
    if (run.path("statements").isEmpty()) {
      return;
    }
    screen.line("\nThe SQL that was sent to Snowflake:\n");
    for (JsonNode statement : run.path("statements")) {
      screen.line(
          "%s;%n  -- %d ms%s"
              .formatted(
                  statement.path("sql").asString(),
                  statement.path("millis").asLong(),
                  statement.has("error") ? ": " + statement.path("error").asString() : ""));
    }
  }

  private void showCluster() {
    if (run.has("clusterId")) {
      ClusterStatus status = cloud.cluster(run.path("clusterId").asString());
      screen.line(
          "%nThe cluster, as EMR reports it: %s is %s (%s: %s)"
              .formatted(
                  run.path("clusterId").asString(),
                  status.stateAsString(),
                  status.stateChangeReason().codeAsString(),
                  status.stateChangeReason().message()));
    }
  }

  private void showIngested() {
    if (pipeline.fetches()) {
      for (JsonNode object : run.path("landed")) {
        screen.line(
            "%nIngested by the cluster: %s, %d bytes"
                .formatted(object.path("uri").asString(), object.path("size").asLong()));
      }
    }
  }

  private void showSteps() {
    for (JsonNode attempt : run.path("attempts")) {
      for (JsonNode step : attempt.path("cluster").path("steps")) {
        screen.line(
            "  step %s: %s".formatted(step.path("name").asString(), step.path("state").asString()));
      }
    }
  }

  private void showTimes() {
    screen.line("\nWhere the time went:\n");
    phases()
        .forEach(
            (end, took) ->
                screen.line("%8.1f s  %s".formatted(took.toMillis() / 1e3, spentOn(end))));
  }

  /** What the time before that mark went into, in the words of the service's page. */
  private static String spentOn(String end) {
    return switch (end) {
      case FOUND -> "waiting for S3's event";
      case REQUESTED -> "waiting for the call of RunJobFlow";
      case READY -> "provisioning and bootstrapping";
      case INGESTED -> "step ingest";
      case STEP_ENDED -> "step transform";
      case ANSWERS -> "loading";
      default -> "terminating";
    };
  }

  private String clusterState() {
    return cloud.cluster(run.path("clusterId").asString()).stateAsString();
  }

  /** From landing to the end, each phase by what ends it. */
  private Map<String, Duration> phases() {
    Map<String, Duration> phases = new LinkedHashMap<>();
    Instant before = null;
    for (Map.Entry<String, Instant> mark : marks().entrySet()) {
      if (before != null) {
        phases.put(mark.getKey(), Duration.between(before, mark.getValue()));
      }
      before = mark.getValue();
    }
    return phases;
  }

  private Map<String, Instant> marks() {
    Map<String, Instant> marks = new LinkedHashMap<>();
    marks.put(LANDED, landed);
    if (!pipeline.fetches()) {
      mark(marks, FOUND, run.path("landed").path(0).path("seenAt"));
    }
    // The event can be faster than S3's answer to the upload.
    marks.computeIfPresent(FOUND, (name, found) -> found.isBefore(landed) ? landed : found);
    JsonNode attempt = run.path("attempts").path(0);
    mark(marks, REQUESTED, attempt.path("calledAt"));
    mark(marks, READY, attempt.path("cluster").path("readyAt"));
    JsonNode steps = attempt.path("cluster").path("steps");
    if (steps.size() > 1) {
      mark(marks, INGESTED, steps.path(0).path("endedAt"));
    }
    mark(marks, STEP_ENDED, steps.path(steps.size() - 1).path("endedAt"));
    for (JsonNode statement : run.path("statements")) {
      marks.put(
          ANSWERS,
          Instant.parse(statement.path("sentAt").asString())
              .plusMillis(statement.path("millis").asLong()));
    }
    mark(marks, "run ended", run.path("stateSince"));
    return marks;
  }

  private static void mark(Map<String, Instant> marks, String name, JsonNode time) {
    if (time.isString()) {
      marks.put(name, Instant.parse(time.asString()));
    }
  }
}
