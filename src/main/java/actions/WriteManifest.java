package actions;

import batch.LandedObject;
import contract.ContractJson;
import contract.Manifest;
import curated.RunPaths;
import flow.Action;
import flow.RunRequests;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import landing.LandingListing;
import pipeline.Pipeline;
import pipeline.Pipelines;
import run.Run;
import run.RunState;
import staging.ObjectToPut;
import store.LandedObjects;
import store.RunStore;

/**
 * COLLECTED to QUEUED: writes to S3 which objects the run reads. If the table shows the latest run
 * only, these are all objects in the landing prefix now. A run for which an object was fetched
 * reads only that object.
 */
@ApplicationScoped
public class WriteManifest {

  private final Pipelines pipelines;
  private final LandedObjects objects;
  private final LandingListing listing;
  private final RunStore runs;
  private final Clock clock;

  WriteManifest(
      Pipelines pipelines,
      LandedObjects objects,
      LandingListing listing,
      RunStore runs,
      Clock clock) {
    this.pipelines = pipelines;
    this.objects = objects;
    this.listing = listing;
    this.runs = runs;
    this.clock = clock;
  }

  /** The manifest as the run's cluster will read it. */
  public ObjectToPut manifest(Action.WriteManifest action) {
    Run run = action.open().run();
    Pipeline pipeline = pipelines.named(run.pipeline());
    RunPaths paths = RunRequests.paths(pipeline, run.id());
    Manifest manifest = RunRequests.manifest(run, read(pipeline, run));
    return new ObjectToPut(
        paths.settings().bucket(),
        paths.manifestKey(),
        ContractJson.write(manifest).getBytes(StandardCharsets.UTF_8));
  }

  /** The manifest is in S3: the run waits for its cluster. */
  public void queued(Action.WriteManifest action) {
    Run run = action.open().run();
    runs.save(run, run.moveTo(RunState.QUEUED, clock.instant()));
  }

  private List<LandedObject> read(Pipeline pipeline, Run run) {
    if (run.origin().start().isPresent()) {
      return objects.of(run.id());
    }
    return switch (pipeline.warehouse().mode()) {
      case APPEND -> objects.of(run.id());
      case REPLACE ->
          listing
              .all(pipeline.name(), pipeline.landing())
              .filter(object -> !pipeline.batch().grouping().isMarker(object.key()))
              .filter(object -> pipeline.unread(object).isEmpty())
              .toList();
    };
  }
}
