package sparkjob.contract;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What to do with a manifest's objects.
 *
 * @param pipeline the pipeline's name
 * @param run the run's id
 * @param attempt which try of the run this is, from 1
 * @param input how the objects are written
 * @param transform what to make of the rows; empty: they are written as they are
 * @param checks what the rows must stand before anybody may load them, in this order; may be empty
 * @param output where the Parquet goes
 * @param rejected where the rows go that do not parse
 * @param resultUri where the result goes
 */
public record JobDescription(
    String pipeline,
    String run,
    int attempt,
    Input input,
    Optional<Transform> transform,
    List<Check> checks,
    Output output,
    Rejected rejected,
    String resultUri) {
  /** The views that the job makes itself. */
  private static final Set<String> OWN_VIEWS = Set.of("landed", "curated");

  private static final Pattern VIEW = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Copies the list. */
  public JobDescription {
    checks = List.copyOf(checks);
  }

  /** How landed objects are written. */
  public enum Format {
    CSV("csv"),
    JSON_LINES("json-lines"),
    /** Lists of objects, or objects that follow each other, over any number of lines. */
    JSON("json"),
    PARQUET("parquet");

    private final String contractName;

    Format(String contractName) {
      this.contractName = contractName;
    }

    /** The name that the contract uses. */
    public String contractName() {
      return contractName;
    }
  }

  /**
   * How the input is written.
   *
   * @param csv how its CSV is written; means nothing for the other formats
   * @param columns what is declared; empty: to be inferred
   * @param inference of columns that are not declared
   * @param mixedSchemas what becomes of objects with different columns
   * @param forms how text writes its values; means nothing for Parquet
   */
  public record Input(
      Format format,
      CsvSyntax csv,
      List<Column> columns,
      Inference inference,
      MixedSchemas mixedSchemas,
      ValueForms forms)
      implements Serializable {
    /** Copies the list. */
    public Input {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A column.
   *
   * @param type Spark SQL's name of the type, as in a CREATE TABLE
   */
  public record Column(String name, String type) implements Serializable {}

  /** One query of Spark SQL, and where it is. */
  public sealed interface Sql permits WrittenSql, StoredSql {

    private static Sql of(Members members) {
      Optional<String> text = members.optionalText("sql");
      Optional<String> uri = members.optionalText("uri");
      if (text.isPresent() == uri.isPresent()) {
        throw members.refused(
            "one of %s and %s must be set, not both"
                .formatted(members.name("sql"), members.name("uri")));
      }
      return text.isPresent() ? new WrittenSql(text.get()) : new StoredSql(uri.orElseThrow());
    }
  }

  /** A query in the job description itself. */
  public record WrittenSql(String text) implements Sql {}

  /** A query in an object of its own. */
  public record StoredSql(String uri) implements Sql {}

  /**
   * What to make of the rows.
   *
   * @param views in order; each sees {@code landed} and those before it; may be empty
   * @param sql the query whose rows are written
   */
  public record Transform(List<View> views, Sql sql) {
    /** Copies the list. */
    public Transform {
      views = List.copyOf(views);
    }

    private static Transform of(Members members) {
      List<View> views = new ArrayList<>();
      Set<String> names = new HashSet<>(OWN_VIEWS);
      for (Members member : members.objects("views")) {
        View view = new View(member.text("name"), Sql.of(member));
        member.nothingElse();
        if (!VIEW.matcher(view.name()).matches()) {
          throw member.refused(
              "%s must be letters, digits and underscores, and is %s"
                  .formatted(member.name("name"), view.name()));
        }
        if (!names.add(view.name().toLowerCase(Locale.ROOT))) {
          throw member.refused(
              "%s is %s, and that is another view's name"
                  .formatted(member.name("name"), view.name()));
        }
        views.add(view);
      }
      Transform transform = new Transform(views, Sql.of(members));
      members.nothingElse();
      return transform;
    }
  }

  /** A query that others see by a name. */
  public record View(String name, Sql sql) {}

  /** What becomes of an output in which a check finds rows. */
  public enum Severity {
    /** It is not loaded: the job fails. */
    FAIL,
    /** It is told. */
    WARN
  }

  /**
   * A query that must find no rows.
   *
   * @param sql sees {@code landed}, the transform's views, and the output as {@code curated}
   * @param severity what happens if it finds some
   * @param show how many of them the result tells
   * @param masked columns of theirs whose values it does not tell, in upper or lower case
   */
  public record Check(String name, Sql sql, Severity severity, int show, List<String> masked) {
    /** More than a person reads. */
    private static final int MOST_SHOWN = 20;

    /** Copies the list. */
    public Check {
      masked = List.copyOf(masked);
    }

    private static List<Check> of(Members root) {
      List<Check> checks = new ArrayList<>();
      Set<String> names = new HashSet<>();
      for (Members member : root.objects("checks")) {
        Check check =
            new Check(
                member.text("name"),
                Sql.of(member),
                severity(member),
                (int) member.number("show", 0, MOST_SHOWN),
                member.texts("masked"));
        member.nothingElse();
        if (!names.add(check.name())) {
          throw member.refused(member.name("name") + " repeats the check " + check.name());
        }
        checks.add(check);
      }
      return checks;
    }

    private static Severity severity(Members member) {
      String written = member.text("severity");
      for (Severity severity : Severity.values()) {
        if (severity.name().equals(written)) {
          return severity;
        }
      }
      throw member.refused(member.name("severity") + " must be FAIL or WARN, and is " + written);
    }
  }

  /**
   * Where the Parquet goes.
   *
   * @param uri the attempt's own prefix, ends with a slash
   * @param files into how many files, of each value of the partition columns
   * @param partitionBy columns whose values become folders, in their order; may be empty
   */
  public record Output(String uri, Files files, List<String> partitionBy) {
    /** Copies the list. */
    public Output {
      partitionBy = List.copyOf(partitionBy);
    }
  }

  /** Into how many files the output goes. */
  public sealed interface Files permits ExactFiles, FilesOfBytes {}

  /** So many files; fewer only where there are fewer rows. */
  public record ExactFiles(int count) implements Files {}

  /** As many files as give files of about this size. */
  public record FilesOfBytes(long bytes) implements Files {}

  /**
   * What becomes of rows that do not parse.
   *
   * @param uri the prefix that they go to, ends with a slash
   * @param maxRatio rejected / read above which the job fails
   */
  public record Rejected(String uri, double maxRatio) {}

  /**
   * Reads a job description.
   *
   * @param uri where it came from, for messages
   * @throws JobFailure naming the member that is missing, wrong or unknown
   */
  public static JobDescription parse(String uri, String json) {
    Members root = Members.parse("the job description " + uri, json);
    root.version();
    JobDescription job =
        new JobDescription(
            root.text("pipeline"),
            root.text("run"),
            (int) root.number("attempt", 1, Integer.MAX_VALUE),
            input(root.object("input")),
            root.optionalObject("transform").map(Transform::of),
            Check.of(root),
            output(root.object("output")),
            rejected(root.object("rejected")),
            resultUri(root.object("result")));
    root.nothingElse();
    mustLieApart(root, job);
    return job;
  }

  /** The same job with its rejected rows elsewhere. */
  public JobDescription rejectingTo(String uri) {
    return new JobDescription(
        pipeline,
        run,
        attempt,
        input,
        transform,
        checks,
        output,
        new Rejected(uri, rejected.maxRatio()),
        resultUri);
  }

  /**
   * Refuses a manifest of another pipeline or run.
   *
   * @throws JobFailure naming both
   */
  public void mustAgreeWith(Manifest manifest) {
    if (!pipeline.equals(manifest.pipeline()) || !run.equals(manifest.run())) {
      throw JobFailure.userCode(
          "The manifest is of pipeline %s, run %s, and the job description of pipeline %s, run %s"
              .formatted(manifest.pipeline(), manifest.run(), pipeline, run));
    }
  }

  /**
   * All under the output's prefix is deleted and becomes the table's, so nothing else may lie
   * there, and not the other way.
   */
  private static void mustLieApart(Members root, JobDescription job) {
    String output = job.output().uri();
    String rejected = job.rejected().uri();
    if (rejected.startsWith(output) || output.startsWith(rejected)) {
      throw root.refused("output.uri and rejected.uri must not lie within each other");
    }
    if (job.resultUri().startsWith(output) || job.resultUri().startsWith(rejected)) {
      throw root.refused("result.uri must lie neither under output.uri nor under rejected.uri");
    }
  }

  private static Input input(Members input) {
    String name = input.text("format");
    Format format = null;
    for (Format candidate : Format.values()) {
      if (candidate.contractName().equals(name)) {
        format = candidate;
      }
    }
    if (format == null) {
      throw input.refused(
          input.name("format") + " must be csv, json-lines, json or parquet, and is " + name);
    }
    CsvSyntax csv = format == Format.CSV ? CsvSyntax.read(input) : CsvSyntax.DEFAULT;
    List<Column> columns = columns(input);
    Inference inference = Inference.read(input, format, !columns.isEmpty());
    MixedSchemas mixedSchemas = MixedSchemas.read(input, format);
    ValueForms forms =
        input.optionalObject("forms").map(ValueForms::read).orElse(ValueForms.DEFAULT);
    input.nothingElse();
    return new Input(format, csv, columns, inference, mixedSchemas, forms);
  }

  private static List<Column> columns(Members input) {
    List<Column> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Members member : input.objects("columns")) {
      Column column = new Column(member.text("name"), member.text("type"));
      member.nothingElse();
      if (!names.add(column.name())) {
        throw input.refused(member.name("name") + " repeats the column " + column.name());
      }
      columns.add(column);
    }
    return columns;
  }

  private static Output output(Members output) {
    String uri = prefix(output);
    Optional<Long> count = output.optionalNumber("files", 1, 1_000_000);
    Optional<Long> bytes = output.optionalNumber("targetFileBytes", 1, Long.MAX_VALUE);
    List<String> partitionBy = output.texts("partitionBy");
    output.nothingElse();
    if (count.isPresent() == bytes.isPresent()) {
      throw output.refused("one of output.files and output.targetFileBytes must be set, not both");
    }
    return new Output(
        uri,
        count.isPresent()
            ? new ExactFiles(count.get().intValue())
            : new FilesOfBytes(bytes.orElseThrow()),
        partitionBy);
  }

  private static Rejected rejected(Members rejected) {
    Rejected read = new Rejected(prefix(rejected), rejected.ratio("maxRatio"));
    rejected.nothingElse();
    return read;
  }

  private static String resultUri(Members result) {
    String uri = result.text("uri");
    result.nothingElse();
    return uri;
  }

  private static String prefix(Members of) {
    String uri = of.text("uri");
    if (!uri.endsWith("/")) {
      throw of.refused(of.name("uri") + " must end with a slash, and is " + uri);
    }
    return uri;
  }
}
