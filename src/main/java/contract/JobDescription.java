package contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;

/**
 * What the Spark job is to do with a manifest's objects. The members' meaning is in {@code
 * docs/contract.md}.
 *
 * @param version of the contract
 * @param pipeline as in the manifest
 * @param run as in the manifest
 * @param attempt the attempt's number
 * @param input how to read the objects
 * @param transform what to make of them; absent: nothing, they are written as they are
 * @param checks queries that must find no rows before anybody may load the output
 * @param output where the curated files go
 * @param rejected where the rows go that do not parse
 * @param result where the result file goes
 */
@RegisterForReflection
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
    ContractJson.requireVersion(version, "job description");
    checks = checks == null ? List.of() : List.copyOf(checks);
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
  @RegisterForReflection
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
  @RegisterForReflection
  public record Forms(
      Optional<String> encoding,
      Optional<List<String>> nullValues,
      Optional<String> dateFormat,
      Optional<String> timestampFormat,
      Optional<String> timeZone) {

    /** Whether nothing is told. */
    @JsonIgnore
    public boolean isEmpty() {
      return encoding.isEmpty()
          && nullValues.isEmpty()
          && dateFormat.isEmpty()
          && timestampFormat.isEmpty()
          && timeZone.isEmpty();
    }
  }

  /**
   * The pipeline's own logic. Each of its queries is one statement of Spark SQL, and is either
   * written here or in an object of its own.
   *
   * @param views in order; each sees the view {@code landed} and those before it
   * @param sql the query whose rows are written
   * @param uri the object that it is in
   */
  @RegisterForReflection
  public record Transform(
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<View> views,
      Optional<String> sql,
      Optional<String> uri) {

    public Transform {
      views = views == null ? List.of() : List.copyOf(views);
    }
  }

  /**
   * A query that others see by a name.
   *
   * @param name letters, digits and underscores
   * @param sql its text
   * @param uri the object that it is in
   */
  @RegisterForReflection
  public record View(String name, Optional<String> sql, Optional<String> uri) {}

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
   * @param show how many of them the result tells
   * @param masked columns of theirs whose values it does not tell
   */
  @RegisterForReflection
  public record Check(
      String name,
      Optional<String> sql,
      Optional<String> uri,
      Severity severity,
      int show,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> masked) {

    public Check {
      masked = masked == null ? List.of() : List.copyOf(masked);
    }
  }

  /**
   * Where the curated files go; one of the two sizes is set.
   *
   * @param uri the attempt's own prefix
   * @param files exactly so many files, of each value of the partition columns
   * @param targetFileBytes as many files as give files of about that size
   * @param partitionBy columns whose values become folders; their case counts only where columns
   *     differ in nothing else
   */
  @RegisterForReflection
  public record Output(
      String uri,
      Optional<Integer> files,
      Optional<Long> targetFileBytes,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> partitionBy) {

    public Output {
      partitionBy = partitionBy == null ? List.of() : List.copyOf(partitionBy);
    }
  }

  /**
   * Where the rows go that do not parse.
   *
   * @param uri a prefix
   * @param maxRatio rejected / read above which the job fails
   */
  @RegisterForReflection
  public record Rejected(String uri, double maxRatio) {}

  /**
   * One object's address.
   *
   * @param uri {@code s3://bucket/key}
   */
  @RegisterForReflection
  public record Location(String uri) {}
}
