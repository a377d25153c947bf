package pipeline;

import batch.BatchLimits;
import batch.Fetcher;
import batch.HiddenKey;
import batch.LandedObject;
import batch.ReadableKey;
import cluster.request.ClusterSettings;
import contract.Column;
import contract.Inference;
import contract.InputFormat;
import contract.JobDescription;
import contract.JobDescription.Check;
import contract.JobDescription.Transform;
import contract.MixedSchemas;
import curated.CuratedSettings;
import ingest.IngestSettings;
import java.util.List;
import java.util.Optional;
import landing.LandingSettings;
import schedule.Schedule;
import warehouse.WarehouseSettings;

/**
 * One configured flow: a landing prefix, its transform, its curated prefix, its table.
 *
 * @param name lower-case letters, digits and dashes
 * @param landing where objects land
 * @param batch when a batch closes
 * @param input what the objects look like
 * @param transform the queries over the view {@code landed}; absent: identity
 * @param checks queries that must find no rows in the transform's result
 * @param curated where the result goes
 * @param cluster the settings of its clusters
 * @param warehouse the external table
 * @param ingest what its runs fetch themselves; then they are started, and not collected from
 *     landed objects
 * @param schedule when they are started; absent: by hand, or as objects land
 * @param steps the user's own steps; with them input and transform mean nothing
 */
public record Pipeline(
    String name,
    LandingSettings landing,
    BatchLimits batch,
    Input input,
    Optional<Transform> transform,
    List<Check> checks,
    CuratedSettings curated,
    ClusterSettings cluster,
    WarehouseSettings warehouse,
    Optional<IngestSettings> ingest,
    Optional<Schedule> schedule,
    Steps steps) {

  /** What its runs fetch themselves. */
  public Optional<String> ingestUrl() {
    return ingest.map(IngestSettings::url);
  }

  /** Who fetches the object of its runs, if they fetch one. */
  public Optional<Fetcher> ingestBy() {
    return ingest.map(IngestSettings::by);
  }

  /**
   * The address of the landing prefix, if each of its runs reads every object there and not only
   * those that triggered it.
   */
  public Optional<String> wholePrefix() {
    return ingest.isEmpty() && replaces() ? Optional.of(landing.uri()) : Optional.empty();
  }

  /** Whether its table shows the latest run only. */
  public boolean replaces() {
    return warehouse.mode() == WarehouseSettings.Mode.REPLACE;
  }

  /** How many clusters a run may try in all before it fails. */
  public int maxAttempts() {
    return cluster.maxAttempts();
  }

  /** Whether its batches close by themselves, as objects land. */
  public boolean collectsAsObjectsLand() {
    return ingest.isEmpty() && schedule.isEmpty();
  }

  /** Why no run reads a landed object, whatever it contains; empty if a run may. */
  public Optional<String> unread(LandedObject object) {
    return ReadableKey.problem(object.key())
        .map("Spark cannot read it: %s; copy it to another key"::formatted)
        .or(
            () ->
                hidden(object)
                    .map(
                        "It holds no data: %s; if it does, copy it to a key without that"
                            ::formatted));
  }

  /** Whether the object is a marker or the like, which holds no data but is no problem. */
  public boolean isHidden(LandedObject object) {
    return hidden(object).isPresent();
  }

  /** Parquet is read by Spark's own reader, which ignores names that it considers hidden. */
  private Optional<String> hidden(LandedObject object) {
    boolean asSparkDoes = input.format() == InputFormat.PARQUET && !steps.areOwn();
    return HiddenKey.problem(landing.below(object.key()), asSparkDoes);
  }

  /** The address below which objects land, {@code s3://bucket/prefix}. */
  public String landingUri() {
    return "s3://%s/%s".formatted(landing.bucket(), landing.prefix());
  }

  /** The address below which the curated files are, {@code s3://bucket/prefix/}. */
  public String curatedUri() {
    return "s3://%s/%s".formatted(curated.bucket(), curated.prefix());
  }

  /** The table's whole name for people. */
  public String tableName() {
    return warehouse.tableName();
  }

  /**
   * What a pipeline's objects look like.
   *
   * @param format their form
   * @param header CSV: whether the first line names the columns
   * @param delimiter CSV: one character
   * @param quote CSV: one character
   * @param escape CSV: one character
   * @param columns absent: inferred
   * @param infer how types of undeclared columns are inferred; absent: the Spark job's default
   * @param mixedSchemas how objects with different columns are treated; absent: the Spark job's
   *     default
   * @param forms the forms of values in text; absent: the Spark job's default
   * @param maxRejectedRatio rejected / read above which a run fails, 0 to 1
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
      Optional<JobDescription.Forms> forms,
      double maxRejectedRatio) {}
}
