package flow;

import static flow.VerdictCases.failure;
import static flow.VerdictCases.failureOf;
import static flow.VerdictCases.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import contract.JobResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import pipeline.Pipeline;
import run.Attempt;
import run.ClusterState;
import run.ClusterStatus;
import run.Failure;
import run.FailureKind;
import run.StepState;
import run.StepStatus;
import testing.Iris;

/** What EMR says of a cluster and its steps. */
class VerdictOnClustersTest {

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

    assertThat(failure.message())
        .isEqualTo("Cluster j-2AXXXXXXGAPLF ended as TERMINATED; step s-1 failed");
    assertThat(failure.remedy())
        .isEqualTo(
            "Read s3://curated/_work/logs/j-2AXXXXXXGAPLF/steps/ for earlier messages;"
                + " if the job lacks memory or disk, give the pipeline larger machines (pipelines.iris.cluster.*)");
  }

  @Test
  void the_services_job_that_left_no_result_is_no_users_code_and_gets_another_cluster() {
    ClusterStatus cluster =
        Iris.cluster(ClusterState.TERMINATING, "STEP_FAILURE", "", Iris.step(StepState.FAILED));

    FailureKind unknown = failure(cluster).kind();
    Failure found =
        failureOf(
            Iris.launched()
                .seen(cluster)
                .explained(List.of("Caused by: java.net.URISyntaxException: Relative path")));

    assertThat(unknown).isEqualTo(FailureKind.INTERNAL);
    assertThat(unknown.deservesAnotherCluster()).isTrue();
    assertThat(found.kind()).isEqualTo(FailureKind.INTERNAL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Exception in thread \"main\" java.lang.IllegalStateException: no such customer|USER_CODE",
        "Exception in thread \"main\" java.io.IOException: No space left on device|USER_CODE",
        "spark-submit failed by itself, outside the code that it was to run|INTERNAL",
        "Application application_1 failed 2 times due to AM Container for appattempt_1_000002 exited with  exitCode: -1000|INTERNAL",
        "Application application_1 failed 2 times due to AM Container for appattempt_1_000002 exited with  exitCode: 137|USER_CODE",
        "Error: Could not find or load main class org.apache.spark.deploy.yarn.ApplicationMaster|INTERNAL",
        "Error: Could not find or load main class com.acme.Tool|USER_CODE",
        "Error: Failed to load class com.acme.Absent.|VALIDATION",
        "Job aborted: ExecutorLostFailure, Container released on a *lost* node|INSTANCE"
      })
  void a_step_of_the_users_own_is_user_code_unless_its_log_shows_that_none_of_it_ran(
      String line, FailureKind kind) {
    Attempt attempt = failedStep().explained(List.of(line));

    assertThat(failureOf(attempt, Iris.ownSteps()).kind()).isEqualTo(kind);
  }

  @Test
  void a_step_of_the_users_own_whose_log_never_came_is_his_code() {
    assertThat(failureOf(failedStep(), Iris.ownSteps()).kind()).isEqualTo(FailureKind.USER_CODE);
  }

  @Test
  void what_spark_submit_could_not_load_is_corrected_where_the_step_names_it() {
    Attempt attempt =
        failedStep().explained(List.of("Error: Failed to load class com.acme.Absent."));

    assertThat(failureOf(attempt, Iris.ownSteps()).remedy())
        .startsWith("Correct what spark-submit could not fetch or load of pipelines.iris.steps.*")
        .endsWith("; then retry the run (POST /api/runs/%s/retry)".formatted(Iris.RUN));
  }

  @Test
  void the_step_ingest_that_failed_gets_no_other_cluster_by_itself() {
    StepStatus ingest =
        new StepStatus("s-1", "ingest", StepState.FAILED, "", Optional.empty(), Optional.empty());

    assertThat(failure(Iris.cluster(ClusterState.TERMINATING, ingest)).kind())
        .isEqualTo(FailureKind.USER_CODE);
  }

  @ParameterizedTest
  @CsvSource({
    "BOOTSTRAP_FAILURE, On the master instance bootstrap action 1 returned a non-zero return code, BOOTSTRAP",
    "INSTANCE_FAILURE, The master node was terminated, INSTANCE",
    "INSTANCE_FLEET_TIMEOUT, Timed out, CAPACITY",
    "VALIDATION_ERROR, The requested instance type has insufficient capacity, CAPACITY",
    "VALIDATION_ERROR, 'Not enough EC2 capacity: InsufficientInstanceCapacity', CAPACITY",
    "VALIDATION_ERROR, 'The requested instance type c1.medium is not supported in the requested availability zone.', CAPACITY",
    "VALIDATION_ERROR, Your requested instance type (p3.2xlarge) is not supported in your requested Availability Zone (eu-central-1c)., CAPACITY",
    "VALIDATION_ERROR, There are not enough free addresses in subnet 'subnet-1' to satisfy the requested number of instances., CAPACITY",
    "VALIDATION_ERROR, Max spot instance count exceeded, CAPACITY",
    "VALIDATION_ERROR, 'MaxSpotInstanceCountExceeded', CAPACITY",
    "VALIDATION_ERROR, Your Spot request price of 0.02 is lower than the minimum required Spot request fulfillment price of 0.0375., CAPACITY",
    "VALIDATION_ERROR, The subnet does not exist, VALIDATION",
    "VALIDATION_ERROR, The instance profile is not supported here, VALIDATION",
    "USER_REQUEST, Terminated by user request, CANCELLED",
    "INTERNAL_ERROR, Failed to start, INTERNAL",
    "STEP_FAILURE, Shut down as step failed, INTERNAL",
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
    "STEP_FAILURE, INTERNAL",
    "USER_REQUEST, INTERNAL",
    "'', INTERNAL",
    "INSTANCE_FAILURE, INSTANCE",
    "BOOTSTRAP_FAILURE, BOOTSTRAP"
  })
  void each_reason_of_a_cluster_with_a_failed_step_has_its_kind(String code, FailureKind kind) {
    ClusterStatus cluster =
        Iris.cluster(ClusterState.TERMINATED_WITH_ERRORS, code, "", Iris.step(StepState.FAILED));

    assertThat(failure(cluster).kind()).isEqualTo(kind);
  }

  @Test
  void a_step_whose_nodes_were_lost_says_so_in_its_message_or_in_its_log_and_is_no_users_fault() {
    String lost =
        "Job aborted due to stage failure: ExecutorLostFailure (executor 7 exited unrelated to the running tasks)"
            + " Reason: Container marked as failed. Exit status: -100. Diagnostics: Container released on a *lost* node.";
    ClusterStatus told =
        Iris.cluster(
            ClusterState.TERMINATING,
            "STEP_FAILURE",
            "",
            new StepStatus(
                "s-1", "transform", StepState.FAILED, lost, Optional.empty(), Optional.empty()));
    ClusterStatus silent =
        Iris.cluster(ClusterState.TERMINATING, "STEP_FAILURE", "", Iris.step(StepState.FAILED));

    Failure inMessage = failure(told);
    Failure inLog = failureOf(Iris.launched().seen(silent).explained(List.of(lost)));

    assertThat(inMessage.kind()).isEqualTo(FailureKind.INSTANCE);
    assertThat(inMessage.remedy()).contains("cluster.ladder");
    assertThat(inLog.kind()).isEqualTo(FailureKind.INSTANCE);
  }

  @Test
  void the_jobs_own_word_that_its_nodes_were_lost_is_no_users_fault_either() {
    ClusterStatus failed =
        Iris.cluster(ClusterState.TERMINATING, "STEP_FAILURE", "", Iris.step(StepState.FAILED));
    JobResult result =
        VerdictCases.failed(
            JobResult.FailureCause.USER_CODE,
            "Job aborted: ExecutorLostFailure, Container released on a *lost* node");

    assertThat(failure(failed, result).kind()).isEqualTo(FailureKind.INSTANCE);
  }

  @Test
  void a_failed_step_on_spot_nodes_is_judged_with_its_log_or_when_that_had_time_to_come() {
    Pipeline spot = Iris.pipelineOnSpot();
    Attempt failed =
        Iris.launched()
            .seen(
                Iris.cluster(
                    ClusterState.TERMINATING, "STEP_FAILURE", "", Iris.step(StepState.FAILED)));
    Instant ended = failed.cluster().orElseThrow().lastStepEndedAt().orElseThrow();
    Instant late = ended.plus(EndReason.LOG_AWAITED);
    JobResult result = VerdictCases.failed(JobResult.FailureCause.DATA, "line 3");

    assertThat(EndReason.awaitsLog(failed, spot, Optional.empty(), ended)).isTrue();
    assertThat(EndReason.awaitsLog(failed, spot, Optional.empty(), late)).isFalse();
    assertThat(EndReason.awaitsLog(failed, spot, Optional.of(result), ended)).isFalse();
    assertThat(EndReason.awaitsLog(failed, Iris.pipeline(), Optional.empty(), ended)).isFalse();
    assertThat(EndReason.awaitsLog(failed.explained(List.of("why")), spot, Optional.empty(), ended))
        .isFalse();
  }

  @Test
  void a_step_of_the_users_own_is_judged_with_its_log_also_on_demand_but_not_one_that_was_late() {
    Attempt failed = failedStep();
    Instant ended = failed.cluster().orElseThrow().lastStepEndedAt().orElseThrow();
    Attempt late = Iris.launched().seen(failedAfter(Iris.ownSteps().cluster().stepDeadline()));
    Instant lateEnded = late.cluster().orElseThrow().lastStepEndedAt().orElseThrow();

    assertThat(EndReason.awaitsLog(failed, Iris.ownSteps(), Optional.empty(), ended)).isTrue();
    assertThat(
            EndReason.awaitsLog(
                failed.explained(List.of()), Iris.ownSteps(), Optional.empty(), ended))
        .isFalse();
    assertThat(EndReason.awaitsLog(late, Iris.ownSteps(), Optional.empty(), lateEnded)).isFalse();
  }

  @Test
  void a_step_that_met_its_deadline_is_a_timeout() {
    Duration deadline = Iris.pipeline().cluster().stepDeadline();

    Failure late = failure(failedAfter(deadline));

    assertThat(late.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(late.message()).endsWith("it exceeded pipelines.iris.cluster.step-deadline");
    assertThat(failure(failedAfter(deadline.minusMillis(1))).kind())
        .isEqualTo(FailureKind.INTERNAL);
  }

  @Test
  void a_cluster_that_was_terminated_for_its_age_met_that_deadline() {
    ClusterStatus told =
        Iris.cluster(ClusterState.TERMINATING, "USER_REQUEST", "", Iris.step(StepState.CANCELLED));
    ClusterStatus goneBefore =
        new ClusterStatus(
            ClusterState.TERMINATED,
            "USER_REQUEST",
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.of(Iris.NOON.minusSeconds(1)),
            told.steps());

    assertThat(failureOf(Iris.launched().endAsked(Iris.NOON).seen(told)))
        .satisfies(
            late -> {
              assertThat(late.kind()).isEqualTo(FailureKind.TIMEOUT);
              assertThat(late.message()).endsWith("; it exceeded pipelines.iris.cluster.max-age");
            });
    assertThat(failureOf(Iris.launched().endAsked(Iris.NOON).seen(goneBefore)).kind())
        .isEqualTo(FailureKind.CANCELLED);
  }

  @ParameterizedTest
  @EnumSource(value = StepState.class, names = "COMPLETED", mode = EnumSource.Mode.EXCLUDE)
  void only_completed_steps_are_good(StepState state) {
    ClusterStatus cluster = Iris.cluster(ClusterState.TERMINATED, Iris.step(state));

    assertThat(cluster.stepsCompleted()).isFalse();
    assertThat(verdict(cluster, Iris.result())).isInstanceOf(Verdict.Bad.class);
  }

  @Test
  void a_cluster_without_steps_is_not_good() {
    assertThat(Iris.cluster(ClusterState.TERMINATED).stepsCompleted()).isFalse();
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

  private static Attempt failedStep() {
    return Iris.launched().seen(failedAfter(Duration.ofMinutes(1)));
  }

  private static ClusterStatus failedAfter(Duration ran) {
    return Iris.cluster(
        ClusterState.TERMINATING, "STEP_FAILURE", "", Iris.step(StepState.FAILED, ran));
  }
}
