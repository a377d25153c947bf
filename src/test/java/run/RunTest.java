package run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import testing.Iris;

class RunTest {

  /** The table of transitions, written a second time. */
  private static final Map<RunState, Set<RunState>> LEGAL =
      new EnumMap<>(
          Map.of(
              RunState.COLLECTED,
              Set.of(RunState.QUEUED, RunState.FAILED, RunState.CANCELLED, RunState.NO_DATA),
              RunState.QUEUED,
              Set.of(RunState.PROCESSING, RunState.FAILED, RunState.CANCELLED),
              RunState.PROCESSING,
              Set.of(RunState.LOADING, RunState.FAILED, RunState.CANCELLED, RunState.NO_DATA),
              RunState.LOADING,
              Set.of(RunState.SUCCEEDED, RunState.FAILED, RunState.CANCELLED),
              RunState.SUCCEEDED,
              Set.of(),
              RunState.FAILED,
              Set.of(RunState.COLLECTED, RunState.QUEUED, RunState.PROCESSING, RunState.LOADING),
              RunState.CANCELLED,
              Set.of(RunState.LOADING),
              RunState.NO_DATA,
              Set.of()));

  private static final Instant LATER = Iris.NOON.plusSeconds(7);

  record Move(RunState from, RunState to) {}

  static Stream<Move> moves() {
    return Stream.of(RunState.values())
        .flatMap(from -> Stream.of(RunState.values()).map(to -> new Move(from, to)));
  }

  @ParameterizedTest
  @MethodSource("moves")
  void only_the_transitions_of_the_table_are_allowed(Move move) {
    Run run = in(move.from());

    if (LEGAL.get(move.from()).contains(move.to())) {
      Run moved = run.moveTo(move.to(), LATER);
      assertThat(moved.state()).isEqualTo(move.to());
      assertThat(moved.standing().since()).isEqualTo(LATER);
      assertThat(moved.version()).isEqualTo(run.version());
    } else {
      assertThatThrownBy(() -> run.moveTo(move.to(), LATER))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Cannot move run r-20261122T120000-00002a from %s to %s", move.from(), move.to());
    }
  }

  @ParameterizedTest
  @EnumSource(RunState.class)
  void a_state_is_final_when_nothing_follows_but_a_persons_retry_or_discard(RunState state) {
    assertThat(state.isFinal())
        .isEqualTo(
            LEGAL.get(state).isEmpty() || state == RunState.FAILED || state == RunState.CANCELLED);
  }

  @Test
  void a_clock_that_was_set_back_gives_no_state_a_time_before_the_one_that_led_to_it() {
    Instant before = Iris.NOON.minusSeconds(7);

    assertThat(in(RunState.COLLECTED).moveTo(RunState.QUEUED, before).standing().since())
        .isEqualTo(Iris.NOON);
    assertThat(in(RunState.FAILED).retry(RunState.QUEUED, 1, before).standing().since())
        .isEqualTo(Iris.NOON);
  }

  @ParameterizedTest
  @CsvSource({"COLLECTED, 1", "QUEUED, 3", "PROCESSING, 1", "LOADING, 1"})
  void
      a_retry_continues_with_the_action_that_failed_and_counts_attempts_anew_where_it_makes_new_ones(
          RunState from, int firstAttempt) {
    Run again = in(RunState.FAILED).retry(from, 2, LATER);

    assertThat(again.state()).isEqualTo(from);
    assertThat(again.outcome()).isEmpty();
    assertThat(again.standing().firstAttempt()).isEqualTo(firstAttempt);
    assertThat(again.standing().since()).isEqualTo(LATER);
  }

  @ParameterizedTest
  @EnumSource(value = RunState.class, names = "FAILED", mode = EnumSource.Mode.EXCLUDE)
  void only_a_failed_run_is_retried(RunState state) {
    assertThatThrownBy(() -> in(state).retry(RunState.QUEUED, 0, LATER))
        .hasMessage(
            "Cannot retry run r-20261122T120000-00002a: it is %s, not FAILED".formatted(state));
  }

  @ParameterizedTest
  @EnumSource(
      value = RunState.class,
      names = {"COLLECTED", "QUEUED", "PROCESSING", "LOADING"})
  void a_run_is_cancelled_until_its_load_registers_its_first_file(RunState state) {
    assertThat(in(state).cancel(true).outcome().orElseThrow().state())
        .isEqualTo(RunState.CANCELLED);
    assertThat(in(state).cancel(true).state()).isEqualTo(state);
  }

  @ParameterizedTest
  @EnumSource(
      value = RunState.class,
      names = {"SUCCEEDED", "FAILED", "CANCELLED", "NO_DATA"})
  void a_run_that_has_ended_is_not_cancelled(RunState state) {
    assertThatThrownBy(() -> in(state).cancel(true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Cannot cancel run r-20261122T120000-00002a: it is " + state);
  }

  @Test
  void a_run_whose_rows_may_be_in_the_table_is_cancelled_only_if_its_table_is_unknown() {
    Run loading = in(RunState.LOADING).registering();

    assertThatThrownBy(() -> loading.cancel(true))
        .hasMessage(
            "Cannot cancel run %1$s: it is LOADING, and its rows may already be in the table; discard what it wrote instead (POST /api/runs/%1$s/discard)",
            Iris.RUN);
    assertThat(loading.cancel(false).outcome().orElseThrow().state()).isEqualTo(RunState.CANCELLED);
    assertThat(loading.cancel(false).mayBeInTable()).isTrue();
  }

  @Test
  void what_may_be_in_the_table_is_discarded_whether_the_run_still_loads_or_has_ended() {
    Failure failure = new Failure(FailureKind.WAREHOUSE, "refused", "mend");
    for (Run run :
        List.of(
            in(RunState.LOADING).registering(),
            in(RunState.LOADING).registering().decide(Outcome.failed(failure)),
            in(RunState.FAILED).registering().decide(Outcome.failed(failure)),
            in(RunState.CANCELLED).registering())) {
      Run discarded = run.discard(LATER);

      assertThat(discarded.state()).isEqualTo(RunState.LOADING);
      assertThat(discarded.outcome().orElseThrow())
          .isEqualTo(Outcome.ended(RunState.CANCELLED, "Discarded on request in " + run.state()));
      assertThat(discarded.isToBeWithdrawn()).isTrue();
      assertThat(discarded.withdrawn().isToBeWithdrawn()).isFalse();
      assertThatThrownBy(() -> discarded.retry(RunState.LOADING, 1, LATER))
          .hasMessageContaining(
              "it is LOADING and is CANCELLED as soon as EMR says that its cluster is gone");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PROCESSING, cancel it (POST /api/runs/r-20261122T120000-00002a/cancel)",
    "FAILED, replay it (POST /api/runs/r-20261122T120000-00002a/replay)",
    "CANCELLED, replay it (POST /api/runs/r-20261122T120000-00002a/replay)",
    "SUCCEEDED, it is SUCCEEDED",
    "NO_DATA, it is NO_DATA"
  })
  void what_has_nothing_to_discard_says_what_to_do_instead(RunState state, String instead) {
    assertThatThrownBy(() -> in(state).discard(LATER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Cannot discard run r-20261122T120000-00002a: ")
        .hasMessageEndingWith(instead);
  }

  @Test
  void a_load_that_has_failed_is_retried_before_its_cluster_is_gone() {
    Failure failure = new Failure(FailureKind.WAREHOUSE, "refused", "mend");
    Run failing = in(RunState.LOADING).decide(Outcome.failed(failure));

    Run again = failing.retry(RunState.LOADING, 1, LATER);

    assertThat(again.state()).isEqualTo(RunState.LOADING);
    assertThat(again.outcome()).isEmpty();
  }

  @Test
  void a_run_whose_end_is_known_is_not_cancelled() {
    Run ending = in(RunState.PROCESSING).decide(Outcome.ended(RunState.NO_DATA, "nothing to do"));

    assertThatThrownBy(() -> ending.cancel(true))
        .hasMessage(
            "Cannot cancel run r-20261122T120000-00002a: it is ending as NO_DATA (nothing to do)");
  }

  @Test
  void a_run_whose_rows_may_be_in_the_table_is_not_replayed() {
    RunId other = RunId.create(LATER, 7);

    assertThat(in(RunState.CANCELLED).replay(RunState.PROCESSING, other, LATER).id())
        .isEqualTo(other);
    assertThat(in(RunState.FAILED).replay(RunState.LOADING, other, LATER).mayBeInTable()).isFalse();
    assertThatThrownBy(
            () -> in(RunState.FAILED).registering().replay(RunState.LOADING, other, LATER))
        .hasMessageContaining("/retry), or discard what it wrote (POST /api/runs/");
    assertThatThrownBy(() -> in(RunState.SUCCEEDED).replay(RunState.LOADING, other, LATER))
        .hasMessageContaining("it is SUCCEEDED");
  }

  @Test
  void a_run_whose_objects_a_replay_has_is_neither_replayed_nor_retried() {
    RunId other = RunId.create(LATER, 7);
    Run replayed = in(RunState.FAILED, Optional.of(other));
    String why =
        " run r-20261122T120000-00002a: run %s replays it and has its objects; if that one fails, retry or replay that one"
            .formatted(other);

    assertThatThrownBy(() -> replayed.replay(RunState.QUEUED, RunId.create(LATER, 8), LATER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot replay" + why);
    assertThatThrownBy(() -> replayed.retry(RunState.QUEUED, 0, LATER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot retry" + why);
  }

  @Test
  void a_replay_keeps_the_run_that_it_replays() {
    Run replay = in(RunState.FAILED).replay(RunState.QUEUED, RunId.create(LATER, 7), LATER);

    assertThat(replay.origin().replayOf()).contains(Iris.RUN);
    assertThat(replay.moveTo(RunState.QUEUED, LATER).origin().replayOf()).contains(Iris.RUN);
    assertThat(replay.cancel(true).origin().replayOf()).contains(Iris.RUN);
  }

  @Test
  void the_first_decision_stays() {
    Outcome first = Outcome.ended(RunState.CANCELLED, "cancelled on request");
    Outcome second = Outcome.ended(RunState.NO_DATA, "there was nothing");

    assertThat(Iris.run().decide(first).decide(second).outcome()).contains(first);
  }

  @Test
  void moving_keeps_what_was_counted_and_decided() {
    Outcome outcome = Outcome.ended(RunState.SUCCEEDED, "3 rows");
    RowCounts rows = new RowCounts(150, 3, 0);

    Run closed =
        in(RunState.LOADING).counted(rows).decide(outcome).moveTo(RunState.SUCCEEDED, LATER);

    assertThat(closed.output().rows()).contains(rows);
    assertThat(closed.outcome()).contains(outcome);
    assertThat(closed.origin().createdAt()).isEqualTo(Iris.NOON);
  }

  @ParameterizedTest
  @EnumSource(
      value = RunState.class,
      names = {"COLLECTED", "QUEUED", "PROCESSING", "LOADING"})
  void a_run_cannot_end_in_a_state_that_is_not_final(RunState state) {
    assertThatThrownBy(() -> Outcome.ended(state, "?"))
        .hasMessage("Cannot end a run as " + state + " with Optional.empty");
  }

  @Test
  void a_failure_is_there_exactly_when_the_run_fails() {
    Failure failure = new Failure(FailureKind.DATA, "bad", "mend it");

    assertThatThrownBy(() -> Outcome.ended(RunState.FAILED, "no reason"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Outcome(RunState.SUCCEEDED, "fine", Optional.of(failure)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Outcome.failed(failure).message()).isEqualTo("bad");
  }

  private static Run in(RunState state) {
    return in(state, Optional.empty());
  }

  private static Run in(RunState state, Optional<RunId> replayedAs) {
    Run run = Run.collected(Iris.RUN, "iris", Iris.NOON, 1, 1);
    return new Run(
        run.origin(),
        new Run.Standing(state, Iris.NOON, 1, Optional.empty()),
        run.input(),
        run.output(),
        3,
        replayedAs);
  }
}
