package flow;

import static org.assertj.core.api.Assertions.assertThat;

import cluster.OwnStep;
import contract.Column;
import contract.JobDescription;
import contract.JobResult;
import contract.JobResult.FailureCause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import pipeline.Pipeline;
import pipeline.Steps;
import run.Attempt;
import run.CheckOutcome;
import run.CheckSeverity;
import run.ClusterState;
import run.ClusterStatus;
import run.Failure;
import run.FailureKind;
import run.Outcome;
import run.RunState;
import run.StepState;
import run.StepStatus;
import testing.Iris;

class VerdictTest {

  private static final ClusterStatus COMPLETED =
      Iris.cluster(ClusterState.TERMINATING, Iris.step(StepState.COMPLETED));

  @Test
  void completed_steps_with_their_result_are_good() {
    assertThat(verdict(COMPLETED, Iris.result())).isEqualTo(new Verdict.Good(Iris.result()));
  }

  @Test
  void good_steps_stay_good_when_the_cluster_ends_with_errors_afterwards() {
    ClusterStatus cluster =
        Iris.cluster(
            ClusterState.TERMINATED_WITH_ERRORS,
            "INTERNAL_ERROR",
            "lost a node",
            Iris.step(StepState.COMPLETED));

    assertThat(verdict(cluster, Iris.result())).isInstanceOf(Verdict.Good.class);
  }

  @Test
  void a_cluster_that_is_plainly_terminated_with_a_failed_step_failed() {
    Failure failure = failure(Iris.cluster(ClusterState.TERMINATED, Iris.step(StepState.FAILED)));

    assertThat(failure.kind()).isEqualTo(FailureKind.USER_CODE);
    assertThat(failure.message())
        .isEqualTo("Cluster j-2AXXXXXXGAPLF ended as TERMINATED; step s-1 failed");
    assertThat(failure.remedy())
        .isEqualTo(
            "Look at s3://curated/_work/logs/j-2AXXXXXXGAPLF/steps/s-1/ and mend what fails there; then retry the run (POST /api/runs/%s/retry)"
                .formatted(Iris.RUN));
  }

  @Test
  void completed_steps_without_a_result_are_no_success() {
    Failure failure = failure(COMPLETED);

    assertThat(failure.kind()).isEqualTo(FailureKind.INTERNAL);
    assertThat(failure.message())
        .isEqualTo(
            "All steps of cluster j-2AXXXXXXGAPLF are COMPLETED and there is no result file");
  }

  @Test
  void the_result_of_another_run_or_attempt_is_not_believed() {
    JobResult otherRun = with(Iris.result(), "r-20261122T120000-0000ff", 1);
    JobResult otherAttempt = with(Iris.result(), Iris.RUN.value(), 2);

    assertThat(failure(COMPLETED, otherRun).message())
        .isEqualTo("The result file is of run r-20261122T120000-0000ff, attempt 1");
    assertThat(failure(COMPLETED, otherAttempt).kind()).isEqualTo(FailureKind.INTERNAL);
  }

  @Test
  void the_failure_of_another_run_is_not_believed_either() {
    JobResult foreign = with(Iris.failedResult(FailureCause.DATA), "r-20261122T120000-0000ff", 1);
    ClusterStatus failed =
        Iris.cluster(ClusterState.TERMINATING, "STEP_FAILURE", "", Iris.step(StepState.FAILED));

    assertThat(failure(failed, foreign).kind()).isEqualTo(FailureKind.USER_CODE);
  }

  @Test
  void the_jobs_own_words_go_before_those_of_the_cluster() {
    ClusterStatus failed =
        Iris.cluster(
            ClusterState.TERMINATING, "STEP_FAILURE", "exit 1", Iris.step(StepState.FAILED));

    Failure data =
        failure(failed, Iris.failedResult(FailureCause.DATA, "s3://landing/a", "s3://landing/b"));
    Failure code = failure(failed, Iris.failedResult(FailureCause.USER_CODE));

    assertThat(data.kind()).isEqualTo(FailureKind.DATA);
    assertThat(data.message()).isEqualTo("80 of 150 rows (s3://landing/a, s3://landing/b)");
    assertThat(code.kind()).isEqualTo(FailureKind.USER_CODE);
    assertThat(code.message()).isEqualTo("80 of 150 rows");
    assertThat(code.remedy())
        .isEqualTo(
            "Mend pipelines.iris.transform.* and replay the run (POST /api/runs/%s/replay)"
                .formatted(Iris.RUN));
  }

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
            "Mend the rows in pipelines.iris.transform.* or what is asked of them in pipelines.iris.checks.unique-ids and replay the run (POST /api/runs/%s/replay), or land mended objects"
                .formatted(Iris.RUN));
  }

  @Test
  void rejected_rows_are_no_checks_fault_although_one_warned() {
    JobResult warned =
        withChecks(
            Iris.failedResult(FailureCause.DATA),
            new JobResult.Checked("old", JobDescription.Severity.WARN, 1, List.of()));

    assertThat(failure(COMPLETED, warned).remedy()).startsWith("Mend pipelines.iris.input.* and ");
  }

  @Test
  void what_the_checks_of_another_attempt_found_is_not_believed() {
    JobResult warned =
        withChecks(
            Iris.result(),
            new JobResult.Checked("old", JobDescription.Severity.WARN, 1, List.of("{}")));

    assertThat(Verdict.checks(Iris.launched(), Optional.of(warned)))
        .containsExactly(new CheckOutcome("old", CheckSeverity.WARN, 1, List.of("{}")));
    assertThat(Verdict.checks(Iris.launched(), Optional.of(with(warned, warned.run(), 2))))
        .isEmpty();
    assertThat(Verdict.checks(Iris.launched(), Optional.empty())).isEmpty();
  }

  @Test
  void steps_of_the_user_s_own_are_what_is_to_be_mended_and_what_wrote_nothing() {
    Pipeline own =
        Iris.pipeline()
            .with(
                new Steps(
                    List.of(
                        new OwnStep.Program("a.py", "s3://c/a.py", Optional.empty(), List.of())),
                    List.of()));
    Attempt completed = Iris.launched().seen(COMPLETED);

    Verdict.Bad bad =
        (Verdict.Bad)
            Verdict.of(
                completed, own, List.of(), Optional.of(Iris.failedResult(FailureCause.USER_CODE)));
    Verdict.Nothing nothing =
        (Verdict.Nothing)
            Verdict.of(
                completed,
                own,
                List.of(Iris.object("iris/a", 1, Iris.NOON)),
                Optional.of(nothingWritten()));

    assertThat(bad.failure().remedy()).startsWith("Mend pipelines.iris.steps.* and replay");
    assertThat(nothing.outcome().message())
        .isEqualTo("Nothing to load: the steps wrote no rows of s3://landing/iris/a");
  }

  @Test
  void a_job_that_says_it_failed_failed_although_its_step_is_completed() {
    assertThat(failure(COMPLETED, Iris.failedResult(FailureCause.DATA)).kind())
        .isEqualTo(FailureKind.DATA);
  }

  @Test
  void a_failed_step_is_not_saved_by_a_good_result() {
    ClusterStatus failed =
        Iris.cluster(ClusterState.TERMINATING, "STEP_FAILURE", "", Iris.step(StepState.FAILED));

    assertThat(failure(failed, Iris.result()).kind()).isEqualTo(FailureKind.USER_CODE);
  }

  @Test
  void no_row_written_is_no_data() {
    JobResult nothing = nothingWritten();

    assertThat(verdict(COMPLETED, nothing))
        .isEqualTo(
            new Verdict.Nothing(
                Outcome.ended(
                    RunState.NO_DATA,
                    "Nothing to load: the job read 7 rows of s3://landing/iris/a and wrote none"),
                nothing));
  }

  @ParameterizedTest
  @CsvSource({
    "BOOTSTRAP_FAILURE, On the master instance bootstrap action 1 returned a non-zero return code, BOOTSTRAP",
    "INSTANCE_FAILURE, The master node was terminated, INSTANCE",
    "INSTANCE_FLEET_TIMEOUT, Timed out, CAPACITY",
    "VALIDATION_ERROR, The requested instance type has insufficient capacity, CAPACITY",
    "VALIDATION_ERROR, 'Not enough EC2 capacity: InsufficientInstanceCapacity', CAPACITY",
    "VALIDATION_ERROR, The subnet does not exist, VALIDATION",
    "USER_REQUEST, Terminated by user request, CANCELLED",
    "INTERNAL_ERROR, Failed to start, INTERNAL",
    "STEP_FAILURE, Shut down as step failed, USER_CODE",
    "SOMETHING_NEW, What EMR will say one day, INTERNAL",
    "'', '', INTERNAL"
  })
  void each_reason_of_a_cluster_without_a_failed_step_has_its_kind(
      String code, String reason, FailureKind kind) {
    ClusterStatus cluster =
        Iris.cluster(
            ClusterState.TERMINATED_WITH_ERRORS, code, reason, Iris.step(StepState.CANCELLED));

    Failure failure = failure(cluster);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.message()).contains(code, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "STEP_FAILURE, USER_CODE",
    "USER_REQUEST, USER_CODE",
    "'', USER_CODE",
    "INSTANCE_FAILURE, INSTANCE",
    "BOOTSTRAP_FAILURE, BOOTSTRAP"
  })
  void each_reason_of_a_cluster_with_a_failed_step_has_its_kind(String code, FailureKind kind) {
    ClusterStatus cluster =
        Iris.cluster(ClusterState.TERMINATED_WITH_ERRORS, code, "", Iris.step(StepState.FAILED));

    assertThat(failure(cluster).kind()).isEqualTo(kind);
  }

  @Test
  void a_step_that_met_its_deadline_is_a_timeout() {
    Duration deadline = Iris.pipeline().cluster().stepDeadline();

    Failure late = failure(failedAfter(deadline));

    assertThat(late.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(late.message()).endsWith("it met pipelines.iris.cluster.step-deadline");
    assertThat(failure(failedAfter(deadline.minusMillis(1))).kind())
        .isEqualTo(FailureKind.USER_CODE);
  }

  @Test
  void a_cluster_that_was_told_to_end_for_its_age_met_that_deadline() {
    ClusterStatus told =
        Iris.cluster(ClusterState.TERMINATING, "USER_REQUEST", "", Iris.step(StepState.CANCELLED));
    ClusterStatus goneBefore =
        new ClusterStatus(
            ClusterState.TERMINATED,
            "USER_REQUEST",
            "",
            Optional.empty(),
            Optional.of(Iris.NOON.minusSeconds(1)),
            told.steps());

    assertThat(failureOf(Iris.launched().endAsked(Iris.NOON).seen(told)))
        .satisfies(
            late -> {
              assertThat(late.kind()).isEqualTo(FailureKind.TIMEOUT);
              assertThat(late.message()).endsWith("; it met pipelines.iris.cluster.max-age");
            });
    assertThat(failureOf(Iris.launched().endAsked(Iris.NOON).seen(goneBefore)).kind())
        .isEqualTo(FailureKind.CANCELLED);
  }

  @ParameterizedTest
  @EnumSource(value = StepState.class, names = "COMPLETED", mode = EnumSource.Mode.EXCLUDE)
  void only_completed_steps_are_good(StepState state) {
    ClusterStatus cluster = Iris.cluster(ClusterState.TERMINATED, Iris.step(state));

    assertThat(Verdict.allCompleted(cluster)).isFalse();
    assertThat(verdict(cluster, Iris.result())).isInstanceOf(Verdict.Bad.class);
  }

  @Test
  void a_cluster_without_steps_is_not_good() {
    assertThat(Verdict.allCompleted(Iris.cluster(ClusterState.TERMINATED))).isFalse();
  }

  @Test
  void one_failed_step_of_two_is_named() {
    StepStatus second =
        new StepStatus(
            "s-2", "second", StepState.FAILED, "exit 3", Optional.empty(), Optional.empty());
    ClusterStatus cluster =
        Iris.cluster(ClusterState.TERMINATED, Iris.step(StepState.COMPLETED), second);

    assertThat(failure(cluster).message()).endsWith("; step s-2 failed (exit 3)");
  }

  @Test
  void a_column_of_the_name_that_the_table_has_for_the_run_is_refused() {
    JobResult taken =
        new JobResult(
            1,
            "iris",
            Iris.RUN.value(),
            1,
            JobResult.Status.SUCCEEDED,
            Optional.empty(),
            new JobResult.Rows(1, 1, 0),
            List.of(new Column("RUN_ID", "string")),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    assertThat(failure(COMPLETED, taken).message()).contains("have a column RUN_ID");
  }

  private static ClusterStatus failedAfter(Duration ran) {
    return Iris.cluster(
        ClusterState.TERMINATING, "STEP_FAILURE", "", Iris.step(StepState.FAILED, ran));
  }

  private static Verdict verdict(ClusterStatus cluster, JobResult result) {
    return Verdict.of(
        Iris.launched().seen(cluster),
        Iris.pipeline(),
        List.of(Iris.object("iris/a", 1, Iris.NOON)),
        Optional.of(result));
  }

  private static Failure failure(ClusterStatus cluster, JobResult... result) {
    return failureOf(Iris.launched().seen(cluster), result);
  }

  private static Failure failureOf(Attempt attempt, JobResult... result) {
    Verdict verdict =
        Verdict.of(attempt, Iris.pipeline(), List.of(), List.of(result).stream().findFirst());
    assertThat(verdict).isInstanceOf(Verdict.Bad.class);
    return ((Verdict.Bad) verdict).failure();
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
        result.rejects(),
        List.of(checks),
        result.sqlFiles());
  }

  private static JobResult with(JobResult result, String run, int attempt) {
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
        result.rejects(),
        result.checks(),
        result.sqlFiles());
  }

  private static JobResult nothingWritten() {
    return new JobResult(
        1,
        "iris",
        Iris.RUN.value(),
        1,
        JobResult.Status.SUCCEEDED,
        Optional.empty(),
        new JobResult.Rows(7, 0, 7),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
