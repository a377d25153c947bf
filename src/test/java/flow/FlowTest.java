package flow;

import static org.assertj.core.api.Assertions.assertThat;

import flow.Leg.Adopt;
import flow.Leg.Begin;
import flow.Leg.Close;
import flow.Leg.Decide;
import flow.Leg.DeclareEmpty;
import flow.Leg.EndAttempt;
import flow.Leg.Fail;
import flow.Leg.Judge;
import flow.Leg.Launch;
import flow.Leg.Load;
import flow.Leg.Terminate;
import flow.Leg.Wait;
import flow.Leg.WriteManifest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pipeline.Pipeline;
import run.Attempt;
import run.ClusterState;
import run.ClusterStatus;
import run.Failure;
import run.FailureKind;
import run.OpenRun;
import run.Outcome;
import run.Run;
import run.RunState;
import run.SeenCluster;
import run.StepState;
import testing.Iris;

class FlowTest {

  private static final Instant NOW = Iris.NOON.plus(Duration.ofMinutes(10));
  private static final Duration MAX_AGE = Iris.pipeline().cluster().maxAge();
  private static final Duration VISIBILITY = Duration.ofMinutes(3);
  private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(30);
  private static final Flow FLOW = new Flow(VISIBILITY, GIVE_UP_AFTER);
  private static final Pipeline TWO_RUNGS = Iris.pipelineOfTwoRungs();
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

    assertThat(next(open)).isEqualTo(new Begin(open, 0));
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
    Attempt second = Iris.intended(2, NOW);
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
  void an_attempt_that_is_too_old_has_failed_and_names_the_property() {
    OpenRun open = processing(seen(ClusterState.RUNNING, StepState.RUNNING));

    assertThat(at(open, Iris.NOON.plus(MAX_AGE))).isEqualTo(new Wait(open));
    Leg late = at(open, Iris.NOON.plus(MAX_AGE).plusNanos(1));

    Failure failure = ((Fail) late).failure();
    assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(failure.message())
        .isEqualTo(
            "Attempt 1 was not done by 2026-11-22T17:00:00Z (its pipeline's cluster.max-age); its cluster is RUNNING");
  }

  @Test
  void what_was_done_while_nobody_looked_is_not_late_before_somebody_has_looked() {
    OpenRun open = processing(seen(ClusterState.RUNNING, StepState.RUNNING));
    Instant late = Iris.NOON.plus(MAX_AGE).plusNanos(1);

    assertThat(FLOW.next(open, Iris.pipeline(), Look.NONE, late)).isEqualTo(new Wait(open));
    assertThat(at(open, late)).isInstanceOf(Fail.class);
  }

  @Test
  void a_cluster_that_has_ended_meanwhile_is_not_late_before_its_steps_are_known() {
    OpenRun open = processing(seen(ClusterState.RUNNING, StepState.RUNNING));
    OpenRun ends = processing(seen(ClusterState.TERMINATING, StepState.RUNNING));
    Instant late = Iris.NOON.plus(MAX_AGE).plusSeconds(1);
    Look gone = new Look(late, Map.of());

    assertThat(FLOW.next(open, Iris.pipeline(), gone, late)).isEqualTo(new Wait(open));
    assertThat(at(ends, late)).isEqualTo(new Wait(ends));
    Instant muchLater = late.plus(GIVE_UP_AFTER);
    assertThat(FLOW.next(open, Iris.pipeline(), new Look(muchLater, Map.of()), muchLater))
        .isInstanceOf(Fail.class);
  }

  @Test
  void a_cluster_that_does_not_leave_starting_by_its_deadline_is_a_shortage_of_capacity() {
    OpenRun open = processing(Iris.launched().seen(Iris.cluster(ClusterState.STARTING)));
    Instant deadline = Iris.NOON.plus(Iris.pipeline().cluster().startDeadline());

    assertThat(at(open, deadline)).isEqualTo(new Wait(open));
    assertThat(((Fail) at(open, deadline.plusNanos(1))).failure().kind())
        .isEqualTo(FailureKind.CAPACITY);
    OpenRun bootstraps = processing(Iris.launched().seen(Iris.cluster(ClusterState.BOOTSTRAPPING)));
    assertThat(at(bootstraps, deadline.plusNanos(1))).isEqualTo(new Wait(bootstraps));
  }

  @Test
  void good_steps_are_judged_however_old_the_attempt_is() {
    Attempt attempt = seen(ClusterState.TERMINATED, StepState.COMPLETED);
    OpenRun open = processing(attempt);

    assertThat(at(open, Iris.NOON.plus(MAX_AGE.multipliedBy(2))))
        .isEqualTo(new Judge(open, attempt));
  }

  @Test
  void while_an_answer_is_awaited_no_cluster_is_called_for() {
    Attempt called = Iris.intended().called(NOW);
    OpenRun open = processing(called);

    assertThat(FLOW.next(open, Iris.pipeline(), Look.NONE, NOW)).isEqualTo(new Wait(open));
    assertThat(FLOW.next(open, Iris.pipeline(), look(NOW), NOW)).isEqualTo(new Wait(open));
    Instant window = NOW.plus(VISIBILITY);
    assertThat(FLOW.next(open, Iris.pipeline(), look(window), window)).isEqualTo(new Wait(open));
  }

  @Test
  void the_older_of_two_clusters_of_its_name_is_the_attempts_and_the_younger_is_surplus() {
    Attempt called = Iris.intended().called(NOW);
    OpenRun open = processing(called);
    Look both =
        look(
            NOW.plusSeconds(9),
            named(called, "j-YOUNG", NOW.plusSeconds(5)),
            named(called, "j-OLD", NOW.plusSeconds(1)));

    assertThat(FLOW.next(open, Iris.pipeline(), both, NOW.plusSeconds(9)))
        .isEqualTo(new Adopt(open, called, new Adoption("j-OLD", List.of("j-YOUNG"))));
  }

  @Test
  void an_attempt_whose_call_created_nothing_is_over_and_the_next_one_has_another_name() {
    Attempt called = Iris.intended().called(NOW);
    Instant later = NOW.plus(VISIBILITY).plusNanos(1);

    Leg leg = FLOW.next(processing(called), Iris.pipeline(), look(later), later);
    Attempt failed = called.failed(((Fail) leg).failure());

    assertThat(failed.failure().orElseThrow().kind()).isEqualTo(FailureKind.INTERNAL);
    OpenRun open = processing(failed);
    assertThat(FLOW.next(open, Iris.pipeline(), look(later), later))
        .isEqualTo(new EndAttempt(open, failed));
    OpenRun ended = processing(failed.ended());
    assertThat(FLOW.next(ended, Iris.pipeline(), look(later), later))
        .isEqualTo(new Begin(ended, 0));
  }

  @Test
  void a_run_that_gets_no_cluster_is_given_up_after_some_tries_and_some_time() {
    OpenRun two = open(in(RunState.PROCESSING), lost(1, Iris.NOON), lost(2, NOW));
    OpenRun three = open(in(RunState.PROCESSING), lost(1, Iris.NOON), lost(2, NOW), lost(3, NOW));
    Instant late = Iris.NOON.plus(GIVE_UP_AFTER);

    assertThat(at(two, late.plus(GIVE_UP_AFTER))).isEqualTo(new Begin(two, 0));
    assertThat(at(three, late.minusNanos(1))).isEqualTo(new Begin(three, 0));
    assertThat(at(three, late)).isInstanceOf(Decide.class);
  }

  @Test
  void that_a_run_had_a_cluster_before_shortens_no_patience_with_its_next_call() {
    OpenRun open =
        open(
            in(RunState.PROCESSING),
            failedOnItsCluster(1, FailureKind.CAPACITY),
            lost(2, NOW),
            lost(3, NOW),
            lost(4, NOW));
    Instant late = NOW.plus(GIVE_UP_AFTER);

    assertThat(FLOW.next(open, TWO_RUNGS, look(late), late.minusNanos(1)))
        .isEqualTo(new Begin(open, 1));
    assertThat(FLOW.next(open, TWO_RUNGS, look(late), late)).isInstanceOf(Decide.class);
  }

  @Test
  void an_attempt_that_was_never_called_for_while_the_service_was_away_is_only_replaced() {
    OpenRun open = processing(Iris.intended());
    Instant late = Iris.NOON.plus(MAX_AGE).plusSeconds(1);

    Failure failure = ((Fail) at(open, late)).failure();
    OpenRun over = processing(Iris.intended().failed(failure).ended());

    assertThat(failure.kind()).isEqualTo(FailureKind.INTERNAL);
    assertThat(at(over, late)).isEqualTo(new Begin(over, 0));
  }

  @Test
  void a_cluster_last_seen_starting_that_is_not_listed_any_more_is_no_shortage() {
    OpenRun open = processing(Iris.launched().seen(Iris.cluster(ClusterState.STARTING)));
    Instant late = Iris.NOON.plus(Duration.ofHours(1));

    assertThat(FLOW.next(open, Iris.pipeline(), new Look(late, Map.of()), late))
        .isEqualTo(new Wait(open));
  }

  @Test
  void a_clock_that_was_set_back_keeps_no_cluster_from_being_adopted() {
    Attempt called = Iris.intended().called(NOW.plus(Duration.ofHours(2)));
    OpenRun open = processing(called);

    assertThat(FLOW.next(open, Iris.pipeline(), look(NOW, named(called, "j-1", NOW)), NOW))
        .isEqualTo(new Adopt(open, called, new Adoption("j-1", List.of())));
  }

  @Test
  void without_its_pipeline_a_runs_clusters_are_still_seen_to_their_end() {
    Instant late = Iris.NOON.plus(MAX_AGE).plusSeconds(1);
    Attempt unanswered = Iris.intended().called(NOW);
    OpenRun lost = processing(unanswered);
    OpenRun old = processing(seen(ClusterState.RUNNING, StepState.RUNNING));
    OpenRun good = processing(seen(ClusterState.TERMINATED, StepState.COMPLETED));
    Attempt failed =
        seen(ClusterState.RUNNING, StepState.RUNNING).failed(failure(FailureKind.TIMEOUT));

    assertThat(FLOW.nextWithoutPipeline(lost, look(NOW, named(unanswered, "j-1", NOW)), NOW))
        .isInstanceOf(Adopt.class);
    assertThat(FLOW.nextWithoutPipeline(lost, look(late), late)).isInstanceOf(Fail.class);
    assertThat(FLOW.nextWithoutPipeline(old, shown(old, late), late)).isInstanceOf(Fail.class);
    assertThat(terminated(processing(failed), NOW)).containsExactly(failed);
    assertThat(FLOW.nextWithoutPipeline(good, shown(good, late), late)).isEqualTo(new Wait(good));
    OpenRun queued = open(in(RunState.QUEUED));
    assertThat(FLOW.nextWithoutPipeline(queued, look(late), late)).isEqualTo(new Wait(queued));
  }

  @Test
  void a_retry_judges_good_steps_again_instead_of_running_them_again() {
    Attempt good = seen(ClusterState.TERMINATED, StepState.COMPLETED).ending().ended();
    OpenRun failed = open(in(RunState.FAILED), good);

    assertThat(Policy.retriedFrom(failed, RunState.PROCESSING)).isEqualTo(RunState.PROCESSING);
    OpenRun again = open(in(RunState.FAILED).retry(RunState.PROCESSING, 1, NOW), good);
    assertThat(next(again)).isEqualTo(new Judge(again, good));
    OpenRun broken = open(in(RunState.FAILED), failedOnItsCluster(1, FailureKind.USER_CODE));
    assertThat(Policy.retriedFrom(broken, RunState.PROCESSING)).isEqualTo(RunState.QUEUED);
    assertThat(Policy.retriedFrom(broken, RunState.LOADING)).isEqualTo(RunState.LOADING);
  }

  @Test
  void a_refused_call_is_sent_again() {
    Attempt refused = Iris.intended().called(NOW).refused();
    OpenRun open = processing(refused);

    assertThat(next(open)).isEqualTo(new Launch(open, refused));
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"CAPACITY", "BOOTSTRAP", "INTERNAL", "INSTANCE"})
  void what_another_cluster_may_do_better_gets_one_on_the_next_rung(FailureKind kind) {
    Attempt first = failedOnItsCluster(1, kind);
    OpenRun open = open(in(RunState.PROCESSING), first);

    assertThat(FLOW.next(open, TWO_RUNGS, look(NOW), NOW)).isEqualTo(new Begin(open, 1));
    OpenRun second = open(in(RunState.PROCESSING), first, failedOnItsCluster(2, kind));
    assertThat(FLOW.next(second, TWO_RUNGS, look(NOW), NOW)).isEqualTo(new Begin(second, 1));
    OpenRun third =
        open(
            in(RunState.PROCESSING),
            first,
            failedOnItsCluster(2, kind),
            failedOnItsCluster(3, kind));
    assertThat(FLOW.next(third, TWO_RUNGS, look(NOW), NOW))
        .isEqualTo(
            new Decide(
                third,
                Outcome.failed(
                    new Failure(
                        kind,
                        "it broke",
                        "mend it; then retry the run (POST /api/runs/%s/retry)"
                            .formatted(Iris.RUN)))));
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"VALIDATION", "USER_CODE", "DATA", "TIMEOUT", "CANCELLED", "WAREHOUSE"})
  void what_no_other_cluster_does_better_is_the_runs_end(FailureKind kind) {
    OpenRun open = open(in(RunState.PROCESSING), failedOnItsCluster(1, kind));

    assertThat(next(open)).isEqualTo(new Decide(open, Outcome.failed(failure(kind))));
  }

  @Test
  void a_retried_run_has_its_attempts_anew() {
    Run retried =
        in(RunState.FAILED).retry(RunState.QUEUED, 3, NOW).moveTo(RunState.PROCESSING, NOW);
    OpenRun open =
        open(
            retried,
            failedOnItsCluster(1, FailureKind.CAPACITY),
            failedOnItsCluster(2, FailureKind.CAPACITY),
            failedOnItsCluster(3, FailureKind.CAPACITY),
            failedOnItsCluster(4, FailureKind.CAPACITY));

    assertThat(FLOW.next(open, TWO_RUNGS, look(NOW), NOW)).isEqualTo(new Begin(open, 1));
  }

  @Test
  void a_failed_attempts_cluster_is_told_to_end_before_the_next_one_begins() {
    Attempt starting =
        Iris.launched()
            .seen(Iris.cluster(ClusterState.STARTING))
            .failed(failure(FailureKind.CAPACITY));
    OpenRun open = open(in(RunState.PROCESSING), starting);

    assertThat(next(open)).isEqualTo(new Wait(open));
    assertThat(terminated(open, NOW)).containsExactly(starting);
    OpenRun told = open(in(RunState.PROCESSING), starting.endAsked(NOW));
    assertThat(next(told)).isEqualTo(new Begin(told, 0));
  }

  @Test
  void a_failed_attempts_cluster_is_seen_to_its_end_while_the_next_one_works() {
    Attempt gone =
        seen(ClusterState.TERMINATED_WITH_ERRORS, StepState.CANCELLED)
            .failed(failure(FailureKind.INSTANCE))
            .ending();
    Attempt stays =
        seen(ClusterState.RUNNING, StepState.RUNNING)
            .failed(failure(FailureKind.INSTANCE))
            .endAsked(NOW.minus(Flow.GRACE).minusSeconds(1));
    Attempt second = Iris.intended(2, NOW).called(NOW).launched("j-SECOND");
    OpenRun first = open(in(RunState.PROCESSING), gone, second);
    OpenRun again = open(in(RunState.PROCESSING), stays, second);

    assertThat(next(first)).isEqualTo(new EndAttempt(first, gone));
    assertThat(terminated(again, NOW)).containsExactly(stays);
  }

  @Test
  void an_attempt_that_never_got_a_cluster_grows_too_old_as_well() {
    Leg late = at(processing(Iris.intended()), Iris.NOON.plus(MAX_AGE).plusNanos(1));

    assertThat(((Fail) late).failure().message()).contains("no cluster was asked for");
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
    Instant later = NOW.plus(VISIBILITY).plusNanos(1);

    assertThat(FLOW.end(open, look(NOW.plusSeconds(1)))).isEqualTo(new Wait(open));
    assertThat(FLOW.end(open, look(NOW.plusSeconds(1), named(called, "j-1", NOW))))
        .isEqualTo(new Adopt(open, called, new Adoption("j-1", List.of())));
    assertThat(FLOW.end(open, look(later))).isEqualTo(new EndAttempt(open, called));
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
  void a_cluster_that_nobody_can_look_at_is_told_to_end_long_after_its_deadline() {
    Attempt running = seen(ClusterState.RUNNING, StepState.RUNNING);
    OpenRun open = processing(running);
    Instant deadline = Iris.NOON.plus(MAX_AGE);
    Instant late = deadline.plus(GIVE_UP_AFTER);

    for (Look last : List.of(Look.NONE, shown(open, deadline))) {
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
  void a_cluster_that_ends_or_has_ended_is_not_told_to_end_because_nobody_can_look(
      ClusterState state) {
    OpenRun open = processing(seen(state, StepState.RUNNING));

    assertThat(terminated(open, Look.NONE, Iris.NOON.plus(MAX_AGE.multipliedBy(2)))).isEmpty();
  }

  @Test
  void what_was_done_before_a_cluster_was_told_to_end_unseen_is_judged_when_it_is_seen_again() {
    Attempt told = Iris.launched().endAsked(NOW);
    Attempt good = told.seen(Iris.cluster(ClusterState.TERMINATED, Iris.step(StepState.COMPLETED)));

    assertWaits(processing(told));
    assertThat(next(processing(good))).isEqualTo(new Judge(processing(good), good));
  }

  @Test
  void a_cluster_that_emr_is_terminating_is_not_told_again() {
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
  void a_cluster_that_was_told_to_end_and_does_not_is_told_again() {
    Attempt told = seen(ClusterState.RUNNING, StepState.RUNNING).endAsked(NOW);
    OpenRun open = decided(told);

    assertThat(terminated(open, NOW.plus(Flow.GRACE))).isEmpty();
    assertThat(terminated(open, NOW.plus(Flow.GRACE).plusNanos(1))).containsExactly(told);
  }

  @Test
  void a_cluster_that_stays_after_its_steps_is_told_to_end_while_the_run_loads() {
    Attempt stays = seen(ClusterState.RUNNING, StepState.COMPLETED).ending();
    OpenRun open = open(in(RunState.LOADING), stays);

    assertThat(terminated(open, NOW.plus(Flow.GRACE))).containsExactly(stays);
    assertThat(at(open, NOW.plus(Flow.GRACE))).isEqualTo(new Load(open, stays));
  }

  @Test
  void every_leg_has_the_route_that_does_it() {
    OpenRun open = processing(Iris.intended());
    Attempt attempt = Iris.intended();

    assertThat(new WriteManifest(open).route()).isEqualTo("write-manifest");
    assertThat(new Launch(open, attempt).route()).isEqualTo("launch-cluster");
    assertThat(new Adopt(open, attempt, new Adoption("j-1", List.of())).route())
        .isEqualTo("adopt-cluster");
    assertThat(new Judge(open, attempt).route()).isEqualTo("judge-attempt");
    assertThat(new Load(open, attempt).route()).isEqualTo("load-table");
    assertThat(
            List.of(
                new Begin(open, 0),
                new Fail(open, attempt, failure(FailureKind.TIMEOUT)),
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
    return at(open, NOW);
  }

  /** EMR has just been looked at, and shows every cluster as its attempt has it. */
  private static Leg at(OpenRun open, Instant now) {
    return FLOW.next(open, Iris.pipeline(), shown(open, now), now);
  }

  private static Look shown(OpenRun open, Instant now) {
    Map<String, SeenCluster> shown = new HashMap<>();
    for (Attempt attempt : open.attempts()) {
      if (attempt.clusterId().isPresent()) {
        ClusterStatus status = attempt.cluster().orElse(Iris.cluster(ClusterState.STARTING));
        shown.put(
            attempt.clusterId().get(),
            new SeenCluster(attempt.clusterId().get(), attempt.clusterName(), Iris.NOON, status));
      }
    }
    return new Look(now, shown);
  }

  private static Look look(Instant begun, SeenCluster... clusters) {
    return new Look(
        begun, Stream.of(clusters).collect(Collectors.toMap(SeenCluster::id, seen -> seen)));
  }

  private static SeenCluster named(Attempt attempt, String id, Instant created) {
    return new SeenCluster(id, attempt.clusterName(), created, Iris.cluster(ClusterState.STARTING));
  }

  private static Attempt lost(int number, Instant at) {
    return Iris.intended(number, at).called(at).failed(failure(FailureKind.INTERNAL)).ended();
  }

  private static Attempt failedOnItsCluster(int number, FailureKind kind) {
    return Iris.intended(number, Iris.NOON)
        .called(Iris.NOON)
        .launched("j-" + number)
        .seen(Iris.cluster(ClusterState.TERMINATED_WITH_ERRORS, Iris.step(StepState.CANCELLED)))
        .failed(failure(kind))
        .ending()
        .ended();
  }

  private static Failure failure(FailureKind kind) {
    return new Failure(kind, "it broke", "mend it");
  }

  /** Whose clusters are to be terminated, when EMR has just been looked at. */
  private static List<Attempt> terminated(OpenRun open, Instant now) {
    return terminated(open, shown(open, now), now);
  }

  private static List<Attempt> terminated(OpenRun open, Look look, Instant now) {
    return FLOW.terminations(open, look, now).stream().map(Terminate::attempt).toList();
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
        Iris.RUN,
        "iris",
        state,
        0,
        Iris.NOON,
        Iris.NOON,
        1,
        1,
        Optional.empty(),
        1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
