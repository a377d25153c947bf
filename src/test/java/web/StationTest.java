package web;

import static org.assertj.core.api.Assertions.assertThat;
import static web.ShownRuns.at;
import static web.ShownRuns.attempt;
import static web.ShownRuns.open;
import static web.ShownRuns.phase;
import static web.ShownRuns.run;
import static web.ShownRuns.step;

import api.RunDetailView;
import flow.Phase;
import flow.Phase.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import run.ClusterState;
import run.RunState;
import run.StepState;

class StationTest {

  @Test
  void the_end_of_an_earlier_attempts_cluster_is_not_that_of_the_one_that_runs() {
    RunDetailView second =
        run(
            RunState.PROCESSING,
            List.of(
                attempt(1, ClusterState.TERMINATING, step(StepState.FAILED)),
                attempt(2, ClusterState.RUNNING, step(StepState.RUNNING))),
            List.of(
                phase(Kind.STEP, 1, 10, 20, Phase.Outcome.FAILED),
                open(Kind.TERMINATING, 1, 20),
                open(Kind.STEP, 2, 40)));

    Station terminated = station(second, "Terminated");
    assertThat(terminated.word()).isEqualTo("to come");
    assertThat(terminated.from()).isEmpty();
    assertThat(station(second, "Steps").word()).isEqualTo("running");
  }

  @Test
  void the_end_of_the_last_attempts_cluster_is_shown() {
    RunDetailView loading =
        run(
            RunState.LOADING,
            List.of(attempt(1, ClusterState.TERMINATING, step(StepState.COMPLETED))),
            List.of(open(Kind.TERMINATING, 1, 20)));

    assertThat(station(loading, "Terminated").word()).isEqualTo("ending");
    assertThat(station(loading, "Terminated").from()).contains(at(20));
  }

  @Test
  void a_step_that_ran_until_its_run_was_cancelled_is_cut_off_and_says_how_long_it_ran() {
    RunDetailView cancelled =
        run(
            RunState.CANCELLED,
            List.of(attempt(1, ClusterState.TERMINATED, step(StepState.CANCELLED))),
            List.of(phase(Kind.STEP, 1, 10, 38, Phase.Outcome.CUT_OFF)));

    Station steps = station(cancelled, "Steps");
    assertThat(steps.word()).isEqualTo("cut off");
    assertThat(steps.from()).contains(at(10));
    assertThat(steps.to()).contains(at(38));
  }

  @Test
  void a_step_that_is_to_be_cancelled_runs_until_it_is() {
    RunDetailView ending =
        run(
            RunState.PROCESSING,
            List.of(attempt(1, ClusterState.TERMINATING, step(StepState.RUNNING))),
            List.of(open(Kind.STEP, 1, 10)));

    assertThat(station(ending, "Steps").word()).isEqualTo("running");
  }

  @Test
  void a_run_without_an_attempt_has_run_no_step() {
    assertThat(station(run(RunState.CANCELLED, List.of(), List.of()), "Steps").word())
        .isEqualTo("not run");
  }

  private static Station station(RunDetailView view, String name) {
    return Station.of(view).stream()
        .filter(station -> station.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
