package pipeline;

import batch.BatchLimits;
import batch.Schedule;
import cluster.ClusterSettings;
import contract.Column;
import contract.InputFormat;
import curated.CuratedSettings;
import java.util.List;
import java.util.Optional;
import landing.IngestSettings;
import landing.LandingSettings;
import warehouse.WarehouseSettings;

/**
 * One configured flow: a landing prefix, its transform, its curated prefix, its table.
 *
 * @param name lower-case letters, digits and dashes
 * @param landing where objects land
 * @param batch when a batch closes
 * @param input what the objects look like
 * @param transform one Spark SQL statement over the view {@code landed}; absent: identity
 * @param curated where the result goes
 * @param cluster what the clusters are like
 * @param warehouse the external table
 * @param ingest what its runs fetch themselves; then they are started, and not collected from
 *     landed objects
 * @param schedule when they are started; absent: by hand, or as objects land
 */
public record Pipeline(
    String name,
    LandingSettings landing,
    BatchLimits batch,
    Input input,
    Optional<String> transform,
    CuratedSettings curated,
    ClusterSettings cluster,
    WarehouseSettings warehouse,
    Optional<IngestSettings> ingest,
    Optional<Schedule> schedule) {

  /** A pipeline whose runs are collected from landed objects. */
  public Pipeline(
      String name,
      LandingSettings landing,
      BatchLimits batch,
      Input input,
      Optional<String> transform,
      CuratedSettings curated,
      ClusterSettings cluster,
      WarehouseSettings warehouse) {
    this(
        name,
        landing,
        batch,
        input,
        transform,
        curated,
        cluster,
        warehouse,
        Optional.empty(),
        Optional.empty());
  }

  /** What its runs fetch themselves. */
  public Optional<String> ingestUrl() {
    return ingest.map(IngestSettings::url);
  }

  /** Whether its batches close by themselves, as objects land. */
  public boolean collectsAsObjectsLand() {
    return ingest.isEmpty() && schedule.isEmpty();
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
   * @param maxRejectedRatio rejected / read above which a run fails, 0 to 1
   */
  public record Input(
      InputFormat format,
      Optional<Boolean> header,
      Optional<String> delimiter,
      Optional<String> quote,
      Optional<String> escape,
      Optional<List<Column>> columns,
      double maxRejectedRatio) {}
}
