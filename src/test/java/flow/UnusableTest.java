package flow;

import static org.assertj.core.api.Assertions.assertThat;

import contract.JobResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import run.Attempt;
import run.ClusterState;
import run.ClusterStatus;
import run.Failure;
import run.FailureKind;
import run.StepState;
import testing.Iris;

class UnusableTest {

  private static final String PROBLEM =
      "The file s3://curated/x.json cannot be used. It ends early";

  private static final ClusterStatus COMPLETED =
      Iris.cluster(ClusterState.TERMINATING, Iris.step(StepState.COMPLETED));
  private static final ClusterStatus FAILED =
      Iris.cluster(ClusterState.TERMINATED, Iris.step(StepState.FAILED));

  @Test
  void the_service_s_own_job_gets_another_cluster_since_something_else_wrote_its_result() {
    Failure failure = failure(Unusable.result(attempt(COMPLETED), Iris.pipeline(), PROBLEM));

    assertThat(failure.kind()).isEqualTo(FailureKind.INTERNAL);
    assertThat(failure.message()).isEqualTo(PROBLEM);
    assertThat(failure.remedy()).contains("Something else writes into this run's folder");
  }

  @Test
  void a_cluster_whose_steps_failed_says_more_than_an_unreadable_result() {
    Failure failure = failure(Unusable.result(attempt(FAILED), Iris.pipeline(), PROBLEM));

    assertThat(failure.kind()).isEqualTo(FailureKind.INTERNAL);
    assertThat(failure.message()).contains("step s-1 failed");
  }

  @Test
  void an_unreadable_manifest_fails_what_is_good_otherwise_and_tries_no_other_cluster() {
    Optional<JobResult> result = Optional.of(Iris.result());
    Attempt attempt = attempt(COMPLETED);

    Failure failure =
        failure(Unusable.manifest(attempt, new Verdict.Good(Iris.result()), result, PROBLEM));

    assertThat(failure.kind()).isEqualTo(FailureKind.USER_CODE);
    assertThat(failure.kind().deservesAnotherCluster()).isFalse();
    assertThat(failure.message()).isEqualTo(PROBLEM);
    assertThat(failure.remedy())
        .contains("s3://curated/_work/logs/j-2AXXXXXXGAPLF/steps/", "retry the run");
  }

  @Test
  void an_unreadable_manifest_hides_no_known_failure() {
    Attempt attempt = attempt(FAILED);
    Verdict known = Verdict.of(attempt, Iris.pipeline(), List.of(), Optional.empty());

    assertThat(Unusable.manifest(attempt, known, Optional.empty(), PROBLEM)).isEqualTo(known);
  }

  private static Failure failure(Verdict verdict) {
    return ((Verdict.Bad) verdict).failure();
  }

  private static Attempt attempt(ClusterStatus cluster) {
    return Iris.launched().seen(cluster);
  }
}
