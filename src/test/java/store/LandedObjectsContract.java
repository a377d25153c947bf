package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import batch.LandedObject;
import batch.ObjectsLanded;
import batch.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import run.Failure;
import run.FailureKind;
import run.Outcome;
import run.Run;
import run.RunState;
import run.StateEntry;
import testing.Iris;

/** Who has the landed objects: no run yet, a run, or the run that replays it. */
abstract class LandedObjectsContract extends StoreContract {

  @Test
  void recording_an_object_twice_adds_it_once_and_reports_it_once() {
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
  void what_waits_is_counted_up_to_a_limit_and_what_a_run_has_is_not() {
    assertThat(objects.waitingInAll("iris", 10)).isEqualTo(new Waiting(0, 0, Optional.empty()));

    objects.record(
        "iris",
        List.of(
            Iris.object("a", Long.MAX_VALUE, NOON),
            Iris.object("b", Long.MAX_VALUE, NOON.minusSeconds(2)),
            Iris.object("c", 1, NOON.plusSeconds(2))));

    assertThat(objects.waitingInAll("iris", 10))
        .isEqualTo(new Waiting(3, 2.0 * Long.MAX_VALUE, Optional.of(NOON.minusSeconds(2))));
    assertThat(objects.waitingInAll("iris", 2).objects()).isEqualTo(2);
    runs.collect(run(id(1)), objects.waiting("iris", 2));
    assertThat(objects.waitingInAll("iris", 10))
        .isEqualTo(new Waiting(1, 1, Optional.of(NOON.plusSeconds(2))));
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
    assertThat(begun.fired()).as("both are announced").hasSize(2);

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
    assertThat(stored(id(1)).origin().replayOf()).isEmpty();
    assertThat(stored(id(2)).origin().replayOf()).contains(id(1));
    assertThat(stored(id(2)).replayedAs()).isEmpty();
    assertThat(runs.newest(2))
        .extracting(open -> open.run().origin().replayOf())
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

    assertThat(stored(id(2)).origin().replayOf()).contains(id(1));
    assertThat(stored(id(2)).replayedAs()).contains(id(3));
    assertThat(keys(objects.of(id(3)))).hasSize(1);
    assertThat(objects.of(id(1))).isEmpty();
    assertThat(objects.of(id(2))).isEmpty();
  }

  @Test
  void a_retry_continues_the_same_run_and_its_history_has_every_state_twice() {
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
}
