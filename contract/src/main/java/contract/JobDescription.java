package contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Spark job's task for a manifest's objects. The meaning of the members is in {@code
 * docs/contract.md}.
 *
 * @param version of the contract
 * @param pipeline as in the manifest
 * @param run as in the manifest
 * @param attempt which try of the run this is, from 1
 * @param input how to read the objects
 * @param transform the queries; absent: rows are written as they are
 * @param checks queries that must find no rows before the output may be loaded
 * @param output where the curated files go
 * @param rejected where rows go that do not parse
 * @param result where the result file goes
 */
public record JobDescription(
    int version,
    String pipeline,
    String run,
    int attempt,
    Input input,
    Optional<Transform> transform,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Check> checks,
    Output output,
    Rejected rejected,
    Location result) {

  public JobDescription {
    checks = List.copyOf(checks);
  }

  /**
   * How to read the objects.
   *
   * @param format their form
   * @param header CSV: whether the first line names the columns
   * @param delimiter CSV: one character
   * @param quote CSV: one character
   * @param escape CSV: one character
   * @param columns absent: inferred
   * @param infer what is inferred of undeclared columns; absent: their types
   * @param mixedSchemas how objects with different columns are treated
   * @param forms the forms of values in text; absent: the contract's defaults
   */
  public record Input(
      InputFormat format,
      Optional<Boolean> header,
      Optional<String> delimiter,
      Optional<String> quote,
      Optional<String> escape,
      Optional<List<Column>> columns,
      Optional<Inference> infer,
      Optional<MixedSchemas> mixedSchemas,
      Optional<Forms> forms) {}

  /**
   * The forms of values in text.
   *
   * @param encoding one that the contract names
   * @param nullValues CSV: texts that mean null if they are not in quotes
   * @param dateFormat a pattern of java.time
   * @param timestampFormat a pattern of java.time
   * @param timeZone the zone of timestamps that state none
   */
  public record Forms(
      Optional<String> encoding,
      Optional<List<String>> nullValues,
      Optional<String> dateFormat,
      Optional<String> timestampFormat,
      Optional<String> timeZone) {

    /** Whether nothing is set. */
    @JsonIgnore
    public boolean isEmpty() {
      return Stream.of(encoding, nullValues, dateFormat, timestampFormat, timeZone)
          .allMatch(Optional::isEmpty);
    }
  }

  /** One statement of Spark SQL, written here or in an object of its own: one of the two is set. */
  public sealed interface Query permits Transform, View, Check {

    /** Its text. */
    Optional<String> sql();

    /** The object with its text. */
    Optional<String> uri();
  }

  /**
   * The pipeline's own logic.
   *
   * @param views in order; each sees the view {@code landed} and those before it
   * @param sql the query whose rows are written
   * @param uri the object that it is in
   * @param ansi whether SQL that cannot make a value from its input is an error, in the checks too;
   *     absent: it is
   */
  public record Transform(
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<View> views,
      Optional<String> sql,
      Optional<String> uri,
      Optional<Boolean> ansi)
      implements Query {

    public Transform {
      views = List.copyOf(views);
    }
  }

  /**
   * A query that later ones see by a name.
   *
   * @param name letters, digits and underscores
   * @param sql its text
   * @param uri the object that it is in
   */
  public record View(String name, Optional<String> sql, Optional<String> uri) implements Query {}

  /** What happens to an output in which a check finds rows. */
  public enum Severity {
    /** It is not loaded: the job fails. */
    FAIL,
    /** The finding is reported. */
    WARN
  }

  /**
   * A query that must find no rows.
   *
   * @param name its name
   * @param sql its text; it sees {@code landed}, the views, and the output as {@code curated}
   * @param uri the object that it is in
   * @param severity what happens if it finds some
   * @param show how many of them the result contains, up to 20
   * @param masked columns whose values the result does not contain, in upper or lower case
   */
  public record Check(
      String name,
      Optional<String> sql,
      Optional<String> uri,
      Severity severity,
      int show,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> masked)
      implements Query {

    public Check {
      masked = List.copyOf(masked);
    }
  }

  /**
   * Where the curated files go; one of the two sizes is set.
   *
   * @param uri the attempt's own prefix, ends with a slash
   * @param files the exact number of files, or the most in each folder; fewer only if there are
   *     fewer rows
   * @param targetFileBytes the size of a file, from which their number follows
   * @param partitionBy columns whose values become folders, in their order; case matters only if
   *     columns differ in nothing else
   * @param columnNames the rules for names of columns; absent: any name
   */
  public record Output(
      String uri,
      Optional<Integer> files,
      Optional<Long> targetFileBytes,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> partitionBy,
      Optional<ColumnNames> columnNames) {

    public Output {
      partitionBy = List.copyOf(partitionBy);
    }
  }

  /**
   * What happens to rows that do not parse.
   *
   * @param uri the prefix that they go to, ends with a slash
   * @param maxRatio the ratio rejected / read above which the job fails
   */
  public record Rejected(String uri, double maxRatio) {}

  /**
   * One object's address.
   *
   * @param uri {@code s3://bucket/key}
   */
  public record Location(String uri) {}

  /**
   * Reads a job description.
   *
   * @param document its name in messages, for instance {@code the job description s3://bucket/key}
   * @throws ContractException naming the member that is missing, wrong or unknown
   */
  public static JobDescription read(String document, String json) {
    return Members.read(document, json, new JobDescriptionReader()::read);
  }
}
