package contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of an attempt's job, as the job reports it. Without a result there is no success.
 *
 * @param version of the contract
 * @param pipeline as in the job description
 * @param run as in the job description
 * @param attempt as in the job description
 * @param status whether the output is complete
 * @param failure present if and only if it failed
 * @param rows what was counted
 * @param schema the output's columns in order
 * @param partitionBy those of them that are folders, and not in the files
 * @param files every Parquet file of the output
 * @param details what else it tells
 */
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
    @JsonUnwrapped Details details) {

  public JobResult {
    schema = List.copyOf(schema);
    partitionBy = List.copyOf(partitionBy);
    files = List.copyOf(files);
  }

  /**
   * What a job tells beside its output.
   *
   * @param rejects the first rejected rows
   * @param rejectReasons why rows were rejected, the most frequent kinds first
   * @param checks what each check found that was run
   * @param sqlFiles the SQL that was read from objects of its own, as it ran
   * @param skipped the objects of the batch that were not read because they hold no rows
   * @param stripped what was removed from the objects' text because it is not data
   */
  public record Details(
      List<Reject> rejects,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RejectReason> rejectReasons,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Checked> checks,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SqlFile> sqlFiles,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Skipped> skipped,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Stripped> stripped) {

    /** Of a job that read all of its objects, whole, and was asked nothing else. */
    public static final Details NONE =
        new Details(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public Details {
      rejects = List.copyOf(rejects);
      rejectReasons = List.copyOf(rejectReasons);
      checks = List.copyOf(checks);
      sqlFiles = List.copyOf(sqlFiles);
      skipped = List.copyOf(skipped);
      stripped = List.copyOf(stripped);
    }

    private static Details of(Members members) {
      return new Details(
          members.anyObjects("rejects", Reject::of),
          members.optionalObjects("rejectReasons", RejectReason::of),
          members.optionalObjects("checks", Checked::of),
          members.optionalObjects("sqlFiles", SqlFile::of),
          members.optionalObjects("skipped", Skipped::of),
          members.optionalObjects("stripped", Stripped::of));
    }
  }

  /** How the job ended. */
  public enum Status {
    SUCCEEDED,
    FAILED
  }

  /** The cause of a failure. */
  public enum FailureCause {
    DATA,
    USER_CODE,
    /** A machine of the cluster was reclaimed. */
    INSTANCE,
    /** Spark, the storage or the job itself failed. */
    INTERNAL
  }

  /**
   * Why the job failed.
   *
   * @param kind the cause
   * @param message one sentence
   * @param objects the URIs concerned, if known
   */
  public record JobFailure(FailureCause kind, String message, List<String> objects) {

    public JobFailure {
      objects = List.copyOf(objects);
    }

    private static JobFailure of(Members members) {
      return new JobFailure(
          members.oneOf("kind", FailureCause.class),
          members.anyText("message"),
          members.anyTexts("objects"));
    }
  }

  /**
   * Rows.
   *
   * @param read rows of the input, including rejected ones
   * @param written rows of the output
   * @param rejected rows that did not parse
   */
  public record Rows(long read, long written, long rejected) {

    private static Rows of(Members members) {
      return new Rows(
          count(members, "read"), count(members, "written"), count(members, "rejected"));
    }
  }

  /**
   * One Parquet file of the output.
   *
   * @param uri its address
   * @param size bytes
   * @param rows its rows
   */
  public record CuratedFile(String uri, long size, long rows) {

    private static CuratedFile of(Members members) {
      return new CuratedFile(
          members.anyText("uri"), count(members, "size"), count(members, "rows"));
    }
  }

  /**
   * One row that did not parse.
   *
   * @param uri its object, as the manifest gives it
   * @param reason why, in a few words
   * @param raw its text as it landed
   */
  public record Reject(String uri, String reason, String raw) implements Serializable {

    private static Reject of(Members members) {
      return new Reject(members.anyText("uri"), members.anyText("reason"), members.anyText("raw"));
    }

    /** The same, with at most that many characters of the raw text. */
    public Reject shortenedTo(int characters) {
      return raw.length() <= characters
          ? this
          : new Reject(uri, reason, raw.substring(0, characters));
    }
  }

  /**
   * How many rows were rejected for one kind of reason.
   *
   * @param kind the reason without any value of a row
   * @param rows how many
   * @param uri the first object that has such a row, as the manifest gives it
   * @param example the whole reason of that row
   */
  public record RejectReason(String kind, long rows, String uri, String example)
      implements Serializable {

    private static RejectReason of(Members members) {
      return new RejectReason(
          members.anyText("kind"),
          count(members, "rows"),
          members.anyText("uri"),
          members.anyText("example"));
    }

    /** The sum of both, with this one's example. */
    public RejectReason plus(RejectReason other) {
      return new RejectReason(kind, rows + other.rows, uri, example);
    }

    /** A text: how many, and why. */
    @Override
    public String toString() {
      return "%d (%s)".formatted(rows, kind);
    }
  }

  /**
   * What a check found.
   *
   * @param name the check's name
   * @param severity what it does to the load if it found rows
   * @param violations how many rows
   * @param firstRows the first of them, each as JSON, shortened
   */
  public record Checked(
      String name, JobDescription.Severity severity, long violations, List<String> firstRows) {

    public Checked {
      firstRows = List.copyOf(firstRows);
    }

    private static Checked of(Members members) {
      return new Checked(
          members.anyText("name"),
          members.oneOf("severity", JobDescription.Severity.class),
          count(members, "violations"),
          members.anyTexts("firstRows"));
    }

    /** Whether it found what it must not. */
    public boolean foundRows() {
      return violations > 0;
    }

    /** Whether the finding forbids the load. */
    public boolean forbidsLoad() {
      return foundRows() && severity == JobDescription.Severity.FAIL;
    }
  }

  /**
   * SQL in an object of its own.
   *
   * @param uri its address
   * @param sql its text as it ran
   */
  public record SqlFile(String uri, String sql) {

    private static SqlFile of(Members members) {
      return new SqlFile(members.anyText("uri"), members.anyText("sql"));
    }
  }

  /**
   * An object that was not read.
   *
   * @param uri as the manifest gives it
   * @param reason why it holds no rows
   */
  public record Skipped(String uri, String reason) {

    private static Skipped of(Members members) {
      return new Skipped(members.anyText("uri"), members.anyText("reason"));
    }
  }

  /**
   * What programs had put around the records of landed objects, and the job removed because it is
   * not data.
   *
   * @param what it was
   * @param times how often
   * @param uri the first object that had it, as the manifest gives it
   */
  public record Stripped(String what, long times, String uri) implements Serializable {

    /** Two texts were concatenated, the second with its mark. */
    public static final String MARK = "a byte order mark between records";

    /** Two texts were concatenated, the second with its header. */
    public static final String HEADER = "a record that repeats the header";

    /** Names that are written {@code id, name}. */
    public static final String BLANKS = "blanks around names of a header";

    /** A spreadsheet's own. */
    public static final String DELIMITER_LINE = "a first line that names the delimiter (sep=)";

    private static Stripped of(Members members) {
      return new Stripped(members.anyText("what"), count(members, "times"), members.anyText("uri"));
    }

    /** The sum of both, with this one's object. */
    public Stripped plus(Stripped other) {
      return new Stripped(what, times + other.times, uri);
    }

    @Override
    public String toString() {
      return "%s (%d, first in %s)".formatted(what, times, uri);
    }
  }

  /**
   * Reads a result.
   *
   * @param document its name in messages, for instance {@code the result s3://bucket/key}
   * @throws ContractException naming the member that is missing, wrong or unknown
   */
  public static JobResult read(String document, String json) {
    return Members.read(document, json, JobResult::of);
  }

  private static JobResult of(Members members) {
    JobResult result =
        new JobResult(
            members.version(),
            members.text("pipeline"),
            members.text("run"),
            (int) members.number("attempt", 0, Integer.MAX_VALUE),
            members.oneOf("status", Status.class),
            members.optionalObject("failure", JobFailure::of),
            members.object("rows", Rows::of),
            members.anyObjects("schema", JobResult::column),
            members.has("partitionBy") ? members.anyTexts("partitionBy") : List.of(),
            members.anyObjects("files", CuratedFile::of),
            Details.of(members));
    if (result.failure.isPresent() != (result.status == Status.FAILED)) {
      throw members.refused(
          "it is %s and has %s"
              .formatted(result.status, result.failure.isPresent() ? "a failure" : "no failure"));
    }
    return result;
  }

  private static Column column(Members members) {
    return new Column(members.anyText("name"), members.anyText("type"));
  }

  private static long count(Members members, String name) {
    return members.number(name, 0, Long.MAX_VALUE);
  }
}
