package flow;

import static flow.FlowCases.CANCELLED;
import static flow.FlowCases.in;
import static flow.FlowCases.open;
import static flow.FlowCases.processing;
import static flow.FlowCases.seen;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import run.Attempt;
import run.ClusterState;
import run.OpenRun;
import run.RunState;
import run.StepState;
import testing.Iris;

/** What the view of a run says that is done for it. */
class ProgressTest {

  @Test
  void a_cancelled_run_says_when_the_end_of_its_cluster_was_requested() {
    Attempt waiting = seen(ClusterState.WAITING, StepState.CANCELLED);
    OpenRun cancelled = open(in(RunState.PROCESSING).decide(CANCELLED), waiting);
    OpenRun asked = open(in(RunState.PROCESSING).decide(CANCELLED), waiting.endAsked(Iris.NOON));

    assertThat(words(cancelled))
        .isEqualTo(
            "it will be CANCELLED: cluster %s is to be terminated, EMR shows it as WAITING"
                .formatted(waiting.clusterId().orElseThrow()));
    assertThat(words(asked))
        .isEqualTo(
            "it will be CANCELLED: termination of cluster %s requested at %s, EMR shows it as WAITING"
                .formatted(waiting.clusterId().orElseThrow(), Iris.NOON));
  }

  @Test
  void a_run_says_what_it_waits_for_in_each_of_its_states() {
    assertThat(words(open(in(RunState.COLLECTED)))).isEqualTo("its manifest is being written");
    assertThat(Progress.of(open(in(RunState.QUEUED)), Optional.of(3)))
        .contains("it waits for a cluster, place 3 in the launch queue");
    assertThat(words(processing(Iris.intended())))
        .isEqualTo("EMR is asked for the cluster of attempt 1");
    assertThat(words(processing(seen(ClusterState.BOOTSTRAPPING, StepState.PENDING))))
        .endsWith(" is BOOTSTRAPPING");
    assertThat(words(processing(seen(ClusterState.RUNNING, StepState.RUNNING))))
        .contains(" is RUNNING; its step ")
        .contains(" began at ");
    assertThat(words(open(in(RunState.LOADING))))
        .isEqualTo("its table is being prepared; no file is registered yet");
    assertThat(words(open(in(RunState.LOADING).registering())))
        .isEqualTo("its files are being registered in the table and proven");
    assertThat(words(open(in(RunState.LOADING).registering().discard(Iris.NOON))))
        .isEqualTo("it will be CANCELLED: its files are being taken out of the table");
    assertThat(Progress.of(open(in(RunState.SUCCEEDED)), Optional.empty())).isEmpty();
  }

  private static String words(OpenRun open) {
    return Progress.of(open, Optional.empty()).orElseThrow();
  }
}
