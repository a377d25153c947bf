package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import run.Attempt;
import run.AttemptState;
import run.ClusterState;
import run.ClusterStatus;
import run.Failure;
import run.FailureKind;
import run.OpenRun;
import run.Outcome;
import run.RetiredOutput;
import run.RowCounts;
import run.Run;
import run.RunId;
import run.RunState;
import run.StateChanged;
import run.StateEntry;
import run.StepState;
import run.StepStatus;
import testing.Iris;

/** Runs and attempts are read as they were saved, and no writer overwrites another. */
abstract class RunStoreContract extends StoreContract {

  @Test
  void
      a_failed_step_waits_for_its_logs_word_before_it_is_judged_and_a_bootstrap_action_without_one() {
    begun(id(1));
    begun(id(2));
    runs.save(
        attempt(id(1), 1)
            .called(NOON)
            .launched("j-1")
            .seen(Iris.cluster(ClusterState.TERMINATING, Iris.step(StepState.FAILED))));
    runs.save(
        attempt(id(2), 1)
            .called(NOON)
            .launched("j-2")
            .failed(new Failure(FailureKind.BOOTSTRAP, "bootstrap action 1", "mend it")));

    assertThat(runs.unexplained(10))
        .extracting(waiting -> waiting.clusterId().orElseThrow())
        .containsExactlyInAnyOrder("j-1", "j-2");
  }

  @Test
  void a_failed_attempt_waits_for_its_logs_word_until_it_is_there() {
    begun(id(1));
    begun(id(2));
    runs.save(
        attempt(id(2), 1)
            .launched("j-2")
            .failed(new Failure(FailureKind.CAPACITY, "no machines", "wait")));
    Failure failure = new Failure(FailureKind.USER_CODE, "step failed", "mend it");
    Attempt failed =
        attempt(id(1), 1)
            .called(NOON)
            .launched("j-1")
            .seen(Iris.cluster(ClusterState.TERMINATING, Iris.step(StepState.FAILED)))
            .failed(failure)
            .ending();
    runs.save(failed);
    Attempt stored = attempts(id(1)).get(0);
    assertThat(stored.failure()).contains(failure);
    assertThat(runs.unexplained(10)).containsExactly(stored);

    runs.save(stored.explained(List.of("Caused by: x", "  at y")));

    assertThat(runs.unexplained(10)).isEmpty();
    assertThat(attempts(id(1)).get(0).rootCause()).contains(List.of("Caused by: x", "  at y"));
    runs.save(attempts(id(1)).get(0).explained(List.of()));
    assertThat(attempts(id(1)).get(0).rootCause()).contains(List.of());
  }

  @Test
  void two_runs_cannot_take_one_object() {
    objects.record("iris", List.of(object("a"), object("b")));
    runs.collect(run(id(1)), List.of(object("a")));

    assertThatThrownBy(() -> runs.collect(run(id(2)), List.of(object("b"), object("a"))))
        .isInstanceOf(StaleVersionException.class);

    assertThat(runs.find(id(2))).isEmpty();
    assertThat(runs.history(id(2))).isEmpty();
    assertThat(keys(objects.waiting("iris", 10))).containsExactly("b");
  }

  @Test
  void a_run_cannot_take_what_has_not_landed() {
    assertThatThrownBy(() -> runs.collect(run(id(1)), List.of(object("a"))))
        .isInstanceOf(StaleVersionException.class);
    assertThat(runs.find(id(1))).isEmpty();
  }

  @Test
  void a_run_comes_back_with_everything_that_is_known_of_it() {
    Run failed =
        collected(id(1), "a")
            .counted(new RowCounts(150, 3, 7))
            .decide(Outcome.failed(new Failure(FailureKind.DATA, "it's bad", "mend it")));

    runs.save(run(id(1)), failed);

    assertThat(stored(id(1))).isEqualTo(atVersion(failed, 1));
  }

  @Test
  void an_end_without_failure_comes_back_without_failure() {
    Run decided = collected(id(1), "a").decide(Outcome.ended(RunState.NO_DATA, "nothing"));

    runs.save(run(id(1)), decided);

    assertThat(stored(id(1)).outcome()).isEqualTo(decided.outcome());
  }

  @Test
  void a_stale_run_is_refused_and_the_store_keeps_what_it_has() {
    Run run = collected(id(1), "a");
    Run queued = run.moveTo(RunState.QUEUED, NOON);
    runs.save(run, queued);

    assertThatThrownBy(() -> runs.save(run, run.moveTo(RunState.CANCELLED, NOON)))
        .isInstanceOf(StaleVersionException.class)
        .hasMessage("Cannot save version 0 of run %s: it was changed meanwhile", id(1));
    assertThat(stored(id(1)).state()).isEqualTo(RunState.QUEUED);
    assertThat(changes.fired()).hasSize(1);
  }

  @Test
  void a_run_that_is_not_in_the_store_cannot_be_saved() {
    assertThatThrownBy(() -> runs.save(run(id(1)), run(id(1)).moveTo(RunState.QUEUED, NOON)))
        .isInstanceOf(StaleVersionException.class);
  }

  @Test
  void a_change_of_state_is_an_event_with_the_time_spent_and_any_other_is_not() {
    Run run = collected(id(1), "a");
    Run queued = run.moveTo(RunState.QUEUED, NOON.plusSeconds(3));
    runs.save(run, queued);
    Run stored = stored(id(1));
    runs.save(stored, stored.counted(new RowCounts(1, 1, 0)));

    assertThat(changes.fired())
        .containsExactly(new StateChanged(queued, RunState.COLLECTED, Duration.ofSeconds(3)));
  }

  @Test
  void open_runs_come_oldest_first_and_the_newest_come_newest_first() {
    collected(id(2), "b");
    collected(id(1), "a");
    collected(id(3), "c");
    runs.save(run(id(2)), run(id(2)).moveTo(RunState.NO_DATA, NOON));

    assertThat(ids(runs.open())).containsExactly(id(1), id(3));
    assertThat(ids(runs.newest(2))).containsExactly(id(3), id(2));
    assertThat(ids(runs.newest(10))).containsExactly(id(3), id(2), id(1));
  }

  @Test
  void every_state_but_the_last_ones_is_open() {
    List<RunId> open = new ArrayList<>();
    int number = 0;
    for (RunState state : RunState.values()) {
      RunId id = id(number++);
      collected(id, "object-" + state);
      if (state != RunState.COLLECTED) {
        runs.save(run(id), in(id, state));
      }
      if (!state.isFinal()) {
        open.add(id);
      }
    }

    assertThat(ids(runs.open())).containsExactlyElementsOf(open).hasSize(4);
  }

  @Test
  void a_run_is_found_with_its_attempts_first_to_last() {
    Run run = collected(id(1), "a");
    runs.begin(run, in(id(1), RunState.PROCESSING), attempt(id(1), 2));
    Run begun = stored(id(1));
    runs.begin(begun, begun, attempt(id(1), 1));

    OpenRun found = runs.find(id(1)).orElseThrow();
    assertThat(found.attempts()).extracting(Attempt::number).containsExactly(1, 2);
    assertThat(found.lastAttempt()).contains(attempt(id(1), 2));
    assertThat(runs.find(id(9))).isEmpty();
  }

  @Test
  void history_has_every_state_in_order_of_time_even_within_one_instant() {
    Run run = collected(id(1), "a");
    runs.save(run, run.moveTo(RunState.QUEUED, NOON));
    Run queued = stored(id(1));
    runs.save(queued, queued.moveTo(RunState.PROCESSING, NOON));
    Run processing = stored(id(1));
    runs.save(processing, processing.moveTo(RunState.LOADING, NOON.plusMillis(1)));

    assertThat(runs.history(id(1)))
        .containsExactly(
            new StateEntry(RunState.COLLECTED, NOON),
            new StateEntry(RunState.QUEUED, NOON),
            new StateEntry(RunState.PROCESSING, NOON),
            new StateEntry(RunState.LOADING, NOON.plusMillis(1)));
    assertThat(runs.history(id(9))).isEmpty();
  }

  @Test
  void runs_are_counted_by_state_and_pipeline() {
    collected(id(1), "a");
    collected(id(2), "b");
    collected(id(3), "c");
    runs.save(run(id(3)), in(id(3), RunState.QUEUED));

    assertThat(runs.countByState("iris"))
        .isEqualTo(Map.of(RunState.COLLECTED, 2L, RunState.QUEUED, 1L));
    assertThat(runs.countByState("roses")).isEmpty();
  }

  @Test
  void an_attempt_comes_back_with_its_cluster_and_its_steps() {
    begun(id(1));
    ClusterStatus cluster =
        new ClusterStatus(
            ClusterState.TERMINATING,
            "STEP_FAILURE",
            "it's over",
            Optional.of(NOON.minusSeconds(1)),
            Optional.of(NOON),
            Optional.of(NOON.plusSeconds(1)),
            List.of(
                new StepStatus(
                    "s-2",
                    "second",
                    StepState.FAILED,
                    "exit 1",
                    Optional.of(NOON),
                    Optional.of(NOON)),
                new StepStatus(
                    "s-1", "first", StepState.PENDING, "", Optional.empty(), Optional.empty())));

    Attempt saved = runs.save(attempt(id(1), 1).called(NOON).launched("j-1").seen(cluster));

    assertThat(saved.version()).isEqualTo(1);
    assertThat(attempts(id(1))).containsExactly(saved);
    assertThat(saved.cluster()).contains(cluster);
  }

  @Test
  void the_steps_are_those_that_were_seen_last() {
    begun(id(1));
    Attempt first =
        runs.save(
            attempt(id(1), 1)
                .launched("j-1")
                .seen(
                    Iris.cluster(
                        ClusterState.RUNNING,
                        Iris.step(StepState.RUNNING),
                        Iris.step(StepState.PENDING))));

    Attempt second =
        runs.save(
            first.seen(Iris.cluster(ClusterState.TERMINATING, Iris.step(StepState.COMPLETED))));

    assertThat(attempts(id(1))).containsExactly(second);
  }

  @Test
  void a_stale_attempt_is_refused_and_its_steps_stay() {
    begun(id(1));
    Attempt launched =
        runs.save(
            attempt(id(1), 1)
                .launched("j-1")
                .seen(Iris.cluster(ClusterState.RUNNING, Iris.step(StepState.RUNNING))));
    Attempt stale = attempt(id(1), 1).launched("j-2").seen(Iris.cluster(ClusterState.TERMINATED));

    assertThatThrownBy(() -> runs.save(stale))
        .isInstanceOf(StaleVersionException.class)
        .hasMessage(
            "Cannot save version 0 of attempt 1 of run %s: it was changed meanwhile", id(1));
    assertThat(attempts(id(1))).containsExactly(launched);
  }

  @Test
  void open_attempts_are_all_that_have_not_ended_with_what_their_clusters_steps_do() {
    int number = 0;
    for (AttemptState state : AttemptState.values()) {
      RunId id = id(number++);
      begun(id);
      Attempt attempt = attempt(id, 1);
      switch (state) {
        case INTENDED -> {}
        case LAUNCHED ->
            runs.save(
                attempt
                    .launched("j-1")
                    .seen(Iris.cluster(ClusterState.RUNNING, Iris.step(StepState.RUNNING))));
        case ENDING -> runs.save(attempt.launched("j-2").ending());
        case ENDED -> runs.save(attempt.launched("j-3").ending().ended());
      }
    }

    assertThat(runs.openAttempts())
        .extracting(attempt -> attempt.clusterId().orElse("none"))
        .containsExactly("none", "j-1", "j-2");
    assertThat(runs.openAttempts().get(1).cluster().orElseThrow().steps())
        .containsExactly(Iris.step(StepState.RUNNING));
    assertThat(runs.attempt(id(1), 1)).contains(runs.openAttempts().get(1));
    assertThat(runs.attempt(id(1), 2)).isEmpty();
  }

  @Test
  void two_ticks_cannot_begin_one_run_twice() {
    Run run = collected(id(1), "a");
    Run processing = in(id(1), RunState.PROCESSING);
    runs.begin(run, processing, attempt(id(1), 1));

    assertThatThrownBy(() -> runs.begin(run, processing, attempt(id(1), 1)))
        .isInstanceOf(StaleVersionException.class);
    assertThatThrownBy(() -> runs.begin(run, processing, attempt(id(1), 2)))
        .isInstanceOf(StaleVersionException.class);
    assertThat(attempts(id(1))).hasSize(1);
  }

  @Test
  void that_files_may_be_in_the_table_is_known_after_a_restart_until_they_are_out_again() {
    Run run = collected(id(1), "a");
    Run before = runs.save(run, in(id(1), RunState.PROCESSING));
    Attempt attempt = attempt(id(1), 1);
    runs.begin(before, before, attempt);
    Run loading = find(id(1));

    Run registering = runs.save(loading, loading.registering());
    assertThat(find(id(1))).isEqualTo(registering);
    assertThat(find(id(1)).mayBeInTable()).isTrue();

    runs.withdrawn(
        registering,
        registering.withdrawn(),
        new RetiredOutput(id(1), 1, Optional.of(NOON), Optional.empty(), Optional.of(NOON)));
    assertThat(find(id(1)).mayBeInTable()).isFalse();
  }

  private Run find(RunId id) {
    return runs.find(id).orElseThrow().run();
  }

  private static Run atVersion(Run run, long version) {
    return new Run(
        run.origin(), run.standing(), run.input(), run.output(), version, run.replayedAs());
  }

  private static List<RunId> ids(List<OpenRun> runs) {
    return runs.stream().map(open -> open.run().id()).toList();
  }
}
