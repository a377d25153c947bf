package flow;

import contract.JobResult;
import java.util.List;
import java.util.Optional;
import pipeline.Pipeline;
import run.Attempt;
import run.Failure;
import run.FailureKind;

/** What an attempt comes to whose steps left a file that the service cannot use. */
public final class Unusable {

  private Unusable() {}

  /**
   * The verdict where that is the result file. A cluster whose steps failed says more than such a
   * file, so its own words count then.
   *
   * @param problem names the file
   */
  public static Verdict result(Attempt attempt, Pipeline pipeline, String problem) {
    if (!attempt.cluster().orElseThrow().stepsCompleted()) {
      return Verdict.of(attempt, pipeline, List.of(), Optional.empty());
    }
    return new Verdict.Bad(
        pipeline.steps().areOwn()
            ? new Failure(
                FailureKind.USER_CODE,
                problem,
                "Let pipelines.%s.steps.* write a result file as docs/contract.md has it, or none, and %s"
                    .formatted(pipeline.name(), Remedy.replay(attempt.run())))
            : new Failure(
                FailureKind.INTERNAL,
                problem,
                "Something else writes into this run's folder; find out what"),
        Optional.empty());
  }

  /**
   * The verdict where that is the manifest of the step ingest: without it nobody knows what was
   * loaded. No other cluster is tried, because it would most likely do the same.
   *
   * @param verdict on all else; one that is bad already says more
   * @param result the job's own words
   * @param problem names the file
   */
  public static Verdict manifest(
      Attempt attempt, Verdict verdict, Optional<JobResult> result, String problem) {
    return verdict instanceof Verdict.Bad
        ? verdict
        : new Verdict.Bad(
            new Failure(FailureKind.USER_CODE, problem, Remedy.ofIngestedManifest(attempt)),
            result);
  }
}
