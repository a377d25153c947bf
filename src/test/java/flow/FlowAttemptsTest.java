package flow;

import static flow.FlowCases.FLOW;
import static flow.FlowCases.GIVE_UP_AFTER;
import static flow.FlowCases.MAX_AGE;
import static flow.FlowCases.NOW;
import static flow.FlowCases.TWO_RUNGS;
import static flow.FlowCases.VISIBILITY;
import static flow.FlowCases.at;
import static flow.FlowCases.failedOnItsCluster;
import static flow.FlowCases.failure;
import static flow.FlowCases.in;
import static flow.FlowCases.lost;
import static flow.FlowCases.named;
import static flow.FlowCases.next;
import static flow.FlowCases.open;
import static flow.FlowCases.processing;
import static flow.FlowCases.seen;
import static flow.FlowCases.snapshot;
import static flow.FlowCases.terminated;
import static org.assertj.core.api.Assertions.assertThat;

import flow.Action.Adopt;
import flow.Action.Begin;
import flow.Action.Decide;
import flow.Action.EndAttempt;
import flow.Action.Fail;
import flow.Action.Judge;
import flow.Action.Launch;
import flow.Action.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import run.Attempt;
import run.ClusterState;
import run.Failure;
import run.FailureKind;
import run.OpenRun;
import run.Outcome;
import run.Run;
import run.RunState;
import run.StepState;
import testing.Iris;

/** What follows on a call whose answer is lost, and on an attempt that came to nothing. */
class FlowAttemptsTest {

  @Test
  void while_an_answer_is_awaited_no_cluster_is_called_for() {
    Attempt called = Iris.intended().called(NOW);
    OpenRun open = processing(called);

    assertThat(FLOW.next(open, Iris.pipeline(), ClusterSnapshot.NONE, NOW))
        .isEqualTo(new Wait(open));
    assertThat(FLOW.next(open, Iris.pipeline(), snapshot(NOW), NOW)).isEqualTo(new Wait(open));
    Instant window = NOW.plus(VISIBILITY);
    assertThat(FLOW.next(open, Iris.pipeline(), snapshot(window), window))
        .isEqualTo(new Wait(open));
  }

  @Test
  void the_older_of_two_clusters_of_its_name_is_the_attempts_and_the_younger_is_surplus() {
    Attempt called = Iris.intended().called(NOW);
    OpenRun open = processing(called);
    ClusterSnapshot both =
        snapshot(
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

    Action action = FLOW.next(processing(called), Iris.pipeline(), snapshot(later), later);
    Attempt failed = called.failed(((Fail) action).failure());

    assertThat(failed.failure().orElseThrow().kind()).isEqualTo(FailureKind.INTERNAL);
    OpenRun open = processing(failed);
    assertThat(FLOW.next(open, Iris.pipeline(), snapshot(later), later))
        .isEqualTo(new EndAttempt(open, failed));
    OpenRun ended = processing(failed.ended());
    assertThat(FLOW.next(ended, Iris.pipeline(), snapshot(later), later))
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

    assertThat(FLOW.next(open, TWO_RUNGS, snapshot(late), late.minusNanos(1)))
        .isEqualTo(new Begin(open, 1));
    assertThat(FLOW.next(open, TWO_RUNGS, snapshot(late), late)).isInstanceOf(Decide.class);
  }

  @Test
  void an_attempt_that_was_never_called_for_while_the_service_was_down_is_only_replaced() {
    OpenRun open = processing(Iris.intended());
    Instant late = Iris.NOON.plus(MAX_AGE).plusSeconds(1);

    Failure failure = ((Fail) at(open, late)).failure();
    OpenRun over = processing(Iris.intended().failed(failure).ended());

    assertThat(failure.kind()).isEqualTo(FailureKind.INTERNAL);
    assertThat(at(over, late)).isEqualTo(new Begin(over, 0));
  }

  @Test
  void a_clock_that_was_set_back_keeps_no_cluster_from_being_adopted() {
    Attempt called = Iris.intended().called(NOW.plus(Duration.ofHours(2)));
    OpenRun open = processing(called);

    assertThat(FLOW.next(open, Iris.pipeline(), snapshot(NOW, named(called, "j-1", NOW)), NOW))
        .isEqualTo(new Adopt(open, called, new Adoption("j-1", List.of())));
  }

  @Test
  void a_retry_judges_good_steps_again_instead_of_running_them_again() {
    Attempt good = seen(ClusterState.TERMINATED, StepState.COMPLETED).ending().ended();
    OpenRun failed = open(in(RunState.FAILED), good);

    assertThat(RetryPolicy.retriedFrom(failed, RunState.PROCESSING)).isEqualTo(RunState.PROCESSING);
    OpenRun again = open(in(RunState.FAILED).retry(RunState.PROCESSING, 1, NOW), good);
    assertThat(next(again)).isEqualTo(new Judge(again, good));
    OpenRun broken = open(in(RunState.FAILED), failedOnItsCluster(1, FailureKind.USER_CODE));
    assertThat(RetryPolicy.retriedFrom(broken, RunState.PROCESSING)).isEqualTo(RunState.QUEUED);
    assertThat(RetryPolicy.retriedFrom(broken, RunState.LOADING)).isEqualTo(RunState.LOADING);
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

    assertThat(FLOW.next(open, TWO_RUNGS, snapshot(NOW), NOW)).isEqualTo(new Begin(open, 1));
    OpenRun second = open(in(RunState.PROCESSING), first, failedOnItsCluster(2, kind));
    assertThat(FLOW.next(second, TWO_RUNGS, snapshot(NOW), NOW)).isEqualTo(new Begin(second, 1));
    OpenRun third =
        open(
            in(RunState.PROCESSING),
            first,
            failedOnItsCluster(2, kind),
            failedOnItsCluster(3, kind));
    assertThat(FLOW.next(third, TWO_RUNGS, snapshot(NOW), NOW))
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

    assertThat(FLOW.next(open, TWO_RUNGS, snapshot(NOW), NOW)).isEqualTo(new Begin(open, 1));
  }

  @Test
  void a_retry_begins_on_the_rung_after_the_one_that_failed_and_anew_where_no_rung_was_to_blame() {
    Run retried = in(RunState.FAILED).retry(RunState.QUEUED, 1, NOW);
    OpenRun ofShortage = open(retried, failedOnItsCluster(1, FailureKind.CAPACITY));
    OpenRun ofCode =
        open(
            retried,
            failedOnItsCluster(1, FailureKind.INSTANCE),
            failedOnItsCluster(2, FailureKind.USER_CODE));

    assertThat(FLOW.next(ofShortage, TWO_RUNGS, snapshot(NOW), NOW))
        .isEqualTo(new Begin(ofShortage, 1));
    assertThat(FLOW.next(ofCode, TWO_RUNGS, snapshot(NOW), NOW)).isEqualTo(new Begin(ofCode, 0));
  }

  @Test
  void a_rung_that_emr_refuses_for_a_shortage_is_used_up_like_one_whose_cluster_failed() {
    Attempt first = refusedFor(1, "There are not enough free addresses in subnet 'subnet-1'");
    OpenRun open = open(in(RunState.PROCESSING), first);
    OpenRun three =
        open(
            in(RunState.PROCESSING),
            first,
            refusedFor(2, "MaxSpotInstanceCountExceeded"),
            refusedFor(3, "MaxSpotInstanceCountExceeded"));

    assertThat(FLOW.next(open, TWO_RUNGS, snapshot(NOW), NOW)).isEqualTo(new Begin(open, 1));
    assertThat(FLOW.next(three, TWO_RUNGS, snapshot(NOW), NOW)).isInstanceOf(Decide.class);
  }

  @Test
  void a_request_that_emr_refuses_as_wrong_is_the_runs_end() {
    OpenRun open = open(in(RunState.PROCESSING), refusedFor(1, "No such role"));

    assertThat(FLOW.next(open, TWO_RUNGS, snapshot(NOW), NOW)).isInstanceOf(Decide.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Value '-1' at 'instances.instanceFleets.1.member.targetOnDemandCapacity' failed to satisfy constraint",
        "MinimumCapacityUnits must not be above MaximumCapacityUnits",
        "Member must satisfy enum value set: [diversified, capacity-optimized, price-capacity-optimized]"
      })
  void a_member_or_value_that_has_the_word_capacity_is_no_shortage(String words) {
    assertThat(refusedFor(1, words).failure().orElseThrow().kind())
        .isEqualTo(FailureKind.VALIDATION);
  }

  private static Attempt refusedFor(int number, String words) {
    Attempt refused = Iris.intended(number, NOW).called(NOW).refused();
    return refused.failed(EndReason.refused(refused, words, TWO_RUNGS)).ended();
  }

  @Test
  void a_failed_attempts_cluster_is_terminated_before_the_next_one_begins() {
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
    Action late = at(processing(Iris.intended()), Iris.NOON.plus(MAX_AGE).plusNanos(1));

    assertThat(((Fail) late).failure().message()).contains("EMR was not asked for its cluster");
  }
}
