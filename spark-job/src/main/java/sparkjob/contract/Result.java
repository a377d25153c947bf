package sparkjob.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What became of an attempt.
 *
 * @param failure empty if it succeeded
 * @param schema the output's columns in order; empty if it failed
 * @param partitionBy those of them that are folders, and not in the files
 * @param files every Parquet file under the output's prefix
 * @param rejects the first rejected rows, their raw text shortened
 * @param rejectReasons why rows were rejected, the most frequent first
 * @param checks what each check found, in their order; those that were not reached are not there
 * @param sqlFiles the SQL that was read from objects of its own, as it ran
 * @param stripped what was taken away because it is no data
 */
public record Result(
    Of of,
    Optional<JobFailure> failure,
    Rows rows,
    List<JobDescription.Column> schema,
    List<String> partitionBy,
    List<CuratedFile> files,
    List<Reject> rejects,
    List<RejectReason> rejectReasons,
    List<Checked> checks,
    List<SqlFile> sqlFiles,
    List<Stripped> stripped) {

  /** Whose result it is. */
  public record Of(String pipeline, String run, int attempt) {
    @Override
    public String toString() {
      return pipeline + " " + run + " attempt " + attempt;
    }
  }

  /**
   * How many rows.
   *
   * @param read the rejected ones too
   * @param written to the output
   * @param rejected did not parse
   */
  public record Rows(long read, long written, long rejected) {}

  /**
   * One file of the output.
   *
   * @param size bytes
   */
  public record CuratedFile(String uri, long size, long rows) {}

  /**
   * What a check found.
   *
   * @param violations how many rows
   * @param firstRows the first of them, each as JSON, shortened
   */
  public record Checked(
      String name, JobDescription.Severity severity, long violations, List<String> firstRows) {
    /** Copies the list. */
    public Checked {
      firstRows = List.copyOf(firstRows);
    }

    /** Whether nobody may load what was checked. */
    public boolean forbidsLoad() {
      return violations > 0 && severity == JobDescription.Severity.FAIL;
    }
  }

  /** SQL in an object of its own. */
  public record SqlFile(String uri, String sql) {}

  /** Copies the lists. */
  public Result {
    schema = List.copyOf(schema);
    partitionBy = List.copyOf(partitionBy);
    files = List.copyOf(files);
    rejects = List.copyOf(rejects);
    rejectReasons = List.copyOf(rejectReasons);
    checks = List.copyOf(checks);
    sqlFiles = List.copyOf(sqlFiles);
    stripped = List.copyOf(stripped);
  }

  /** The result of an attempt that failed before it read anything. */
  public static Result failed(Of of, JobFailure failure) {
    return new Result(
        of,
        Optional.of(failure),
        new Rows(0, 0, 0),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** The result as the contract writes it. */
  public String toJson() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("version", 1);
    root.put("pipeline", of.pipeline());
    root.put("run", of.run());
    root.put("attempt", of.attempt());
    root.put("status", failure.isEmpty() ? "SUCCEEDED" : "FAILED");
    failure.ifPresent(
        why -> {
          ObjectNode node = root.putObject("failure");
          node.put("kind", why.kind().name());
          node.put("message", why.getMessage());
          ArrayNode objects = node.putArray("objects");
          why.objects().forEach(objects::add);
        });
    root.putObject("rows")
        .put("read", rows.read())
        .put("written", rows.written())
        .put("rejected", rows.rejected());
    ArrayNode columns = root.putArray("schema");
    for (JobDescription.Column column : schema) {
      columns.addObject().put("name", column.name()).put("type", column.type());
    }
    if (!partitionBy.isEmpty()) {
      ArrayNode names = root.putArray("partitionBy");
      partitionBy.forEach(names::add);
    }
    ArrayNode parquet = root.putArray("files");
    for (CuratedFile file : files) {
      parquet.addObject().put("uri", file.uri()).put("size", file.size()).put("rows", file.rows());
    }
    ArrayNode rejected = root.putArray("rejects");
    for (Reject reject : rejects) {
      rejected
          .addObject()
          .put("uri", reject.uri())
          .put("reason", reject.reason())
          .put("raw", reject.raw());
    }
    addRejectReasons(root);
    addStripped(root);
    addChecks(root);
    return root.toPrettyString() + "\n";
  }

  private void addRejectReasons(ObjectNode root) {
    if (!rejectReasons.isEmpty()) {
      ArrayNode reasons = root.putArray("rejectReasons");
      for (RejectReason reason : rejectReasons) {
        reasons
            .addObject()
            .put("kind", reason.kind())
            .put("rows", reason.rows())
            .put("uri", reason.uri())
            .put("example", reason.example());
      }
    }
  }

  private void addStripped(ObjectNode root) {
    if (!stripped.isEmpty()) {
      ArrayNode away = root.putArray("stripped");
      for (Stripped one : stripped) {
        away.addObject().put("what", one.what()).put("times", one.times()).put("uri", one.uri());
      }
    }
  }

  private void addChecks(ObjectNode root) {
    if (!checks.isEmpty()) {
      ArrayNode found = root.putArray("checks");
      for (Checked check : checks) {
        ArrayNode rows =
            found
                .addObject()
                .put("name", check.name())
                .put("severity", check.severity().name())
                .put("violations", check.violations())
                .putArray("firstRows");
        check.firstRows().forEach(rows::add);
      }
    }
    if (!sqlFiles.isEmpty()) {
      ArrayNode files = root.putArray("sqlFiles");
      sqlFiles.forEach(file -> files.addObject().put("uri", file.uri()).put("sql", file.sql()));
    }
  }
}
