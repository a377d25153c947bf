package flow;

import static flow.FlowCases.FLOW;
import static flow.FlowCases.GIVE_UP_AFTER;
import static flow.FlowCases.MAX_AGE;
import static flow.FlowCases.NOW;
import static flow.FlowCases.assertJudged;
import static flow.FlowCases.assertWaits;
import static flow.FlowCases.at;
import static flow.FlowCases.failure;
import static flow.FlowCases.in;
import static flow.FlowCases.lost;
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
import flow.Action.Begin;
import flow.Action.DeclareEmpty;
import flow.Action.Fail;
import flow.Action.Judge;
import flow.Action.Launch;
import flow.Action.Load;
import flow.Action.Wait;
import flow.Action.WriteManifest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import run.Attempt;
import run.ClusterState;
import run.ClusterStatus;
import run.Failure;
import run.FailureKind;
import run.OpenRun;
import run.Run;
import run.RunState;
import run.StepState;
import testing.Iris;

/** What comes next for a run on its way. */
class FlowTest {

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
  void a_step_that_is_running_is_waited_for(ClusterState state) {
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
    Action late = at(open, Iris.NOON.plus(MAX_AGE).plusNanos(1));

    Failure failure = ((Fail) late).failure();
    assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(failure.message())
        .isEqualTo(
            "Attempt 1 was not done by 2026-11-22T17:00:00Z (its pipeline's cluster.max-age); its cluster is RUNNING");
  }

  @Test
  void what_was_done_between_listings_is_not_late_before_the_next_listing() {
    OpenRun open = processing(seen(ClusterState.RUNNING, StepState.RUNNING));
    Instant late = Iris.NOON.plus(MAX_AGE).plusNanos(1);

    assertThat(FLOW.next(open, Iris.pipeline(), ClusterSnapshot.NONE, late))
        .isEqualTo(new Wait(open));
    assertThat(at(open, late)).isInstanceOf(Fail.class);
  }

  @Test
  void a_cluster_that_has_ended_meanwhile_is_not_late_before_its_steps_are_known() {
    OpenRun open = processing(seen(ClusterState.RUNNING, StepState.RUNNING));
    OpenRun ends = processing(seen(ClusterState.TERMINATING, StepState.RUNNING));
    Instant late = Iris.NOON.plus(MAX_AGE).plusSeconds(1);
    ClusterSnapshot gone = new ClusterSnapshot(late, Map.of());

    assertThat(FLOW.next(open, Iris.pipeline(), gone, late)).isEqualTo(new Wait(open));
    assertThat(at(ends, late)).isEqualTo(new Wait(ends));
    Instant muchLater = late.plus(GIVE_UP_AFTER);
    assertThat(
            FLOW.next(open, Iris.pipeline(), new ClusterSnapshot(muchLater, Map.of()), muchLater))
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
  void a_cluster_that_stays_in_bootstrapping_by_its_deadline_is_given_up_for_another() {
    OpenRun open = processing(Iris.launched().seen(Iris.cluster(ClusterState.BOOTSTRAPPING)));
    Instant since = Iris.NOON.plus(Duration.ofMinutes(25));
    Instant deadline = since.plus(Iris.pipeline().cluster().bootstrapDeadline());

    assertThat(bootstrapping(open, since, deadline)).isEqualTo(new Wait(open));
    Failure late = ((Fail) bootstrapping(open, since, deadline.plusNanos(1))).failure();
    assertThat(late.kind()).isEqualTo(FailureKind.BOOTSTRAP);
    assertThat(late.message())
        .isEqualTo(
            "Cluster j-2AXXXXXXGAPLF was still BOOTSTRAPPING after 30m (pipelines.iris.cluster.bootstrap-deadline)");
  }

  private static Action bootstrapping(OpenRun open, Instant since, Instant now) {
    ClusterSnapshot shown = shown(open, now);
    ClusterSnapshot snapshot =
        new ClusterSnapshot(now, now, shown.clusters(), Set.of(), Map.of(Iris.CLUSTER, since));
    return FLOW.next(open, Iris.pipeline(), snapshot, now);
  }

  @Test
  void good_steps_are_judged_however_old_the_attempt_is() {
    Attempt attempt = seen(ClusterState.TERMINATED, StepState.COMPLETED);
    OpenRun open = processing(attempt);

    assertThat(at(open, Iris.NOON.plus(MAX_AGE.multipliedBy(2))))
        .isEqualTo(new Judge(open, attempt));
  }

  @Test
  void a_cluster_last_seen_starting_that_is_not_listed_any_more_is_no_shortage() {
    OpenRun open = processing(Iris.launched().seen(Iris.cluster(ClusterState.STARTING)));
    Instant late = Iris.NOON.plus(Duration.ofHours(1));

    assertThat(FLOW.next(open, Iris.pipeline(), new ClusterSnapshot(late, Map.of()), late))
        .isEqualTo(new Wait(open));
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

    assertThat(FLOW.nextWithoutPipeline(lost, snapshot(NOW, named(unanswered, "j-1", NOW)), NOW))
        .isInstanceOf(Adopt.class);
    assertThat(FLOW.nextWithoutPipeline(lost, snapshot(late), late)).isInstanceOf(Fail.class);
    assertThat(FLOW.nextWithoutPipeline(old, shown(old, late), late)).isInstanceOf(Fail.class);
    assertThat(terminated(processing(failed), NOW)).containsExactly(failed);
    assertThat(FLOW.nextWithoutPipeline(good, shown(good, late), late)).isEqualTo(new Wait(good));
    OpenRun queued = open(in(RunState.QUEUED));
    assertThat(FLOW.nextWithoutPipeline(queued, snapshot(late), late)).isEqualTo(new Wait(queued));
  }

  @ParameterizedTest
  @EnumSource(
      value = RunState.class,
      names = {"SUCCEEDED", "FAILED", "CANCELLED", "NO_DATA"})
  void nothing_follows_a_last_state(RunState state) {
    assertWaits(open(in(state), Iris.launched()));
  }
}
