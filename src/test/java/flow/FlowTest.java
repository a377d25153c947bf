package flow;

import static org.assertj.core.api.Assertions.assertThat;

import flow.Leg.Adopt;
import flow.Leg.Begin;
import flow.Leg.Close;
import flow.Leg.Decide;
import flow.Leg.DeclareEmpty;
import flow.Leg.EndAttempt;
import flow.Leg.Judge;
import flow.Leg.Launch;
import flow.Leg.Load;
import flow.Leg.Terminate;
import flow.Leg.Wait;
import flow.Leg.WriteManifest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import run.Attempt;
import run.ClusterState;
import run.ClusterStatus;
import run.Failure;
import run.FailureKind;
import run.OpenRun;
import run.Outcome;
import run.Run;
import run.RunState;
import run.StepState;
import testing.Iris;

class FlowTest {

  private static final Instant NOW = Iris.NOON.plus(Duration.ofMinutes(10));
  private static final Duration MAX_AGE = Iris.pipeline().cluster().maxAge();
  private static final Outcome CANCELLED = Outcome.ended(RunState.CANCELLED, "somebody wanted it");

  @Test
  void a_collected_run_needs_its_manifest() {
    OpenRun open = open(in(RunState.COLLECTED));

    assertThat(next(open)).isEqualTo(new WriteManifest(open));
  }

  @Test
  void a_batch_of_empty_objects_ends_without_a_cluster() {
    OpenRun open = open(Run.collected(Iris.RUN, "iris", Iris.NOON, 2, 0));

    assertThat(next(open)).isEqualTo(new DeclareEmpty(open));
  }

  @Test
  void a_queued_run_begins() {
    OpenRun open = open(in(RunState.QUEUED));

    assertThat(next(open)).isEqualTo(new Begin(open));
  }

  @Test
  void an_intended_attempt_is_launched() {
    OpenRun open = processing(Iris.intended());

    assertThat(next(open)).isEqualTo(new Launch(open, Iris.intended()));
  }

  @Test
  void a_launched_attempt_waits_until_its_cluster_was_seen() {
    assertWaits(processing(Iris.launched()));
  }

  @ParameterizedTest
  @EnumSource(
      value = ClusterState.class,
      names = {"STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING", "TERMINATING"})
  void a_step_that_goes_on_is_waited_for(ClusterState state) {
    assertWaits(processing(seen(state, StepState.RUNNING)));
  }

  @ParameterizedTest
  @EnumSource(ClusterState.class)
  void completed_steps_are_judged_at_once_whatever_the_cluster_does(ClusterState state) {
    assertJudged(seen(state, StepState.COMPLETED));
  }

  @Test
  void a_failed_step_is_judged_only_when_the_cluster_says_why_it_ends() {
    assertWaits(processing(seen(ClusterState.RUNNING, StepState.FAILED)));
    assertJudged(seen(ClusterState.TERMINATING, StepState.FAILED));
    assertJudged(seen(ClusterState.TERMINATED_WITH_ERRORS, StepState.FAILED));
  }

  @Test
  void one_completed_step_of_two_is_not_enough() {
    ClusterStatus cluster =
        Iris.cluster(
            ClusterState.RUNNING, Iris.step(StepState.COMPLETED), Iris.step(StepState.PENDING));

    assertWaits(processing(Iris.launched().seen(cluster)));
  }

  @Test
  void a_cluster_that_is_gone_without_a_step_is_judged() {
    assertJudged(Iris.launched().seen(Iris.cluster(ClusterState.TERMINATED_WITH_ERRORS)));
  }

  @ParameterizedTest
  @EnumSource(
      value = run.AttemptState.class,
      names = {"ENDING", "ENDED"})
  void a_run_without_an_outcome_waits_when_its_attempt_is_over(run.AttemptState state) {
    Attempt ending = Iris.launched().ending();

    assertWaits(processing(state == run.AttemptState.ENDED ? ending.ended() : ending));
  }

  @Test
  void the_last_attempt_counts() {
    Attempt first = Iris.launched().ending().ended();
    Attempt second = Attempt.intended(Iris.RUN, 2, "second", NOW);
    OpenRun open = open(in(RunState.PROCESSING), first, second);

    assertThat(next(open)).isEqualTo(new Launch(open, second));
  }

  @Test
  void a_loading_run_is_loaded_while_its_cluster_still_ends() {
    Attempt ending = seen(ClusterState.TERMINATING, StepState.COMPLETED).ending();
    OpenRun open = open(in(RunState.LOADING), ending);

    assertThat(next(open)).isEqualTo(new Load(open, ending));
  }

  @Test
  void an_attempt_that_is_too_old_fails_the_run_and_names_the_property() {
    OpenRun open = processing(seen(ClusterState.RUNNING, StepState.RUNNING));

    assertThat(at(open, Iris.NOON.plus(MAX_AGE))).isEqualTo(new Wait(open));
    Leg late = at(open, Iris.NOON.plus(MAX_AGE).plusNanos(1));

    assertThat(late).isInstanceOf(Decide.class);
    Failure failure = ((Decide) late).outcome().failure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(failure.message())
        .isEqualTo(
            "Attempt 1 was not done after PT5H (pipelines.iris.cluster.max-age); its cluster is RUNNING");
  }

  @Test
  void what_was_done_while_nobody_looked_is_not_late_before_somebody_has_looked() {
    OpenRun open = processing(seen(ClusterState.RUNNING, StepState.RUNNING));
    Instant late = Iris.NOON.plus(MAX_AGE).plusNanos(1);

    assertThat(Flow.next(open, Iris.pipeline(), Instant.MIN, late)).isEqualTo(new Wait(open));
    assertThat(Flow.next(open, Iris.pipeline(), late, late)).isInstanceOf(Decide.class);
  }

  @Test
  void good_steps_are_judged_however_old_the_attempt_is() {
    Attempt attempt = seen(ClusterState.TERMINATED, StepState.COMPLETED);
    OpenRun open = processing(attempt);

    assertThat(at(open, Iris.NOON.plus(MAX_AGE.multipliedBy(2))))
        .isEqualTo(new Judge(open, attempt));
  }

  @Test
  void a_cluster_that_a_lost_answer_may_have_created_is_looked_for_before_another_is_asked_for() {
    Attempt called = Iris.intended().called(NOW);
    OpenRun open = processing(called);

    assertThat(next(open)).isEqualTo(new Adopt(open, called));
    assertThat(next(processing(called.refused())))
        .isEqualTo(new Launch(processing(called.refused()), called.refused()));
  }

  @Test
  void an_attempt_that_never_got_a_cluster_grows_too_old_as_well() {
    Leg late = at(processing(Iris.intended()), Iris.NOON.plus(MAX_AGE).plusNanos(1));

    assertThat(((Decide) late).outcome().message()).endsWith("its cluster is not known");
  }

  @ParameterizedTest
  @EnumSource(
      value = RunState.class,
      names = {"SUCCEEDED", "FAILED", "CANCELLED", "NO_DATA"})
  void nothing_follows_a_last_state(RunState state) {
    assertWaits(open(in(state), Iris.launched()));
  }

  @Test
  void a_decided_run_without_an_attempt_is_closed() {
    OpenRun open = open(in(RunState.COLLECTED).decide(CANCELLED));

    assertThat(next(open)).isEqualTo(new Close(open, CANCELLED));
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

    assertThat(next(open)).isEqualTo(new Adopt(open, called));
  }

  @Test
  void a_decided_run_terminates_its_cluster() {
    Attempt running = seen(ClusterState.RUNNING, StepState.RUNNING);
    OpenRun open = decided(running);

    assertThat(next(open)).isEqualTo(new Terminate(open, running));
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
        Attempt.intended(Iris.RUN, 2, "second", NOW)
            .launched("j-SECOND")
            .seen(Iris.cluster(ClusterState.RUNNING));
    OpenRun open = open(in(RunState.PROCESSING).decide(CANCELLED), ended, second);
    OpenRun allEnded =
        open(in(RunState.PROCESSING).decide(CANCELLED), ended, second.ending().ended());

    assertThat(next(open)).isEqualTo(new Terminate(open, second));
    assertThat(next(allEnded)).isEqualTo(new Close(allEnded, CANCELLED));
  }

  @Test
  void an_ending_cluster_has_a_grace_after_its_last_step() {
    Attempt ending = seen(ClusterState.RUNNING, StepState.COMPLETED).ending();
    Instant lastStep = ending.cluster().flatMap(ClusterStatus::lastStepEndedAt).orElseThrow();
    OpenRun open = decided(ending);

    assertThat(at(open, lastStep.plus(Flow.GRACE))).isEqualTo(new Wait(open));
    assertThat(at(open, lastStep.plus(Flow.GRACE).plusNanos(1)))
        .isEqualTo(new Terminate(open, ending));
  }

  @Test
  void a_cluster_that_emr_is_terminating_is_not_told_again() {
    Attempt ending = seen(ClusterState.TERMINATING, StepState.COMPLETED).ending();
    OpenRun open = decided(ending);

    assertThat(at(open, Iris.NOON.plus(MAX_AGE.multipliedBy(2)))).isEqualTo(new Wait(open));
  }

  @Test
  void an_ending_attempt_that_is_too_old_is_terminated_again_whatever_its_steps_do() {
    Attempt ending = seen(ClusterState.RUNNING, StepState.RUNNING).ending();
    OpenRun open = decided(ending);

    assertWaits(open);
    assertThat(at(open, Iris.NOON.plus(MAX_AGE).plusNanos(1)))
        .isEqualTo(new Terminate(open, ending));
  }

  @Test
  void an_ending_attempt_whose_cluster_was_never_seen_is_terminated_again_when_too_old() {
    Attempt ending = Iris.launched().ending();
    OpenRun open = decided(ending);

    assertWaits(open);
    assertThat(at(open, Iris.NOON.plus(MAX_AGE).plusNanos(1)))
        .isEqualTo(new Terminate(open, ending));
  }

  @Test
  void every_leg_has_the_route_that_does_it() {
    OpenRun open = processing(Iris.intended());
    Attempt attempt = Iris.intended();

    assertThat(new WriteManifest(open).route()).isEqualTo("write-manifest");
    assertThat(new Launch(open, attempt).route()).isEqualTo("launch-cluster");
    assertThat(new Adopt(open, attempt).route()).isEqualTo("adopt-cluster");
    assertThat(new Judge(open, attempt).route()).isEqualTo("judge-attempt");
    assertThat(new Load(open, attempt).route()).isEqualTo("load-table");
    assertThat(new Terminate(open, attempt).route()).isEqualTo("terminate-cluster");
    assertThat(
            List.of(
                new Begin(open),
                new DeclareEmpty(open),
                new Decide(open, CANCELLED),
                new EndAttempt(open, attempt),
                new Close(open, CANCELLED)))
        .extracting(Leg::route)
        .containsOnly("record");
  }

  private static void assertWaits(OpenRun open) {
    assertThat(next(open)).isEqualTo(new Wait(open));
  }

  private static void assertJudged(Attempt attempt) {
    OpenRun open = processing(attempt);
    assertThat(next(open)).isEqualTo(new Judge(open, attempt));
  }

  private static Leg next(OpenRun open) {
    return Flow.next(open, Iris.pipeline(), NOW, NOW);
  }

  /** EMR has just been looked at. */
  private static Leg at(OpenRun open, Instant now) {
    return Flow.next(open, Iris.pipeline(), now, now);
  }

  private static OpenRun processing(Attempt attempt) {
    return open(in(RunState.PROCESSING), attempt);
  }

  private static OpenRun decided(Attempt attempt) {
    return open(in(RunState.PROCESSING).decide(CANCELLED), attempt);
  }

  private static OpenRun open(Run run, Attempt... attempts) {
    return new OpenRun(run, List.of(attempts));
  }

  private static Attempt seen(ClusterState state, StepState step) {
    return Iris.launched().seen(Iris.cluster(state, Iris.step(step)));
  }

  private static Run in(RunState state) {
    return new Run(
        Iris.RUN, "iris", state, 0, Iris.NOON, Iris.NOON, 1, 1, Optional.empty(), Optional.empty());
  }
}
