package actions;

import curated.RunFolders;
import inflight.InFlight;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import pipeline.Pipeline;
import run.RunId;
import store.RunStore;

/**
 * Before the service takes the first object of a pipeline, checks that S3 has no run that the run
 * store does not know. With a store that was lost or restored from a backup, the service would load
 * again what is already in the table.
 */
@ApplicationScoped
public class CheckStore {

  private static final int NAMED = 3;

  private final RunFolders folders;
  private final RunStore runs;
  private final InFlight inFlight;

  CheckStore(RunFolders folders, RunStore runs, InFlight inFlight) {
    this.folders = folders;
    this.runs = runs;
    this.inFlight = inFlight;
  }

  /**
   * Checks each pipeline once.
   *
   * @throws IllegalStateException if S3 remembers runs that the store does not know
   */
  public void check(Pipeline pipeline) {
    if (inFlight.mayCollect(pipeline.name())) {
      return;
    }
    Set<RunId> known = runs.ids(pipeline.name());
    List<RunId> unknown =
        folders
            .runs(pipeline.name(), pipeline.curated())
            .filter(run -> !known.contains(run))
            .limit(NAMED)
            .toList();
    if (!unknown.isEmpty() && !pipeline.landing().acceptUnknownRuns()) {
      throw new IllegalStateException(
          "s3://%s/_work/%s/ has runs that the run store does not know (%s, …): the store was lost, or an older one restored, or another service writes there, and what has landed may be in the table already. Restore the right store (service.store), or set pipelines.%s.landing.accept-unknown-runs=true to take every object of the landing prefix that this store does not know"
              .formatted(pipeline.curated().bucket(), pipeline.name(), unknown, pipeline.name()));
    }
    inFlight.collectFrom(pipeline.name());
  }
}
