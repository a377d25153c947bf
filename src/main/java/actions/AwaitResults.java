package actions;

import curated.RunPaths;
import flow.RunRequests;
import inflight.InFlight;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import pipeline.Pipeline;
import pipeline.Pipelines;
import run.Attempt;
import run.OpenRun;
import store.RunStore;

/**
 * Awaits the result files of jobs that should end soon. One that is there brings the question to
 * EMR forward, whether the step has ended; it decides nothing.
 */
@ApplicationScoped
public class AwaitResults {

  private final InFlight inFlight;
  private final RunStore runs;
  private final Pipelines pipelines;
  private final Clock clock;

  AwaitResults(InFlight inFlight, RunStore runs, Pipelines pipelines, Clock clock) {
    this.inFlight = inFlight;
    this.runs = runs;
    this.pipelines = pipelines;
    this.clock = clock;
  }

  /**
   * An attempt whose result may be there.
   *
   * @param attempt which
   * @param address where its result will be
   */
  public record Expected(Attempt.Intent attempt, ReadWritten.Address address) {}

  /** Those that S3 is to be asked for now. Steps of the user's own need not leave a result. */
  public List<Expected> due() {
    return inFlight.expectedResults().due(clock.instant()).stream()
        .flatMap(attempt -> expected(attempt).stream())
        .toList();
  }

  private Optional<Expected> expected(Attempt.Intent attempt) {
    return runs.find(attempt.run())
        .map(OpenRun::run)
        .flatMap(run -> pipelines.find(run.pipeline()))
        .filter(pipeline -> !pipeline.steps().areOwn())
        .map(pipeline -> new Expected(attempt, address(pipeline, attempt)));
  }

  private static ReadWritten.Address address(Pipeline pipeline, Attempt.Intent attempt) {
    RunPaths paths = RunRequests.paths(pipeline, attempt.run());
    return new ReadWritten.Address(paths.settings().bucket(), paths.resultKey(attempt.number()));
  }

  /** The attempt's result is there. */
  public void isThere(Expected expected) {
    inFlight.expectedResults().written(expected.attempt(), clock.instant());
  }
}
