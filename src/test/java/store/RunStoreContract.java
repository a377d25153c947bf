package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import batch.LandedObject;
import batch.ObjectsLanded;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import run.Attempt;
import run.AttemptState;
import run.ClusterState;
import run.ClusterStatus;
import run.Failure;
import run.FailureKind;
import run.OpenRun;
import run.Outcome;
import run.RowCounts;
import run.Run;
import run.RunId;
import run.RunState;
import run.SentStatement;
import run.StateChanged;
import run.StateEntry;
import run.StepState;
import run.StepStatus;
import testing.FailingDataSource;
import testing.Iris;
import testing.RecordedEvents;
import testing.Threads;

/** What every run store must do, whatever database is underneath. */
abstract class RunStoreContract {

  private static final Instant NOON = Iris.NOON;

  private final RecordedEvents<StateChanged> changes = new RecordedEvents<>();
  private final RecordedEvents<ObjectsLanded> landings = new RecordedEvents<>();
  private FailingDataSource source;
  private RunStore runs;
  private LandedObjects objects;

  /** An empty store with its tables. */
  abstract DataSource emptyStore();

  /** A place without the store's tables. */
  abstract DataSource nothing();

  @BeforeEach
  void open() {
    source = new FailingDataSource(emptyStore());
    runs = new RunStore(new Database(source, "runs.db"), changes);
    objects = new LandedObjects(new Database(source, "runs.db"), landings);
  }

  // Landed objects.

  @Test
  void recording_an_object_twice_adds_it_once_and_tells_it_once() {
    assertThat(objects.record("iris", List.of(object("a"), object("b")))).isEqualTo(2);
    assertThat(objects.record("iris", List.of(object("b"), object("c")))).isEqualTo(1);
    assertThat(objects.record("iris", List.of(object("a")))).isZero();
    assertThat(objects.record("iris", List.of())).isZero();

    assertThat(keys(objects.waiting("iris", 10))).containsExactly("a", "b", "c");
    assertThat(landings.fired())
        .containsExactly(new ObjectsLanded("iris", 2), new ObjectsLanded("iris", 1));
  }

  @Test
  void an_object_comes_back_as_it_was_recorded() {
    LandedObject odd =
        new LandedObject(
            "iris",
            "landing",
            "späte lieferung 100%+1'\".gz",
            "e-3",
            Long.MAX_VALUE,
            Instant.parse("2026-11-22T11:59:59.123456789Z"),
            NOON);

    objects.record("iris", List.of(odd));

    assertThat(objects.waiting("iris", 10)).containsExactly(odd);
  }

  @Test
  void another_etag_bucket_or_pipeline_makes_another_object() {
    objects.record(
        "iris",
        List.of(
            object("a"),
            new LandedObject("iris", "landing", "a", "other", 1, NOON, NOON),
            new LandedObject("iris", "other", "a", "etag-of-a", 1, NOON, NOON)));
    objects.record("roses", List.of(object("a")));

    assertThat(objects.waiting("roses", 10)).hasSize(1);
    assertThat(objects.waiting("iris", 10))
        .extracting(LandedObject::bucket, LandedObject::etag)
        .containsExactly(tuple("landing", "other"), tuple("other", "etag-of-a"));
  }

  @Test
  void an_object_that_was_overwritten_while_it_waited_is_left_to_its_later_version() {
    objects.record("iris", List.of(Iris.object("a", 1, NOON), Iris.object("b", 1, NOON)));
    LandedObject later =
        new LandedObject("iris", "landing", "a", "later", 2, NOON.plusSeconds(1), NOON);
    objects.record("iris", List.of(later));

    assertThat(objects.waiting("iris", 10))
        .extracting(LandedObject::key, LandedObject::etag)
        .containsExactly(tuple("b", "etag-of-b"), tuple("a", "later"));
  }

  @Test
  void a_replay_takes_over_the_objects_of_a_failed_run_once() {
    Run failed = collected(id(1), "a");
    Run again =
        failed
            .decide(Outcome.failed(new Failure(FailureKind.DATA, "bad", "mend")))
            .moveTo(RunState.FAILED, NOON);
    runs.save(failed, again);
    Run replay = stored(id(1)).replay(RunState.COLLECTED, id(2), NOON);

    Run stored = stored(id(1));
    runs.replay(stored, replay);

    assertThat(keys(objects.of(id(2)))).containsExactly("a");
    assertThat(runs.find(id(2)).orElseThrow().run().state()).isEqualTo(RunState.COLLECTED);
    Run third = again.replay(RunState.COLLECTED, id(3), NOON);
    assertThatThrownBy(() -> runs.replay(stored, third)).isInstanceOf(StaleVersionException.class);
    assertThat(runs.find(id(3))).isEmpty();
  }

  @Test
  void a_replay_and_the_run_that_it_replays_know_each_other() {
    failed(id(1), RunState.QUEUED);
    Run ended = stored(id(1));
    runs.replay(ended, ended.replay(RunState.QUEUED, id(2), NOON));

    assertThat(stored(id(1)).replayedAs()).contains(id(2));
    assertThat(stored(id(1)).replayOf()).isEmpty();
    assertThat(stored(id(2)).replayOf()).contains(id(1));
    assertThat(stored(id(2)).replayedAs()).isEmpty();
    assertThat(runs.newest(2))
        .extracting(open -> open.run().replayOf())
        .contains(Optional.of(id(1)));
  }

  @Test
  void a_replay_that_failed_is_replayed_itself_and_the_objects_go_from_run_to_run() {
    failed(id(1), RunState.QUEUED);
    Run first = stored(id(1));
    runs.replay(first, first.replay(RunState.QUEUED, id(2), NOON));
    Run second = stored(id(2));
    runs.save(
        second,
        second
            .decide(Outcome.failed(new Failure(FailureKind.DATA, "bad", "mend")))
            .moveTo(RunState.FAILED, NOON));
    Run failedAgain = stored(id(2));
    runs.replay(failedAgain, failedAgain.replay(RunState.COLLECTED, id(3), NOON));

    assertThat(stored(id(2)).replayOf()).contains(id(1));
    assertThat(stored(id(2)).replayedAs()).contains(id(3));
    assertThat(keys(objects.of(id(3)))).hasSize(1);
    assertThat(objects.of(id(1))).isEmpty();
    assertThat(objects.of(id(2))).isEmpty();
  }

  @Test
  void a_retry_goes_on_with_the_same_run_and_its_history_tells_every_state_twice() {
    failed(id(1), RunState.LOADING);
    Run again = stored(id(1));

    assertThat(runs.reached(id(1))).isEqualTo(RunState.LOADING);
    runs.retry(again, again.retry(RunState.LOADING, 1, NOON.plusSeconds(9)));

    assertThat(stored(id(1)).state()).isEqualTo(RunState.LOADING);
    assertThat(stored(id(1)).outcome()).isEmpty();
    assertThat(runs.history(id(1)))
        .extracting(StateEntry::state)
        .containsExactly(RunState.COLLECTED, RunState.LOADING, RunState.FAILED, RunState.LOADING);
    assertThat(runs.open()).extracting(open -> open.run().id()).containsExactly(id(1));
  }

  @Test
  void a_run_whose_objects_are_another_runs_meanwhile_cannot_be_retried() {
    failed(id(1), RunState.QUEUED);
    Run ended = stored(id(1));
    runs.replay(ended, ended.replay(RunState.QUEUED, id(2), NOON));
    Run retried = ended.retry(RunState.QUEUED, 0, NOON);

    assertThatThrownBy(() -> runs.retry(ended, retried)).isInstanceOf(StaleVersionException.class);
    assertThat(stored(id(1)).state()).isEqualTo(RunState.FAILED);
  }

  @Test
  void a_run_that_is_retried_meanwhile_cannot_be_replayed() {
    failed(id(1), RunState.QUEUED);
    Run ended = stored(id(1));
    runs.retry(ended, ended.retry(RunState.QUEUED, 0, NOON));
    Run replayed = ended.replay(RunState.QUEUED, id(2), NOON);

    assertThatThrownBy(() -> runs.replay(ended, replayed))
        .isInstanceOf(StaleVersionException.class);
    assertThat(runs.find(id(2))).isEmpty();
    assertThat(keys(objects.of(id(1)))).hasSize(1);
  }

  @Test
  void of_a_statement_that_fails_again_and_again_the_last_try_is_kept() {
    collected(id(1), "a");
    SentStatement first = new SentStatement("A", NOON, Duration.ofMillis(1), Optional.of("away"));
    SentStatement again =
        new SentStatement("A", NOON.plusSeconds(1), Duration.ofMillis(1), Optional.of("away"));
    SentStatement good =
        new SentStatement("B", NOON.plusSeconds(2), Duration.ofMillis(1), Optional.empty());
    runs.record(id(1), first);
    runs.record(id(1), again);
    runs.record(id(1), good);
    runs.record(id(1), good);

    assertThat(runs.statements(id(1))).containsExactly(again, good, good);
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
  void objects_wait_in_the_order_in_which_they_were_written_to_s3() {
    objects.record(
        "iris",
        List.of(
            Iris.object("late", 1, NOON.plusNanos(1)),
            Iris.object("early", 1, NOON.minusSeconds(1)),
            Iris.object("z-same", 1, NOON),
            Iris.object("a-same", 1, NOON)));

    assertThat(keys(objects.waiting("iris", 10)))
        .containsExactly("early", "z-same", "a-same", "late");
    assertThat(keys(objects.waiting("iris", 2))).containsExactly("early", "z-same");
  }

  @Test
  void a_taken_object_does_not_wait_and_does_not_land_again() {
    collected(id(1), "a");

    assertThat(objects.waiting("iris", 10)).isEmpty();
    assertThat(objects.record("iris", List.of(object("a")))).isZero();
    assertThat(keys(objects.of(id(1)))).containsExactly("a");
  }

  // Runs.

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
  void a_change_of_state_is_told_with_the_time_spent_and_any_other_is_not() {
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
  void history_tells_every_state_in_times_order_also_within_one_instant() {
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
  void statements_come_back_in_the_order_in_which_they_were_sent() {
    collected(id(1), "a");
    SentStatement first =
        new SentStatement("SELECT 'ü'", NOON, Duration.ofMillis(7), Optional.empty());
    SentStatement second =
        new SentStatement("ALTER", NOON, Duration.ofMillis(9), Optional.of("error line 1"));
    runs.record(id(1), first);
    runs.record(id(1), second);
    runs.record(id(1), first);

    assertThat(runs.statements(id(1))).containsExactly(first, second, first);
    assertThat(runs.statements(id(9))).isEmpty();
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

  // Attempts.

  @Test
  void an_attempt_comes_back_with_its_cluster_and_its_steps() {
    begun(id(1));
    ClusterStatus cluster =
        new ClusterStatus(
            ClusterState.TERMINATING,
            "STEP_FAILURE",
            "it's over",
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

  // Whole or not at all.

  @Test
  void an_attempt_is_not_saved_without_its_run() {
    begun(id(1));
    Run stale = run(id(1));

    assertThatThrownBy(
            () ->
                runs.save(
                    stale, in(id(1), RunState.LOADING), attempt(id(1), 1).launched("j-1").ending()))
        .isInstanceOf(StaleVersionException.class);
    assertThat(attempts(id(1))).containsExactly(attempt(id(1), 1));
  }

  @Test
  void a_run_is_not_saved_without_its_attempt() {
    begun(id(1));
    runs.save(attempt(id(1), 1).called(NOON));
    Run begun = stored(id(1));

    assertThatThrownBy(
            () ->
                runs.save(
                    begun,
                    begun.moveTo(RunState.LOADING, NOON),
                    attempt(id(1), 1).launched("j-1").ending()))
        .isInstanceOf(StaleVersionException.class);
    assertThat(stored(id(1))).isEqualTo(begun);
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new SQLException("disk full"),
        new IllegalStateException("a bug"),
        new StackOverflowError());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void nothing_is_half_written_whichever_statement_fails_and_however(Throwable failure) {
    objects.record("iris", List.of(object("a")));
    for (int statement = 0; statement < 3; statement++) {
      assertFails(statement, failure, () -> runs.collect(run(id(1)), List.of(object("a"))));
      assertThat(runs.find(id(1))).isEmpty();
      assertThat(objects.waiting("iris", 10)).hasSize(1);
    }
    runs.collect(run(id(1)), List.of(object("a")));
    Run run = stored(id(1));
    for (int statement = 0; statement < 3; statement++) {
      assertFails(
          statement,
          failure,
          () -> runs.begin(run, in(id(1), RunState.PROCESSING), attempt(id(1), 1)));
      assertThat(runs.find(id(1))).contains(new OpenRun(run, List.of()));
      assertThat(runs.history(id(1))).hasSize(1);
    }
    assertThat(changes.fired()).isEmpty();
  }

  @Test
  void a_refusal_of_the_database_is_a_store_exception_with_its_words() {
    source.failAfter(0, new SQLException("disk full"));

    assertThatThrownBy(() -> runs.open())
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("Cannot use the run store ")
        .hasMessageEndingWith(": disk full");
  }

  @Test
  void a_probe_finds_out_whether_the_store_works() {
    runs.probe();

    RunStore none = new RunStore(new Database(nothing(), "runs.db"), changes);
    assertThatThrownBy(none::probe).isInstanceOf(StoreException.class);
  }

  // At the same time.

  @Test
  void of_runs_that_want_the_same_objects_at_the_same_time_one_gets_each() {
    List<LandedObject> all =
        IntStream.range(0, 20).mapToObj(number -> object("object-" + number)).toList();
    objects.record("iris", all);

    List<Integer> taken =
        Threads.together(
            4,
            thread -> {
              int mine = 0;
              for (int i = 0; i < all.size(); i++) {
                mine += takes(id(thread * 100 + i), all.get(i)) ? 1 : 0;
              }
              return mine;
            });

    assertThat(taken.stream().mapToInt(Integer::intValue).sum()).isEqualTo(all.size());
    assertThat(runs.newest(100)).hasSize(all.size());
    assertThat(objects.waiting("iris", 100)).isEmpty();
  }

  @Test
  void writers_of_one_run_at_the_same_time_lose_nothing() {
    collected(id(1), "a");
    int each = 20;

    Threads.together(
        4,
        thread -> {
          for (int i = 0; i < each; i++) {
            addOneRow();
          }
          return null;
        });

    assertThat(stored(id(1)).rows()).contains(new RowCounts(4L * each, 0, 0));
    assertThat(stored(id(1)).version()).isEqualTo(4L * each);
  }

  @Test
  void listings_at_the_same_time_record_each_object_once() {
    List<LandedObject> page =
        IntStream.range(0, 200).mapToObj(number -> object("object-" + number)).toList();

    List<Integer> added = Threads.together(4, thread -> objects.record("iris", page));

    assertThat(added.stream().mapToInt(Integer::intValue).sum()).isEqualTo(page.size());
    assertThat(objects.waiting("iris", 1_000)).hasSize(page.size());
  }

  private boolean takes(RunId id, LandedObject object) {
    try {
      runs.collect(run(id), List.of(object));
      return true;
    } catch (StaleVersionException e) {
      return false;
    }
  }

  private void addOneRow() {
    boolean saved = false;
    while (!saved) {
      Run run = stored(id(1));
      long rows = run.rows().map(RowCounts::read).orElse(0L);
      try {
        runs.save(run, run.counted(new RowCounts(rows + 1, 0, 0)));
        saved = true;
      } catch (StaleVersionException e) {
        saved = false;
      }
    }
  }

  private void assertFails(int statement, Throwable failure, Runnable work) {
    source.failAfter(statement, failure);
    assertThatThrownBy(work::run)
        .satisfies(thrown -> assertThat(Stream.of(thrown, thrown.getCause())).contains(failure));
    source.recover();
  }

  private Run collected(RunId id, String key) {
    objects.record("iris", List.of(object(key)));
    Run run = run(id);
    runs.collect(run, List.of(object(key)));
    return run;
  }

  private void begun(RunId id) {
    Run run = collected(id, "object-of-" + id);
    runs.begin(run, in(id, RunState.PROCESSING), attempt(id, 1));
  }

  private void failed(RunId id, RunState reached) {
    Run collected = collected(id, "object-of-" + id);
    runs.save(collected, in(id, reached));
    Run stored = stored(id);
    Outcome end = Outcome.failed(new Failure(FailureKind.WAREHOUSE, "bad", "mend"));
    runs.save(stored, stored.decide(end).moveTo(RunState.FAILED, NOON));
  }

  private Run stored(RunId id) {
    return runs.find(id).orElseThrow().run();
  }

  private List<Attempt> attempts(RunId id) {
    return runs.find(id).orElseThrow().attempts();
  }

  private static Run run(RunId id) {
    return Run.collected(id, "iris", NOON, 1, 1);
  }

  private static Run in(RunId id, RunState state) {
    return new Run(
        id,
        "iris",
        state,
        0,
        NOON,
        NOON,
        1,
        1,
        Optional.empty(),
        1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Run atVersion(Run run, long version) {
    return new Run(
        run.id(),
        run.pipeline(),
        run.state(),
        version,
        run.createdAt(),
        run.stateSince(),
        run.objects(),
        run.bytes(),
        run.rows(),
        run.firstAttempt(),
        run.outcome(),
        run.replayOf(),
        run.replayedAs());
  }

  private static Attempt attempt(RunId id, int number) {
    return Attempt.intended(
        new Attempt.Intent(
            id, number, 1, "cluster of " + id, "s3://logs/", NOON, NOON.plusSeconds(60)));
  }

  private static RunId id(int number) {
    return RunId.create(NOON, number);
  }

  private static LandedObject object(String key) {
    return Iris.object(key, 1, NOON);
  }

  private static List<String> keys(List<LandedObject> objects) {
    return objects.stream().map(LandedObject::key).toList();
  }

  private static List<RunId> ids(List<OpenRun> runs) {
    return runs.stream().map(open -> open.run().id()).toList();
  }
}
