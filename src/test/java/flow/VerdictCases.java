package flow;

import static org.assertj.core.api.Assertions.assertThat;

import contract.JobResult;
import java.util.List;
import java.util.Optional;
import pipeline.Pipeline;
import run.Attempt;
import run.ClusterState;
import run.ClusterStatus;
import run.Failure;
import run.StepState;
import testing.Iris;

/** What the tests of the verdict share. */
final class VerdictCases {

  static final ClusterStatus COMPLETED =
      Iris.cluster(ClusterState.TERMINATING, Iris.step(StepState.COMPLETED));

  private VerdictCases() {}

  static Verdict verdict(ClusterStatus cluster, JobResult result) {
    return Verdict.of(
        Iris.launched().seen(cluster),
        Iris.pipeline(),
        List.of(Iris.object("iris/a", 1, Iris.NOON)),
        Optional.of(result));
  }

  static Failure failure(ClusterStatus cluster, JobResult... result) {
    return failureOf(Iris.launched().seen(cluster), result);
  }

  static Failure failureOf(Attempt attempt, JobResult... result) {
    return failureOf(attempt, Iris.pipeline(), result);
  }

  static Failure failureOf(Attempt attempt, Pipeline pipeline, JobResult... result) {
    Verdict verdict =
        Verdict.of(attempt, pipeline, List.of(), List.of(result).stream().findFirst());
    assertThat(verdict).isInstanceOf(Verdict.Bad.class);
    return ((Verdict.Bad) verdict).failure();
  }

  /** The job's word that it failed, and why. */
  static JobResult failed(JobResult.FailureCause cause, String message) {
    JobResult result = Iris.failedResult(cause);
    return new JobResult(
        result.version(),
        result.pipeline(),
        result.run(),
        result.attempt(),
        result.status(),
        Optional.of(new JobResult.JobFailure(cause, message, List.of())),
        result.rows(),
        result.schema(),
        result.partitionBy(),
        result.files(),
        result.details());
  }

  /** The good result of a job that left these out. */
  static JobResult leavingOut(List<JobResult.Skipped> skipped, List<JobResult.Stripped> stripped) {
    JobResult result = Iris.result();
    return new JobResult(
        result.version(),
        result.pipeline(),
        result.run(),
        result.attempt(),
        result.status(),
        result.failure(),
        result.rows(),
        result.schema(),
        result.partitionBy(),
        result.files(),
        new JobResult.Details(
            result.details().rejects(),
            result.details().rejectReasons(),
            result.details().checks(),
            result.details().sqlFiles(),
            skipped,
            stripped));
  }

  static JobResult with(JobResult result, String run, int attempt) {
    return new JobResult(
        result.version(),
        result.pipeline(),
        run,
        attempt,
        result.status(),
        result.failure(),
        result.rows(),
        result.schema(),
        result.partitionBy(),
        result.files(),
        result.details());
  }
}
