package contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import run.CheckOutcome;
import run.CheckSeverity;
import run.LeftOut;
import run.Rejected;

/**
 * What became of an attempt's job, in the job's own words. No result, no success.
 *
 * @param version of the contract
 * @param pipeline as in the job description
 * @param run as in the job description
 * @param attempt as in the job description
 * @param status whether the output is complete
 * @param failure present exactly when it failed
 * @param rows what was counted
 * @param schema the output's columns in order
 * @param partitionBy those of them that are folders, and not in the files
 * @param files every Parquet file of the output
 * @param rejects the first rejected rows
 * @param rejectReasons why rows were rejected, the most frequent kinds first
 * @param checks what each check found that was run
 * @param sqlFiles the SQL that was read from objects of its own, as it ran
 * @param skipped the objects of the batch that were not read, since they hold no rows
 * @param stripped what was taken away from the objects' text because it is no data
 */
@RegisterForReflection
public record JobResult(
    int version,
    String pipeline,
    String run,
    int attempt,
    Status status,
    Optional<JobFailure> failure,
    Rows rows,
    List<Column> schema,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> partitionBy,
    List<CuratedFile> files,
    List<Reject> rejects,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RejectReason> rejectReasons,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Checked> checks,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SqlFile> sqlFiles,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Skipped> skipped,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Stripped> stripped) {

  public JobResult {
    ContractJson.requireVersion(version, "result");
    ContractJson.requireMember("result", "pipeline", pipeline);
    ContractJson.requireMember("result", "run", run);
    ContractJson.requireMember("result", "status", status);
    ContractJson.requireMember("result", "failure", failure);
    ContractJson.requireMember("result", "rows", rows);
    ContractJson.requireMember("result", "schema", schema);
    ContractJson.requireMember("result", "files", files);
    ContractJson.requireMember("result", "rejects", rejects);
    if (failure.isPresent() != (status == Status.FAILED)) {
      throw new IllegalArgumentException(
          "Cannot read a result that is %s and tells of %s"
              .formatted(status, failure.isPresent() ? "a failure" : "no failure"));
    }
    schema = List.copyOf(schema);
    partitionBy = partitionBy == null ? List.of() : List.copyOf(partitionBy);
    files = List.copyOf(files);
    rejects = List.copyOf(rejects);
    rejectReasons = rejectReasons == null ? List.of() : List.copyOf(rejectReasons);
    checks = checks == null ? List.of() : List.copyOf(checks);
    sqlFiles = sqlFiles == null ? List.of() : List.copyOf(sqlFiles);
    skipped = skipped == null ? List.of() : List.copyOf(skipped);
    stripped = stripped == null ? List.of() : List.copyOf(stripped);
  }

  /** The result of an attempt that read all of its objects, whole. */
  public JobResult(
      int version,
      String pipeline,
      String run,
      int attempt,
      Status status,
      Optional<JobFailure> failure,
      Rows rows,
      List<Column> schema,
      List<String> partitionBy,
      List<CuratedFile> files,
      List<Reject> rejects,
      List<RejectReason> rejectReasons,
      List<Checked> checks,
      List<SqlFile> sqlFiles) {
    this(
        version,
        pipeline,
        run,
        attempt,
        status,
        failure,
        rows,
        schema,
        partitionBy,
        files,
        rejects,
        rejectReasons,
        checks,
        sqlFiles,
        List.of(),
        List.of());
  }

  /** What the checks found, in their order. */
  public List<CheckOutcome> checkOutcomes() {
    return checks.stream()
        .map(
            found ->
                new CheckOutcome(
                    found.name(),
                    CheckSeverity.valueOf(found.severity().name()),
                    found.violations(),
                    found.firstRows()))
        .toList();
  }

  /**
   * Why rows were rejected; empty if none was, or if the job did not say why.
   *
   * @param prefix has all of them
   */
  public Optional<Rejected> rejected(String prefix) {
    return rejectReasons.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Rejected(
                prefix,
                rejectReasons.stream()
                    .map(
                        why ->
                            new Rejected.Reason(why.kind(), why.rows(), why.uri(), why.example()))
                    .toList()));
  }

  /** What of the objects was not taken as data, the first of it; empty if all was. */
  public Optional<LeftOut> leftOut() {
    return LeftOut.of(
        skipped.stream().map(object -> new LeftOut.Skipped(object.uri(), object.reason())).toList(),
        stripped.stream()
            .map(one -> new LeftOut.Stripped(one.what(), one.times(), one.uri()))
            .toList());
  }

  /** How the job ended. */
  public enum Status {
    SUCCEEDED,
    FAILED
  }

  /** Whose fault it was. */
  public enum FailureCause {
    DATA,
    USER_CODE,
    /** A machine of the cluster was taken away. */
    INSTANCE,
    /** Spark, the storage or the job failed by itself. */
    INTERNAL
  }

  /**
   * Why the job failed.
   *
   * @param kind whose fault it was
   * @param message one sentence
   * @param objects the URIs concerned, where known
   */
  @RegisterForReflection
  public record JobFailure(FailureCause kind, String message, List<String> objects) {

    public JobFailure {
      ContractJson.requireMember("result", "failure.kind", kind);
      ContractJson.requireMember("result", "failure.message", message);
      ContractJson.requireMember("result", "failure.objects", objects);
      objects = List.copyOf(objects);
    }
  }

  /**
   * Rows.
   *
   * @param read of the input, rejected ones included
   * @param written of the output
   * @param rejected that did not parse
   */
  @RegisterForReflection
  public record Rows(long read, long written, long rejected) {}

  /**
   * One Parquet file of the output.
   *
   * @param uri its address
   * @param size bytes
   * @param rows its rows
   */
  @RegisterForReflection
  public record CuratedFile(String uri, long size, long rows) {

    public CuratedFile {
      ContractJson.requireMember("result", "files[].uri", uri);
    }
  }

  /**
   * One row that did not parse.
   *
   * @param uri its object
   * @param reason why
   * @param raw its text
   */
  @RegisterForReflection
  public record Reject(String uri, String reason, String raw) {}

  /**
   * How many rows were rejected for one kind of reason.
   *
   * @param kind the reason without anything of a row's own
   * @param rows how many
   * @param uri an object that has such a row
   * @param example the whole reason of that row
   */
  @RegisterForReflection
  public record RejectReason(String kind, long rows, String uri, String example) {

    public RejectReason {
      ContractJson.requireMember("result", "rejectReasons[].kind", kind);
      ContractJson.requireMember("result", "rejectReasons[].uri", uri);
      ContractJson.requireMember("result", "rejectReasons[].example", example);
    }
  }

  /**
   * What a check found.
   *
   * @param name the check's
   * @param severity what it does to the load if it found rows
   * @param violations how many rows
   * @param firstRows the first of them, each as JSON, shortened
   */
  @RegisterForReflection
  public record Checked(
      String name, JobDescription.Severity severity, long violations, List<String> firstRows) {

    public Checked {
      ContractJson.requireMember("result", "checks[].name", name);
      ContractJson.requireMember("result", "checks[].severity", severity);
      ContractJson.requireMember("result", "checks[].firstRows", firstRows);
      firstRows = List.copyOf(firstRows);
    }
  }

  /**
   * SQL in an object of its own.
   *
   * @param uri its address
   * @param sql its text
   */
  @RegisterForReflection
  public record SqlFile(String uri, String sql) {}

  /**
   * An object that was not read.
   *
   * @param uri as the manifest gives it
   * @param reason why it holds no rows
   */
  @RegisterForReflection
  public record Skipped(String uri, String reason) {

    public Skipped {
      ContractJson.requireMember("result", "skipped[].uri", uri);
      ContractJson.requireMember("result", "skipped[].reason", reason);
    }
  }

  /**
   * What programs had put around the records, and is no data.
   *
   * @param what it was
   * @param times how often
   * @param uri the first object that had it
   */
  @RegisterForReflection
  public record Stripped(String what, long times, String uri) {

    public Stripped {
      ContractJson.requireMember("result", "stripped[].what", what);
      ContractJson.requireMember("result", "stripped[].uri", uri);
    }
  }
}
