package sparkjob.contract;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to do with a manifest's objects.
 *
 * @param pipeline the pipeline's name
 * @param run the run's id
 * @param attempt which try of the run this is, from 1
 * @param input how the objects are written
 * @param transformSql one Spark SQL query over the view {@code landed}; empty: the rows as they are
 * @param output where the Parquet goes
 * @param rejected where the rows go that do not parse
 * @param resultUri where the result goes
 */
public record JobDescription(
    String pipeline,
    String run,
    int attempt,
    Input input,
    Optional<String> transformSql,
    Output output,
    Rejected rejected,
    String resultUri) {

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
   * @param mixedSchemas what becomes of objects with different columns
   * @param forms how text writes its values; means nothing for Parquet
   */
  public record Input(
      Format format,
      CsvSyntax csv,
      List<Column> columns,
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
            root.optionalObject("transform").map(JobDescription::sql),
            output(root.object("output")),
            rejected(root.object("rejected")),
            resultUri(root.object("result")));
    root.nothingElse();
    mustLieApart(root, job);
    return job;
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
    MixedSchemas mixedSchemas = MixedSchemas.read(input, format);
    ValueForms forms =
        input.optionalObject("forms").map(ValueForms::read).orElse(ValueForms.DEFAULT);
    input.nothingElse();
    return new Input(format, csv, columns, mixedSchemas, forms);
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

  private static String sql(Members transform) {
    String sql = transform.text("sql");
    transform.nothingElse();
    return sql;
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
