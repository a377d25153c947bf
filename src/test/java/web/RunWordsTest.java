package web;

import static org.assertj.core.api.Assertions.assertThat;
import static web.ShownRuns.attempt;
import static web.ShownRuns.run;

import api.AuditView;
import api.RunDetailView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import run.ClusterState;
import run.Failure;
import run.FailureKind;
import run.RunState;
import store.AuditLog.Kind;
import testing.Iris;
import web.FailureCard.Button;

/** What the page of a run says in words. */
class RunWordsTest {

  private static final String REJECTED =
      "3 of 153 rows were rejected, most of them in s3://landing/iris/bad.csv; that is a ratio of 0.0196; why: 2 (5 columns; the line has 2)";

  private static final List<Operation> OPERATIONS =
      List.of(new Operation("retry", "/a", false), new Operation("replay", "/b", false));

  @Test
  void the_headline_ends_at_the_first_semicolon_outside_of_brackets() {
    assertThat(Cause.of(REJECTED).headline())
        .isEqualTo("3 of 153 rows were rejected, most of them in s3://landing/iris/bad.csv");
    assertThat(Cause.of(REJECTED).details())
        .isEqualTo("that is a ratio of 0.0196; why: 2 (5 columns; the line has 2)");
    assertThat(Cause.of("Ended (a; b); the rest").headline()).isEqualTo("Ended (a; b)");
    assertThat(Cause.of("boom").details()).isEmpty();
  }

  @Test
  void a_line_of_the_log_that_repeats_the_cause_is_left_out() {
    assertThat(
            card("Correct it and replay the run (POST /api/runs/r-1/replay)", "Caused by: x").log())
        .containsExactly("Caused by: x");
    assertThat(Cause.of("boom").isRepeatedIn("a boom of the market")).isFalse();
  }

  @Test
  void where_a_correction_comes_first_no_button_is_the_main_one() {
    assertThat(card("Correct it and replay the run (POST /api/runs/r-1/replay)").buttons())
        .containsExactly(
            new Button("Replay this run, once corrected", "/b", false),
            new Button("Retry this run", "/a", false));
  }

  @Test
  void what_the_remedy_says_to_do_now_is_the_main_button() {
    assertThat(card("Replay the run (POST /api/runs/r-1/replay) to load it").buttons())
        .containsExactly(
            new Button("Replay this run", "/b", true), new Button("Retry this run", "/a", false));
  }

  @Test
  void a_run_says_what_triggered_it_and_which_attempt_it_is() {
    RunHead head =
        RunHead.of(
            run(
                RunState.PROCESSING,
                List.of(attempt(1, ClusterState.TERMINATED), attempt(2, ClusterState.RUNNING)),
                List.of()),
            List.of());

    assertThat(head.trigger()).isEqualTo("bad.csv and 1 more landed");
    assertThat(head.attempts()).isEqualTo("attempt 2 of 3");
    assertThat(head.ended()).isEmpty();
  }

  @Test
  void a_cancelled_run_says_who_did_it_and_why() {
    RunDetailView cancelled = run(RunState.CANCELLED, List.of(), List.of());

    assertThat(RunHead.of(cancelled, List.of(entry("refused"), entry("done"))).ended())
        .contains("Cancelled by anonymous: hangs");
    assertThat(RunHead.of(cancelled, List.of(entry("refused"))).ended())
        .contains("Ended in some way");
  }

  @Test
  void points_in_time_are_told_as_such_and_the_rest_is_escaped() {
    assertThat(
            Shown.timed("<b> began at 2026-11-29T05:30:33.910Z, 9999-99-99T99:99:99Z").getValue())
        .isEqualTo(
            "&lt;b&gt; began <time datetime=\"2026-11-29T05:30:33.910Z\" title=\"2026-11-29 05:30:33 UTC\">at 2026-11-29 05:30:33 UTC</time>, 9999-99-99T99:99:99Z");
  }

  @Test
  void one_is_not_told_as_several() {
    assertThat(Shown.counted(1, "row")).isEqualTo("1 row");
    assertThat(Shown.counted(1_000, "row")).isEqualTo("1,000 rows");
    assertThat(Shown.sentence("it waits")).isEqualTo("It waits.");
    assertThat(Shown.sentence("see s3://a/")).isEqualTo("See s3://a/");
    assertThat(Shown.sentence("input.columns is wrong.")).isEqualTo("input.columns is wrong.");
  }

  @Test
  void an_argument_of_a_shells_command_is_quoted_where_it_must_be() {
    assertThat(Shown.shell("s3://curated/_work/rejected/run=r-1/"))
        .isEqualTo("s3://curated/_work/rejected/run=r-1/");
    assertThat(Shown.shell("s3://a b/$(x)'")).isEqualTo("'s3://a b/$(x)'\\'''");
  }

  private static FailureCard card(String remedy, String... log) {
    return FailureCard.of(
            run(
                RunState.FAILED,
                Optional.of(new Failure(FailureKind.DATA, REJECTED, remedy)),
                List.of(
                    attempt(
                        1,
                        ClusterState.TERMINATED,
                        Stream.concat(Stream.of("JobFailure: " + REJECTED), Stream.of(log))
                            .toList())),
                List.of()),
            OPERATIONS)
        .orElseThrow();
  }

  private static AuditView entry(String outcome) {
    return new AuditView(
        1,
        Iris.NOON,
        "anonymous",
        "operator",
        "cancel",
        Kind.RUN,
        Iris.RUN.value(),
        Optional.of("hangs"),
        Optional.of(outcome));
  }
}
