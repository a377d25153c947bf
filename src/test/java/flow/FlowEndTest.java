package flow;

import static flow.FlowCases.CANCELLED;
import static flow.FlowCases.FLOW;
import static flow.FlowCases.GIVE_UP_AFTER;
import static flow.FlowCases.MAX_AGE;
import static flow.FlowCases.NOW;
import static flow.FlowCases.VISIBILITY;
import static flow.FlowCases.assertWaits;
import static flow.FlowCases.at;
import static flow.FlowCases.decided;
import static flow.FlowCases.in;
import static flow.FlowCases.named;
import static flow.FlowCases.next;
import static flow.FlowCases.open;
import static flow.FlowCases.processing;
import static flow.FlowCases.seen;
import static flow.FlowCases.shown;
import static flow.FlowCases.snapshot;
import static flow.FlowCases.terminated;
import static org.assertj.core.api.Assertions.assertThat;

import flow.Action.Adopt;
import flow.Action.Close;
import flow.Action.Discard;
import flow.Action.EndAttempt;
import flow.Action.Judge;
import flow.Action.Load;
import flow.Action.Wait;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import run.Attempt;
import run.ClusterState;
import run.ClusterStatus;
import run.OpenRun;
import run.Run;
import run.RunState;
import run.StepState;
import testing.Iris;

/** How a run's attempts and their clusters are brought to their end. */
class FlowEndTest {

  @Test
  void a_decided_run_without_an_attempt_is_closed() {
    OpenRun open = open(in(RunState.COLLECTED).decide(CANCELLED));

    assertThat(next(open)).isEqualTo(new Close(open, CANCELLED));
  }

  @Test
  void a_discarded_run_is_closed_only_when_its_files_are_out_of_the_table() {
    Attempt ended = seen(ClusterState.TERMINATED, StepState.COMPLETED).ending().ended();
    Run discarded = in(RunState.LOADING).registering().discard(NOW);
    OpenRun open = open(discarded, ended);
    OpenRun withdrawn = open(discarded.withdrawn(), ended);

    assertThat(next(open)).isEqualTo(new Discard(open, ended));
    assertThat(next(withdrawn)).isEqualTo(new Close(withdrawn, discarded.outcome().orElseThrow()));
  }

  @Test
  void a_run_that_was_cancelled_without_its_pipeline_is_closed_whatever_the_table_has() {
    Attempt ended = seen(ClusterState.TERMINATED, StepState.COMPLETED).ending().ended();
    Run cancelled = in(RunState.LOADING).registering().cancel(false);
    OpenRun open = open(cancelled, ended);

    assertThat(FLOW.nextWithoutPipeline(open, snapshot(NOW), NOW))
        .isEqualTo(new Close(open, cancelled.outcome().orElseThrow()));
  }

  @Test
  void a_decided_run_never_calls_for_a_cluster() {
    OpenRun open = decided(Iris.intended());

    assertThat(next(open)).isEqualTo(new EndAttempt(open, Iris.intended()));
  }

  @Test
  void a_decided_run_still_looks_for_the_cluster_that_it_may_have_called_for() {
    Attempt called = Iris.intended().called(NOW);
    OpenRun open = decided(called);
    Instant later = NOW.plus(VISIBILITY).plusNanos(1);

    assertThat(FLOW.end(open, snapshot(NOW.plusSeconds(1)))).isEqualTo(new Wait(open));
    assertThat(FLOW.end(open, snapshot(NOW.plusSeconds(1), named(called, "j-1", NOW))))
        .isEqualTo(new Adopt(open, called, new Adoption("j-1", List.of())));
    assertThat(FLOW.end(open, snapshot(later))).isEqualTo(new EndAttempt(open, called));
  }

  @Test
  void a_decided_run_terminates_its_cluster() {
    Attempt running = seen(ClusterState.RUNNING, StepState.RUNNING);
    OpenRun open = decided(running);

    assertThat(next(open)).isEqualTo(new Wait(open));
    assertThat(terminated(open, NOW)).containsExactly(running);
  }

  @ParameterizedTest
  @EnumSource(
      value = ClusterState.class,
      names = {"TERMINATED", "TERMINATED_WITH_ERRORS"})
  void an_attempt_ends_when_emr_says_that_its_cluster_is_gone(ClusterState gone) {
    Attempt launched = seen(gone, StepState.COMPLETED);
    OpenRun open = decided(launched);
    OpenRun ending = decided(launched.ending());

    assertThat(next(open)).isEqualTo(new EndAttempt(open, launched));
    assertThat(next(ending)).isEqualTo(new EndAttempt(ending, launched.ending()));
  }

  @Test
  void a_run_is_closed_only_when_all_of_its_attempts_have_ended() {
    Attempt ended = seen(ClusterState.TERMINATED, StepState.FAILED).ending().ended();
    Attempt second =
        Iris.intended(2, NOW)
            .called(NOW)
            .launched("j-SECOND")
            .seen(Iris.cluster(ClusterState.RUNNING));
    OpenRun open = open(in(RunState.PROCESSING).decide(CANCELLED), ended, second);
    OpenRun allEnded =
        open(in(RunState.PROCESSING).decide(CANCELLED), ended, second.ending().ended());

    assertThat(next(open)).isEqualTo(new Wait(open));
    assertThat(terminated(open, NOW)).containsExactly(second);
    assertThat(next(allEnded)).isEqualTo(new Close(allEnded, CANCELLED));
  }

  @Test
  void an_ending_cluster_has_a_grace_after_its_last_step() {
    Attempt ending = seen(ClusterState.RUNNING, StepState.COMPLETED).ending();
    Instant lastStep = ending.cluster().flatMap(ClusterStatus::lastStepEndedAt).orElseThrow();
    OpenRun open = decided(ending);

    assertThat(terminated(open, lastStep.plus(Flow.GRACE))).isEmpty();
    assertThat(terminated(open, lastStep.plus(Flow.GRACE).plusNanos(1))).containsExactly(ending);
  }

  @Test
  void a_cluster_that_emr_does_not_show_is_terminated_long_after_its_deadline() {
    Attempt running = seen(ClusterState.RUNNING, StepState.RUNNING);
    OpenRun open = processing(running);
    Instant deadline = Iris.NOON.plus(MAX_AGE);
    Instant late = deadline.plus(GIVE_UP_AFTER);

    for (ClusterSnapshot last : List.of(ClusterSnapshot.NONE, shown(open, deadline))) {
      assertThat(terminated(open, last, late)).isEmpty();
      assertThat(terminated(open, last, late.plusNanos(1))).containsExactly(running);
      assertThat(FLOW.next(open, Iris.pipeline(), last, late.plusNanos(1)))
          .isEqualTo(new Wait(open));
    }
    assertThat(terminated(open, shown(open, deadline.plusNanos(1)), late.plusNanos(1))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = ClusterState.class,
      names = {"TERMINATING", "TERMINATED"})
  void a_cluster_that_ends_or_has_ended_is_not_terminated_because_emr_does_not_show_it(
      ClusterState state) {
    OpenRun open = processing(seen(state, StepState.RUNNING));

    assertThat(terminated(open, ClusterSnapshot.NONE, Iris.NOON.plus(MAX_AGE.multipliedBy(2))))
        .isEmpty();
  }

  @Test
  void what_was_done_before_a_cluster_was_terminated_unseen_is_judged_when_it_is_seen_again() {
    Attempt told = Iris.launched().endAsked(NOW);
    Attempt good = told.seen(Iris.cluster(ClusterState.TERMINATED, Iris.step(StepState.COMPLETED)));

    assertWaits(processing(told));
    assertThat(next(processing(good))).isEqualTo(new Judge(processing(good), good));
  }

  @Test
  void a_cluster_that_emr_is_terminating_is_not_terminated_again() {
    Attempt ending = seen(ClusterState.TERMINATING, StepState.COMPLETED).ending();
    OpenRun open = decided(ending);

    assertThat(terminated(open, Iris.NOON.plus(MAX_AGE.multipliedBy(2)))).isEmpty();
  }

  @Test
  void an_ending_attempt_that_is_too_old_is_terminated_again_whatever_its_steps_do() {
    Attempt ending = seen(ClusterState.RUNNING, StepState.RUNNING).ending();
    OpenRun open = decided(ending);

    assertWaits(open);
    assertThat(terminated(open, Iris.NOON.plus(MAX_AGE).plusNanos(1))).containsExactly(ending);
  }

  @Test
  void an_ending_attempt_whose_cluster_was_never_seen_is_terminated_again_when_too_old() {
    Attempt ending = Iris.launched().ending();
    OpenRun open = decided(ending);

    assertThat(terminated(open, Iris.NOON.plus(MAX_AGE))).isEmpty();
    assertThat(terminated(open, Iris.NOON.plus(MAX_AGE).plusNanos(1))).containsExactly(ending);
  }

  @Test
  void a_cluster_that_does_not_end_on_request_is_terminated_again() {
    Attempt told = seen(ClusterState.RUNNING, StepState.RUNNING).endAsked(NOW);
    OpenRun open = decided(told);

    assertThat(terminated(open, NOW.plus(Flow.GRACE))).isEmpty();
    assertThat(terminated(open, NOW.plus(Flow.GRACE).plusNanos(1))).containsExactly(told);
  }

  @Test
  void a_cluster_that_stays_after_its_steps_is_terminated_while_the_run_loads() {
    Attempt stays = seen(ClusterState.RUNNING, StepState.COMPLETED).ending();
    OpenRun open = open(in(RunState.LOADING), stays);

    assertThat(terminated(open, NOW.plus(Flow.GRACE))).containsExactly(stays);
    assertThat(at(open, NOW.plus(Flow.GRACE))).isEqualTo(new Load(open, stays));
  }
}
