package flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cluster.step.OwnStep;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import pipeline.Pipeline;
import pipeline.Steps;
import run.Failure;
import run.FailureKind;
import run.StepState;
import run.StepStatus;
import testing.Iris;
import testing.Models;

class RemedyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CAPACITY|Give the pipeline other instance types, subnets or On-Demand as further rungs (pipelines.iris.cluster.ladder.*)",
        "BOOTSTRAP|Read s3://curated/_work/logs/j-2AXXXXXXGAPLF/node/<instance id>/bootstrap-actions/ and fix",
        "INSTANCE|Give the pipeline other instance types, subnets or On-Demand as further rungs",
        "INTERNAL|Read s3://curated/_work/logs/j-2AXXXXXXGAPLF/; if it happens again, ask AWS support about cluster j-2AXXXXXXGAPLF",
        "VALIDATION|Correct what EMR names in pipelines.iris.cluster.* (GET /api/pipelines/iris/plan shows the whole request); then retry the run (POST /api/runs/r-",
        "TIMEOUT|Give the pipeline more machines (pipelines.iris.cluster.*) or a longer deadline (pipelines.iris.cluster.step-deadline and max-age)",
        "CANCELLED|Find out who ended the cluster; AWS CloudTrail has the call to TerminateJobFlows"
      })
  void each_kind_of_a_clusters_failure_has_its_own(FailureKind kind, String beginning) {
    assertThat(remedy(kind)).startsWith(beginning).doesNotContain("by itself");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "USER_CODE|Read s3://curated/_work/logs/j-2AXXXXXXGAPLF/steps/s-1/ and fix what fails there",
        "INTERNAL|Read s3://curated/_work/logs/j-2AXXXXXXGAPLF/steps/ for earlier messages",
        "VALIDATION|Correct what spark-submit could not fetch or load of pipelines.iris.steps.*"
      })
  void what_a_step_says_is_named_where_one_failed(FailureKind kind, String beginning) {
    Optional<StepStatus> failed = Optional.of(Iris.step(StepState.FAILED));

    assertThat(Remedy.ofCluster(kind, Iris.launched(), Iris.pipeline(), failed))
        .startsWith(beginning);
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"DATA", "WAREHOUSE"})
  void no_cluster_is_blamed_for_what_others_do(FailureKind kind) {
    assertThatThrownBy(() -> remedy(kind)).hasMessage("Cannot blame a cluster for " + kind);
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"DATA", "WAREHOUSE"},
      mode = EnumSource.Mode.EXCLUDE)
  void a_run_that_failed_for_good_says_once_how_it_continues(FailureKind kind) {
    Failure last = Remedy.forGood(new Failure(kind, "it broke", remedy(kind)), Iris.RUN);

    assertThat(last.remedy()).containsOnlyOnce("POST /api/runs/" + Iris.RUN + "/retry");
  }

  @Test
  void a_refused_request_is_told_with_the_property_whose_value_emr_quotes() {
    String words = "Invalid InstanceProfile: EMR_EC2_DefaultRole.";

    assertThat(Remedy.ofRequest(Iris.intended(), Iris.pipeline(), words))
        .startsWith(
            "Correct what EMR names in pipelines.iris.cluster.instance-profile (GET /api/pipelines/iris/plan ");
  }

  @Test
  void a_refused_request_may_be_that_of_the_users_own_steps() {
    OwnStep own = new OwnStep.Program("a.py", "s3://c/a.py", Optional.empty(), List.of());
    Pipeline pipeline = Models.with(new Steps(List.of(own), List.of()), Iris.pipeline());

    assertThat(Remedy.ofRequest(Iris.intended(), pipeline, "Too many arguments"))
        .startsWith(
            "Correct what EMR names in pipelines.iris.cluster.* or pipelines.iris.steps.* (GET ");
  }

  @Test
  void a_run_that_reads_its_whole_prefix_is_told_to_mend_the_objects_there() {
    assertThat(
            Remedy.ofData(
                Iris.RUN, Iris.pipeline(), List.of("s3://landing/iris/bad.csv"), List.of()))
        .isEqualTo(
            "Overwrite or delete s3://landing/iris/bad.csv, or correct pipelines.iris.input.*: each run reads the whole of s3://landing/iris/ and fails until then. Then replay the run (POST /api/runs/%s/replay), unless an overwritten object has started one"
                .formatted(Iris.RUN));
  }

  @Test
  void a_run_that_reads_only_its_own_objects_may_be_sent_corrected_ones() {
    assertThat(Remedy.ofData(Iris.RUN, Iris.appending(), List.of("s3://landing/a"), List.of()))
        .isEqualTo(
            "Correct pipelines.iris.input.* and replay the run (POST /api/runs/%s/replay), or land corrected objects"
                .formatted(Iris.RUN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Correct it and replay the run (POST /api/runs/r-1/replay)|replay|true",
        "Replay the run (POST /api/runs/r-1/replay) to load it|replay|false",
        "Fix it; then retry the run (POST /api/runs/r-1/retry), which repeats only the load; else discard it (POST /api/runs/r-1/discard)|retry|true",
        "retry the run (POST /api/runs/r-1/retry)|retry|false"
      })
  void the_way_out_is_the_first_call_that_the_remedy_names(
      String sentence, String verb, boolean onceCorrected) {
    assertThat(WayOut.of(new Failure(FailureKind.DATA, "it broke", sentence)))
        .contains(new WayOut(verb, onceCorrected));
  }

  @Test
  void a_remedy_without_a_call_names_no_way_out() {
    assertThat(
            WayOut.of(
                new Failure(FailureKind.INTERNAL, "it broke", "See GET /api/pipelines/iris/plan")))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"DATA", "WAREHOUSE"},
      mode = EnumSource.Mode.EXCLUDE)
  void every_failure_of_a_cluster_is_retried_once_its_cause_is_mended(FailureKind kind) {
    Failure last = Remedy.forGood(new Failure(kind, "it broke", remedy(kind)), Iris.RUN);

    assertThat(WayOut.of(last)).contains(new WayOut("retry", true));
  }

  @Test
  void an_overwritten_object_is_replayed_at_once() {
    Failure failure =
        SetAsideReason.overwritten(
                Iris.RUN, "iris", List.of(Iris.object("iris/a.csv", 1, Iris.NOON)))
            .failure()
            .orElseThrow();

    assertThat(WayOut.of(failure)).contains(new WayOut("replay", false));
  }

  private static String remedy(FailureKind kind) {
    return Remedy.ofCluster(kind, Iris.launched(), Iris.pipeline(), Optional.empty());
  }
}
