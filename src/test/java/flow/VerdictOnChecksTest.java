package flow;

import static flow.VerdictCases.COMPLETED;
import static flow.VerdictCases.failure;
import static flow.VerdictCases.with;
import static org.assertj.core.api.Assertions.assertThat;

import contract.JobDescription;
import contract.JobResult;
import contract.JobResult.FailureCause;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import run.Failure;
import run.FailureKind;
import run.Findings;
import testing.Iris;

/** What the checks found. */
class VerdictOnChecksTest {

  @Test
  void a_check_that_forbade_the_load_is_named_in_the_remedy_and_one_that_only_warns_is_not() {
    JobResult checked =
        withChecks(
            Iris.failedResult(FailureCause.DATA),
            new JobResult.Checked(
                "unique-ids", JobDescription.Severity.FAIL, 2, List.of("{\"ID\":7}")),
            new JobResult.Checked("held", JobDescription.Severity.FAIL, 0, List.of()),
            new JobResult.Checked("old", JobDescription.Severity.WARN, 1, List.of()));

    Failure failure = failure(COMPLETED, checked);

    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure.remedy())
        .isEqualTo(
            "Correct the rows in pipelines.iris.transform.* or the query in pipelines.iris.checks.unique-ids and replay the run (POST /api/runs/%s/replay), or overwrite the objects at fault in s3://landing/iris/, which each run reads whole"
                .formatted(Iris.RUN));
  }

  @Test
  void rejected_rows_are_no_checks_fault_although_one_warned() {
    JobResult warned =
        withChecks(
            Iris.failedResult(FailureCause.DATA),
            new JobResult.Checked("old", JobDescription.Severity.WARN, 1, List.of()));

    assertThat(failure(COMPLETED, warned).remedy())
        .startsWith(
            "Overwrite or delete the objects at fault, or correct pipelines.iris.input.*: ");
  }

  @Test
  void what_the_checks_of_another_attempt_found_is_not_believed() {
    JobResult warned =
        withChecks(
            Iris.result(),
            new JobResult.Checked("old", JobDescription.Severity.WARN, 1, List.of("{}")));

    assertThat(findings(Optional.of(warned)).checks())
        .containsExactly(
            new JobResult.Checked("old", JobDescription.Severity.WARN, 1, List.of("{}")));
    assertThat(findings(Optional.of(with(warned, warned.run(), 2)))).isEqualTo(Findings.NONE);
    assertThat(findings(Optional.empty())).isEqualTo(Findings.NONE);
  }

  private static Findings findings(Optional<JobResult> result) {
    return Verdict.findings(Iris.launched(), Iris.pipeline(), result);
  }

  private static JobResult withChecks(JobResult result, JobResult.Checked... checks) {
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
            List.of(checks),
            result.details().sqlFiles(),
            result.details().skipped(),
            result.details().stripped()));
  }
}
