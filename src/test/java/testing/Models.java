package testing;

import batch.BatchLimits;
import batch.Fetcher;
import cluster.request.ClusterSettings;
import contract.JobDescription.Check;
import contract.JobDescription.Transform;
import curated.CuratedSettings;
import ingest.IngestSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import landing.AfterSuccess;
import landing.KeyFilter;
import landing.KeyOrder;
import landing.LandingSettings;
import landing.LandingSettings.OnOverwrite;
import landing.LandingSettings.OnSameContent;
import pipeline.Pipeline;
import pipeline.Steps;
import warehouse.WarehouseSettings;

/** Pipelines and their settings with what most of them have, so that a test says only its own. */
public final class Models {

  private Models() {}

  /** One whose runs are collected from landed objects, and that the service's job transforms. */
  public static Pipeline pipeline(
      String name,
      LandingSettings landing,
      BatchLimits batch,
      Pipeline.Input input,
      Optional<Transform> transform,
      List<Check> checks,
      CuratedSettings curated,
      ClusterSettings cluster,
      WarehouseSettings warehouse) {
    return new Pipeline(
        name,
        landing,
        batch,
        input,
        transform,
        checks,
        curated,
        cluster,
        warehouse,
        Optional.empty(),
        Optional.empty(),
        Steps.NONE);
  }

  /** One like it with steps of the user's own. */
  public static Pipeline with(Steps own, Pipeline one) {
    return new Pipeline(
        one.name(),
        one.landing(),
        one.batch(),
        one.input(),
        one.transform(),
        one.checks(),
        one.curated(),
        one.cluster(),
        one.warehouse(),
        one.ingest(),
        one.schedule(),
        own);
  }

  /** Where objects stay where they landed, in any order, and later versions are loaded too. */
  public static LandingSettings landing(
      String bucket, String prefix, Optional<Duration> poll, boolean acceptUnknownRuns) {
    return new LandingSettings(
        bucket,
        prefix,
        KeyFilter.ALL,
        poll,
        acceptUnknownRuns,
        AfterSuccess.KEEP,
        Optional.empty(),
        KeyOrder.ANY,
        OnOverwrite.LOAD_AGAIN,
        OnSameContent.LOAD_AGAIN,
        Optional.empty());
  }

  /** Where all keys are wanted, and no contents compared. */
  public static LandingSettings landing(
      String bucket,
      String prefix,
      Duration poll,
      boolean acceptUnknownRuns,
      AfterSuccess afterSuccess,
      Optional<String> archivePrefix,
      KeyOrder order,
      OnOverwrite onOverwrite,
      Optional<Instant> since) {
    return new LandingSettings(
        bucket,
        prefix,
        KeyFilter.ALL,
        Optional.of(poll),
        acceptUnknownRuns,
        afterSuccess,
        archivePrefix,
        order,
        onOverwrite,
        OnSameContent.LOAD_AGAIN,
        since);
  }

  /** What a cluster fetches, whatever it is. */
  public static IngestSettings ingest(String url, String name, long maxBytes) {
    return new IngestSettings(url, name, maxBytes, Fetcher.CLUSTER, Optional.empty());
  }
}
