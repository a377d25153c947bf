package flow;

import static org.assertj.core.api.Assertions.assertThat;

import flow.Phase.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import run.Attempt;
import run.ClusterState;
import run.ClusterStatus;
import run.Failure;
import run.FailureKind;
import run.OpenRun;
import run.Outcome;
import run.Run;
import run.RunState;
import run.SentStatement;
import run.StateEntry;
import run.StepState;
import run.StepStatus;
import testing.Iris;

/** Where a run's time went; the minutes are those after noon, when the run took its objects. */
class TimelineTest {

  private static final Failure FAILURE = new Failure(FailureKind.CAPACITY, "none left", "wait");

  @Test
  void a_run_that_succeeded_has_each_phase_from_its_objects_to_its_table() {
    Attempt attempt =
        launched(1, 2, 3)
            .seen(cluster(ClusterState.TERMINATED, 5, 8, 16, step(9, 12)))
            .ending()
            .ended();

    assertThat(
            lines(
                run(RunState.SUCCEEDED, 17),
                List.of(attempt),
                List.of(
                    entry(RunState.COLLECTED, 0),
                    entry(RunState.QUEUED, 1),
                    entry(RunState.PROCESSING, 2),
                    entry(RunState.LOADING, 13),
                    entry(RunState.SUCCEEDED, 17)),
                sent(13),
                sent(14)))
        .containsExactly(
            "WAITING 1 0-3",
            "PROVISIONING 1 3-5",
            "BOOTSTRAPPING 1 5-8",
            "STEP 1 9-12",
            "TERMINATING 1 12-16",
            "LOADING - 13-15");
  }

  @Test
  void a_run_that_waits_for_a_cluster_has_one_open_phase() {
    assertThat(
            lines(
                run(RunState.QUEUED, 1),
                List.of(),
                List.of(entry(RunState.COLLECTED, 0), entry(RunState.QUEUED, 1))))
        .containsExactly("WAITING - 0-");
  }

  @Test
  void what_goes_on_has_no_end() {
    List<StateEntry> history = List.of(entry(RunState.COLLECTED, 0), entry(RunState.PROCESSING, 2));
    Run run = run(RunState.PROCESSING, 2);

    assertThat(lines(run, List.of(Iris.intended(1, at(2))), history))
        .containsExactly("WAITING 1 0-");
    assertThat(lines(run, List.of(launched(1, 2, 3)), history))
        .containsExactly("WAITING 1 0-3", "PROVISIONING 1 3-");
    assertThat(lines(run, List.of(launched(1, 2, 3).seen(bootstrapping(5))), history))
        .containsExactly("WAITING 1 0-3", "PROVISIONING 1 3-5", "BOOTSTRAPPING 1 5-");
    assertThat(
            lines(
                run,
                List.of(
                    launched(1, 2, 3)
                        .seen(running(8, step(8, 9), step(StepState.RUNNING, at(9), null)))),
                history))
        .containsExactly("WAITING 1 0-3", "PROVISIONING 1 3-8", "STEP 1 8-9", "STEP 1 9-");
  }

  @Test
  void a_table_is_being_loaded_until_its_end_is_decided_or_the_run_leaves_the_state() {
    List<StateEntry> history = List.of(entry(RunState.COLLECTED, 0), entry(RunState.LOADING, 13));
    Run loading = run(RunState.LOADING, 13);
    Run proven = loading.decide(Outcome.ended(RunState.SUCCEEDED, "all there"));

    assertThat(lines(loading, List.of(), history, sent(13))).last().isEqualTo("LOADING - 13-");
    assertThat(lines(proven, List.of(), history, sent(13))).last().isEqualTo("LOADING - 13-14");
  }

  @Test
  void each_attempt_has_its_own_wait_and_the_one_that_failed_is_marked() {
    Attempt first =
        launched(1, 2, 3)
            .seen(cluster(ClusterState.TERMINATED_WITH_ERRORS, null, null, 6))
            .failed(FAILURE)
            .ending()
            .ended();
    Attempt second = launched(2, 7, 9);

    assertThat(
            lines(
                run(RunState.PROCESSING, 2),
                List.of(first, second),
                List.of(entry(RunState.COLLECTED, 0), entry(RunState.PROCESSING, 2))))
        .containsExactly(
            "WAITING 1 0-3",
            "PROVISIONING 1 3-6 failed",
            "BETWEEN 2 6-7",
            "WAITING 2 7-9",
            "PROVISIONING 2 9-");
  }

  @Test
  void a_run_that_was_retried_waits_twice_and_not_while_it_had_failed() {
    Attempt first =
        launched(1, 2, 3)
            .seen(cluster(ClusterState.TERMINATED, 4, 5, 9, step(StepState.FAILED, at(6), at(7))))
            .failed(FAILURE)
            .ending()
            .ended();
    Attempt second = launched(2, 62, 63);

    assertThat(
            lines(
                run(RunState.PROCESSING, 62),
                List.of(first, second),
                List.of(
                    entry(RunState.COLLECTED, 0),
                    entry(RunState.PROCESSING, 2),
                    entry(RunState.FAILED, 10),
                    entry(RunState.QUEUED, 60),
                    entry(RunState.PROCESSING, 62))))
        .containsExactly(
            "WAITING 1 0-3",
            "PROVISIONING 1 3-4",
            "BOOTSTRAPPING 1 4-5",
            "STEP 1 6-7 failed",
            "TERMINATING 1 7-9",
            "WAITING 2 60-63",
            "PROVISIONING 2 63-");
  }

  @Test
  void a_load_that_was_retried_is_there_twice_with_its_own_statements() {
    assertThat(
            lines(
                run(RunState.SUCCEEDED, 50),
                List.of(),
                List.of(
                    entry(RunState.COLLECTED, 0),
                    entry(RunState.LOADING, 10),
                    entry(RunState.FAILED, 20),
                    entry(RunState.LOADING, 40),
                    entry(RunState.SUCCEEDED, 50)),
                sent(11),
                sent(41)))
        .filteredOn(line -> line.startsWith("LOADING"))
        .containsExactly("LOADING - 10-12 failed", "LOADING - 40-42");
  }

  @Test
  void a_cluster_whose_end_was_requested_ends_from_then_on() {
    Attempt cancelled =
        launched(1, 2, 3).seen(bootstrapping(5)).endAsked(at(6)).seen(gone(8)).ended();

    assertThat(
            lines(
                run(RunState.CANCELLED, 9),
                List.of(cancelled),
                List.of(
                    entry(RunState.COLLECTED, 0),
                    entry(RunState.PROCESSING, 2),
                    entry(RunState.CANCELLED, 9))))
        .containsExactly(
            "WAITING 1 0-3",
            "PROVISIONING 1 3-5",
            "BOOTSTRAPPING 1 5-6 cut off",
            "TERMINATING 1 6-8");
  }

  @Test
  void a_step_that_was_cancelled_is_cut_off_and_not_done() {
    Attempt cancelled =
        launched(1, 2, 3)
            .seen(
                cluster(ClusterState.TERMINATED, 4, 5, 9, step(StepState.CANCELLED, at(6), at(7))))
            .endAsked(at(7))
            .ended();

    assertThat(
            lines(
                run(RunState.CANCELLED, 9),
                List.of(cancelled),
                List.of(
                    entry(RunState.COLLECTED, 0),
                    entry(RunState.PROCESSING, 2),
                    entry(RunState.CANCELLED, 9))))
        .contains("STEP 1 6-7 cut off")
        .doesNotContain("BETWEEN 2 9-");
  }

  @Test
  void a_run_whose_attempt_has_failed_is_between_attempts_until_the_next_begins() {
    Attempt failed =
        launched(1, 2, 3)
            .seen(cluster(ClusterState.TERMINATED_WITH_ERRORS, null, null, 6))
            .failed(FAILURE)
            .ending()
            .ended();

    assertThat(
            lines(
                run(RunState.PROCESSING, 2),
                List.of(failed),
                List.of(entry(RunState.COLLECTED, 0), entry(RunState.PROCESSING, 2))))
        .last()
        .isEqualTo("BETWEEN 2 6-");
  }

  @Test
  void a_bootstrap_that_failed_is_marked_and_not_the_provisioning_before_it() {
    Attempt failed =
        launched(1, 2, 3).seen(bootstrapping(5)).seen(gone(8)).failed(FAILURE).ending().ended();

    assertThat(
            lines(
                run(RunState.FAILED, 9),
                List.of(failed),
                List.of(entry(RunState.COLLECTED, 0), entry(RunState.PROCESSING, 2))))
        .containsExactly("WAITING 1 0-3", "PROVISIONING 1 3-5", "BOOTSTRAPPING 1 5-8 failed");
  }

  @Test
  void a_cluster_that_emr_has_refused_cost_a_wait_only() {
    Attempt refused = Iris.intended(1, at(2)).failed(FAILURE).ended();

    assertThat(
            lines(
                run(RunState.FAILED, 4),
                List.of(refused),
                List.of(
                    entry(RunState.COLLECTED, 0),
                    entry(RunState.PROCESSING, 2),
                    entry(RunState.FAILED, 4))))
        .containsExactly("WAITING 1 0-4 failed");
  }

  @Test
  void a_run_that_failed_before_any_attempt_waited_until_then() {
    assertThat(
            lines(
                run(RunState.FAILED, 1),
                List.of(),
                List.of(entry(RunState.COLLECTED, 0), entry(RunState.FAILED, 1))))
        .containsExactly("WAITING - 0-1 failed");
  }

  @Test
  void no_phase_ends_before_it_began_where_the_clock_of_emr_is_behind() {
    Attempt behind =
        launched(1, 20, 21)
            .seen(cluster(ClusterState.TERMINATED, 22, 8, 16, step(9, 12)))
            .ending()
            .ended();

    List<Phase> phases =
        Timeline.of(
            new OpenRun(run(RunState.PROCESSING, 20), List.of(behind)),
            List.of(entry(RunState.COLLECTED, 0), entry(RunState.PROCESSING, 20)),
            List.of());

    assertThat(phases)
        .extracting(Phase::kind)
        .containsExactly(
            Kind.WAITING, Kind.PROVISIONING, Kind.BOOTSTRAPPING, Kind.STEP, Kind.TERMINATING);
    assertThat(phases)
        .allSatisfy(phase -> assertThat(phase.to().orElseThrow()).isAfterOrEqualTo(phase.from()));
    assertThat(phases).extracting(Phase::from).isSorted();
  }

  private static List<String> lines(
      Run run, List<Attempt> attempts, List<StateEntry> history, SentStatement... sent) {
    return Timeline.of(new OpenRun(run, attempts), history, List.of(sent)).stream()
        .map(TimelineTest::line)
        .toList();
  }

  private static String line(Phase phase) {
    return "%s %s %d-%s%s"
        .formatted(
            phase.kind(),
            phase.attempt().map(Object::toString).orElse("-"),
            minute(phase.from()),
            phase.to().map(to -> Long.toString(minute(to))).orElse(""),
            phase
                .outcome()
                .map(
                    outcome ->
                        switch (outcome) {
                          case COMPLETED -> "";
                          case FAILED -> " failed";
                          case CUT_OFF -> " cut off";
                        })
                .orElse(""));
  }

  private static long minute(Instant time) {
    return Duration.between(Iris.NOON, time).toMinutes();
  }

  private static Instant at(int minute) {
    return Iris.NOON.plus(Duration.ofMinutes(minute));
  }

  private static StateEntry entry(RunState state, int minute) {
    return new StateEntry(state, at(minute));
  }

  /** It takes a minute. */
  private static SentStatement sent(int minute) {
    return new SentStatement("SELECT 1", at(minute), Duration.ofMinutes(1), Optional.empty());
  }

  private static Run run(RunState state, int since) {
    Run run = Iris.run();
    return new Run(
        run.origin(),
        new Run.Standing(state, at(since), 1, Optional.empty()),
        run.input(),
        run.output(),
        0,
        Optional.empty());
  }

  private static Attempt launched(int number, int intended, int called) {
    return Iris.intended(number, at(intended)).called(at(called)).launched("j-" + number);
  }

  private static ClusterStatus bootstrapping(int since) {
    return Iris.cluster(ClusterState.BOOTSTRAPPING).shownAt(at(since));
  }

  private static ClusterStatus running(int ready, StepStatus... steps) {
    return cluster(ClusterState.RUNNING, null, ready, null, steps);
  }

  private static ClusterStatus gone(int ended) {
    return cluster(ClusterState.TERMINATED, null, null, ended);
  }

  private static ClusterStatus cluster(
      ClusterState state,
      Integer bootstrapping,
      Integer ready,
      Integer ended,
      StepStatus... steps) {
    return new ClusterStatus(
        state, "", "", minute(bootstrapping), minute(ready), minute(ended), List.of(steps));
  }

  private static Optional<Instant> minute(Integer minute) {
    return Optional.ofNullable(minute).map(TimelineTest::at);
  }

  private static StepStatus step(int started, int ended) {
    return step(StepState.COMPLETED, at(started), at(ended));
  }

  private static StepStatus step(StepState state, Instant started, Instant ended) {
    return new StepStatus(
        "s-1", "transform", state, "", Optional.of(started), Optional.ofNullable(ended));
  }
}
