package actions;

import contract.JobResult;
import curated.CuratedFiles;
import flow.Action;
import flow.RunRequests;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Consumer;
import pipeline.Pipeline;
import pipeline.Pipelines;
import run.Outcome;
import run.Run;
import run.RunState;
import store.RunStore;
import warehouse.Load;

/** Loads an attempt's output into its pipeline's table. */
@ApplicationScoped
public class LoadTable {

  private final Pipelines pipelines;
  private final RunStore runs;
  private final CuratedFiles files;

  LoadTable(Pipelines pipelines, RunStore runs, CuratedFiles files) {
    this.pipelines = pipelines;
    this.runs = runs;
    this.files = files;
  }

  /**
   * Begins a load; it sends no statement yet. Before the first statement that registers a file, the
   * run is saved as one whose rows may be in the table. From then on it can be neither cancelled
   * nor replayed, and an earlier cancellation stops the load.
   *
   * @param result the job's result file; empty when it is gone
   * @param registering receives that saved run
   * @throws IllegalStateException without a result
   * @throws warehouse.LoadRefusedException if its output has files that the job did not write
   */
  public Load begin(Action.Load action, Optional<JobResult> result, Consumer<Run> registering) {
    JobResult written =
        result.orElseThrow(() -> new IllegalStateException("the result file of the job is gone"));
    Run run = action.open().run();
    Pipeline pipeline = pipelines.named(run.pipeline());
    int attempt = action.attempt().number();
    Load load = RunRequests.load(pipeline, run, attempt, written);
    load.requireOnlyWritten(files.sizes(RunRequests.paths(pipeline, run.id()), attempt));
    load.beforeRegistering(
        () -> {
          if (!run.mayBeInTable()) {
            registering.accept(runs.save(run, run.registering()));
          }
        });
    return load;
  }

  /**
   * Records that the run has succeeded, and what its load has proven.
   *
   * @param action with the last saved run
   * @param load whose statements are all answered
   */
  public void complete(Action.Load action, Load load) {
    Run run = action.open().run();
    runs.loaded(run, run.decide(Outcome.ended(RunState.SUCCEEDED, load.proof())), load.loaded());
  }
}
