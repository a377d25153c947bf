package localcloud.emr;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import localcloud.s3.S3Server;
import localcloud.s3.S3Uri;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The output of the service's own Spark job in S3, without Spark: DuckDB writes the rows as one
 * Parquet file, and the result file has the form of {@code docs/contract.md}. It only reads the
 * simplest input: CSV with declared columns and without a header, without a transform.
 */
final class JobWithoutSpark {
  private static final String FILE = "part-00000.parquet";

  private final S3Server s3;

  JobWithoutSpark(S3Server s3) {
    this.s3 = s3;
  }

  /**
   * Does the work of a step.
   *
   * @param work a folder for the step's own use
   * @return the job's last line
   * @throws IOException if the step is not the service's job, or the job needs more than this class
   *     can do
   */
  String run(StepCommand command, Path work) throws IOException {
    if (!(command instanceof StepCommand.SparkSubmit submit) || submit.arguments().size() < 2) {
      throw new IOException("step-succeeds is for the service's own job only");
    }
    int last = submit.arguments().size() - 1;
    JsonNode manifest = json(submit.arguments().get(last - 1));
    JsonNode job = json(submit.arguments().get(last));
    requireSimple(job);
    Path parquet = work.resolve(FILE);
    long rows = write(manifest, job.path("input").path("columns"), parquet);
    S3Uri output = S3Uri.parse(job.path("output").path("uri").asString()).resolve(FILE);
    put(output, Files.readAllBytes(parquet));
    ObjectNode result = result(job, output, Files.size(parquet), rows);
    put(
        S3Uri.parse(job.path("result").path("uri").asString()),
        result.toString().getBytes(StandardCharsets.UTF_8));
    return "step-succeeds: SUCCEEDED rows read=%d written=%d rejected=0 files=1%n"
        .formatted(rows, rows);
  }

  private static void requireSimple(JsonNode job) throws IOException {
    JsonNode input = job.path("input");
    boolean simple =
        input.path("format").asString("").equals("csv")
            && !input.path("header").asBoolean(false)
            && !input.path("columns").isEmpty()
            && !job.has("transform")
            && !job.has("checks");
    if (!simple) {
      throw new IOException(
          "step-succeeds is for CSV with declared columns and neither header, transform nor checks");
    }
  }

  /** Writes the rows of the manifest's objects, and returns how many there are. */
  private long write(JsonNode manifest, JsonNode columns, Path parquet) throws IOException {
    List<String> objects =
        texts(manifest.path("objects"), object -> quoted(file(object.path("uri").asString())));
    List<String> types =
        texts(
            columns,
            column ->
                "%s: %s"
                    .formatted(
                        quoted(column.path("name").asString()),
                        quoted(column.path("type").asString())));
    String read =
        "SELECT * FROM read_csv(%s, header = false, auto_detect = false, columns = {%s})"
            .formatted(objects, String.join(", ", types));
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute("COPY (%s) TO %s (FORMAT parquet)".formatted(read, quoted(parquet)));
      try (ResultSet count =
          statement.executeQuery(
              "SELECT COUNT(*) FROM read_parquet(%s)".formatted(quoted(parquet)))) {
        count.next();
        return count.getLong(1);
      }
    } catch (SQLException e) {
      throw new IOException("step-succeeds cannot write the rows: " + e.getMessage(), e);
    }
  }

  private static ObjectNode result(JsonNode job, S3Uri output, long size, long rows) {
    ObjectNode result = JsonMapper.shared().createObjectNode();
    for (String name : List.of("version", "pipeline", "run", "attempt")) {
      result.set(name, job.path(name));
    }
    result.put("status", "SUCCEEDED");
    result.putObject("rows").put("read", rows).put("written", rows).put("rejected", 0);
    result.set("schema", job.path("input").path("columns"));
    result
        .putArray("files")
        .addObject()
        .put("uri", output.toString())
        .put("size", size)
        .put("rows", rows);
    result.putArray("rejects");
    return result;
  }

  private JsonNode json(String uri) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(file(uri)));
  }

  private Path file(String uri) {
    S3Uri object = S3Uri.parse(uri);
    return s3.root().resolve(object.bucket()).resolve(object.key());
  }

  private void put(S3Uri object, byte[] body) {
    s3.put(object.bucket(), object.key(), "application/octet-stream", body);
  }

  private static List<String> texts(JsonNode array, Function<JsonNode, String> text) {
    return StreamSupport.stream(array.spliterator(), false).map(text).toList();
  }

  private static String quoted(Object text) {
    return "'" + text.toString().replace("'", "''") + "'";
  }
}
