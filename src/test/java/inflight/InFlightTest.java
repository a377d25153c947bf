package inflight;

import static org.assertj.core.api.Assertions.assertThat;

import flow.FlowCases;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import run.Attempt;
import run.ClusterState;
import run.OpenRun;
import run.RepeatedFailure;
import run.RunState;
import run.StepState;
import testing.Iris;

class InFlightTest {

  private final InFlight inFlight = new InFlight();

  @Test
  void a_listing_is_requested_once_however_often_it_was_asked_for() {
    assertThat(inFlight.takePollRequest()).isFalse();

    inFlight.pollSoon();
    inFlight.pollSoon();

    assertThat(inFlight.takePollRequest()).isTrue();
    assertThat(inFlight.takePollRequest()).isFalse();
  }

  @Test
  void while_emr_lists_no_clusters_every_run_that_waits_for_one_says_so() {
    Attempt gone = FlowCases.seen(ClusterState.TERMINATED, StepState.COMPLETED);
    inFlight.clustersNotListed("no route to host", Iris.NOON);

    assertThat(trouble(RunState.PROCESSING, Iris.launched())).contains("no route to host");
    assertThat(trouble(RunState.PROCESSING, Iris.intended().called(Iris.NOON)))
        .contains("no route to host");
    assertThat(trouble(RunState.PROCESSING, Iris.intended())).isEmpty();
    assertThat(trouble(RunState.LOADING, gone)).isEmpty();
    inFlight.clustersListed();
    assertThat(trouble(RunState.PROCESSING, Iris.launched())).isEmpty();
  }

  @Test
  void what_emr_does_not_show_of_a_runs_own_cluster_is_its_trouble() {
    inFlight.queries().fail(Iris.launched().intent(), "denied", Iris.NOON);

    assertThat(trouble(RunState.PROCESSING, Iris.launched())).contains("denied");
    assertThat(trouble(RunState.FAILED, Iris.launched())).isEmpty();
  }

  @Test
  void a_run_is_stuck_if_its_action_or_the_end_of_its_cluster_fails_again() {
    inFlight.terminations().fail(Iris.launched().intent(), "denied", Iris.NOON);
    assertThat(inFlight.stuck()).isEmpty();

    inFlight.terminations().fail(Iris.launched().intent(), "denied", Iris.NOON);

    assertThat(inFlight.stuck()).containsExactly(Iris.RUN);
  }

  private Optional<String> trouble(RunState state, Attempt attempt) {
    OpenRun open = FlowCases.open(FlowCases.in(state), attempt);
    return inFlight.trouble(open).map(RepeatedFailure::message);
  }
}
