package contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the Spark job is to do with a manifest's objects. The members' meaning is in {@code
 * docs/contract.md}.
 *
 * @param version of the contract
 * @param pipeline as in the manifest
 * @param run as in the manifest
 * @param attempt which try of the run this is, from 1
 * @param input how to read the objects
 * @param transform what to make of them; absent: nothing, they are written as they are
 * @param checks queries that must find no rows before anybody may load the output
 * @param output where the curated files go
 * @param rejected where the rows go that do not parse
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
   * @param infer of columns that are not declared; absent: their types
   * @param mixedSchemas what becomes of objects with different columns
   * @param forms how text writes its values; absent: as the contract says
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
   * How text writes its values.
   *
   * @param encoding one that the contract names
   * @param nullValues CSV: what stands for null where it is not in quotes
   * @param dateFormat a pattern of java.time
   * @param timestampFormat likewise
   * @param timeZone of timestamps that tell none
   */
  public record Forms(
      Optional<String> encoding,
      Optional<List<String>> nullValues,
      Optional<String> dateFormat,
      Optional<String> timestampFormat,
      Optional<String> timeZone) {

    /** Whether nothing is told. */
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

    /** The object that it is in. */
    Optional<String> uri();
  }

  /**
   * The pipeline's own logic.
   *
   * @param views in order; each sees the view {@code landed} and those before it
   * @param sql the query whose rows are written
   * @param uri the object that it is in
   * @param ansi whether SQL that makes no value of its input is an error, in the checks too;
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
   * A query that others see by a name.
   *
   * @param name letters, digits and underscores
   * @param sql its text
   * @param uri the object that it is in
   */
  public record View(String name, Optional<String> sql, Optional<String> uri) implements Query {}

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
   * @param name as people call it
   * @param sql its text; it sees {@code landed}, the views, and the output as {@code curated}
   * @param uri the object that it is in
   * @param severity what happens if it finds some
   * @param show how many of them the result tells, up to 20
   * @param masked columns of theirs whose values it does not tell, in upper or lower case
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
   * @param files exactly so many files, of each value of the partition columns; fewer only where
   *     there are fewer rows
   * @param targetFileBytes as many files as give files of about that size
   * @param partitionBy columns whose values become folders, in their order; their case counts only
   *     where columns differ in nothing else
   * @param columnNames what the columns may be called; absent: anything
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
   * What becomes of rows that do not parse.
   *
   * @param uri the prefix that they go to, ends with a slash
   * @param maxRatio rejected / read above which the job fails
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
   * @param document what messages call it, for instance {@code the job description s3://bucket/key}
   * @throws ContractException naming the member that is missing, wrong or unknown
   */
  public static JobDescription read(String document, String json) {
    return Members.read(document, json, new JobDescriptionReader()::read);
  }
}
