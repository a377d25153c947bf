package flow;

import contract.JobResult;
import java.util.List;
import java.util.Optional;
import pipeline.Pipeline;
import run.Attempt;
import run.Failure;
import run.FailureKind;

/** The verdict on an attempt whose steps left a file that the service cannot use. */
public final class Unusable {

  private Unusable() {}

  /**
   * The verdict if the result file cannot be used. If the cluster's steps failed, their failure
   * says more than such a file and takes precedence.
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
   * The verdict if the manifest of the step ingest cannot be used: without it the loaded object is
   * unknown. No other cluster is tried, because it would most likely do the same.
   *
   * @param verdict the verdict on everything else; if that is a failure, it takes precedence
   * @param result the job's result
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
