package flow;

import static flow.VerdictCases.COMPLETED;
import static flow.VerdictCases.failure;
import static flow.VerdictCases.leavingOut;
import static flow.VerdictCases.verdict;
import static flow.VerdictCases.with;
import static org.assertj.core.api.Assertions.assertThat;

import contract.Column;
import contract.JobResult;
import contract.JobResult.FailureCause;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pipeline.Pipeline;
import run.Attempt;
import run.ClusterState;
import run.ClusterStatus;
import run.Failure;
import run.FailureKind;
import run.LeftOut;
import run.Outcome;
import run.RunState;
import run.StepState;
import testing.Iris;

/** What the steps left behind, beside what EMR says of them. */
class VerdictOnResultsTest {

  @Test
  void completed_steps_with_their_result_are_good() {
    assertThat(verdict(COMPLETED, Iris.result())).isEqualTo(new Verdict.Good(Iris.result()));
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
  void the_first_of_what_the_job_left_out_is_reported_with_how_many_there_are() {
    JobResult result =
        leavingOut(
            IntStream.range(0, 25)
                .mapToObj(i -> new JobResult.Skipped("s3://landing/_" + i, "it has no bytes"))
                .toList(),
            List.of(new JobResult.Stripped("a repeated header", 2, "s3://landing/a")));

    LeftOut leftOut = leftOut(result).orElseThrow();

    assertThat(leftOut.skippedObjects()).isEqualTo(25);
    assertThat(leftOut.skipped())
        .hasSize(20)
        .startsWith(new JobResult.Skipped("s3://landing/_0", "it has no bytes"));
    assertThat(leftOut.toldSkipped())
        .startsWith("s3://landing/_0, since it has no bytes; ")
        .endsWith("s3://landing/_2, since it has no bytes; and 22 more objects");
    assertThat(leftOut.toldStripped()).isEqualTo("a repeated header (2, first in s3://landing/a)");
  }

  @Test
  void where_nothing_was_left_out_or_by_another_attempt_nothing_is_reported() {
    JobResult result = leavingOut(List.of(new JobResult.Skipped("s3://a", "x")), List.of());

    assertThat(leftOut(Iris.result())).isEmpty();
    assertThat(leftOut(with(result, Iris.RUN.value(), 2))).isEmpty();
  }

  private static Optional<LeftOut> leftOut(JobResult result) {
    return Verdict.findings(Iris.launched(), Iris.pipeline(), Optional.of(result)).leftOut();
  }

  @Test
  void the_failure_of_another_run_is_not_believed_either() {
    JobResult foreign = with(Iris.failedResult(FailureCause.DATA), "r-20261122T120000-0000ff", 1);
    ClusterStatus failed =
        Iris.cluster(ClusterState.TERMINATING, "STEP_FAILURE", "", Iris.step(StepState.FAILED));

    assertThat(failure(failed, foreign).kind()).isEqualTo(FailureKind.INTERNAL);
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
            "Correct pipelines.iris.transform.* and replay the run (POST /api/runs/%s/replay)"
                .formatted(Iris.RUN));
  }

  @Test
  void what_neither_the_pipeline_nor_its_input_did_gets_another_cluster() {
    Failure internal = failure(COMPLETED, Iris.failedResult(FailureCause.INTERNAL));
    Failure instance = failure(COMPLETED, Iris.failedResult(FailureCause.INSTANCE));

    assertThat(internal.kind()).isEqualTo(FailureKind.INTERNAL);
    assertThat(internal.remedy()).startsWith("Read s3://").doesNotContain("transform");
    assertThat(instance.kind()).isEqualTo(FailureKind.INSTANCE);
    assertThat(instance.remedy()).contains("pipelines.iris.cluster.ladder.*");
    assertThat(internal.kind().deservesAnotherCluster()).isTrue();
  }

  @Test
  void no_remedy_names_a_transform_that_does_not_exist() {
    Verdict.Bad bad =
        (Verdict.Bad)
            Verdict.of(
                Iris.launched().seen(COMPLETED),
                Iris.withoutTransform(),
                List.of(),
                Optional.of(Iris.failedResult(FailureCause.USER_CODE)));

    assertThat(bad.failure().remedy()).startsWith("Correct pipelines.iris.input.* and replay");
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

    assertThat(failure(failed, Iris.result()).kind()).isEqualTo(FailureKind.INTERNAL);
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

  @Test
  void steps_of_the_user_s_own_are_named_as_what_to_correct_and_as_what_wrote_nothing() {
    Pipeline own = Iris.ownSteps();
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

    assertThat(bad.failure().remedy()).startsWith("Correct pipelines.iris.steps.* and replay");
    assertThat(nothing.outcome().message())
        .isEqualTo("Nothing to load: the steps wrote no rows of s3://landing/iris/a");
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
            JobResult.Details.NONE);

    assertThat(failure(COMPLETED, taken).message()).contains("have a column RUN_ID");
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
        JobResult.Details.NONE);
  }
}
