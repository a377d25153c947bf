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

/** Loads what an attempt wrote into its pipeline's table. */
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
   * Begins a load, of which no statement is sent yet. Before the first one that registers a file,
   * the run is saved as one whose rows may be in the table: from then on it is neither cancelled
   * nor replayed, and a cancellation that came first stops the load.
   *
   * @param result the job's result file; empty when it is gone
   * @param registering receives the run as it was saved then
   * @throws IllegalStateException without a result
   * @throws warehouse.LoadRefusedException if other files than the job's lie below its output
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
   * Writes down that the run has succeeded, and what its load has proven.
   *
   * @param action with the run as it was saved last
   * @param load of which every statement was answered
   */
  public void complete(Action.Load action, Load load) {
    Run run = action.open().run();
    runs.loaded(run, run.decide(Outcome.ended(RunState.SUCCEEDED, load.proof())), load.loaded());
  }
}
