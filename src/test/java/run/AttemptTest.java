package run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import testing.Iris;

class AttemptTest {

  private static final Map<AttemptState, Set<AttemptState>> LEGAL =
      new EnumMap<>(
          Map.of(
              AttemptState.INTENDED,
              Set.of(AttemptState.LAUNCHED, AttemptState.ENDED),
              AttemptState.LAUNCHED,
              Set.of(AttemptState.ENDING),
              AttemptState.ENDING,
              Set.of(AttemptState.ENDED),
              AttemptState.ENDED,
              Set.of()));

  private static final Map<AttemptState, UnaryOperator<Attempt>> MOVES =
      new EnumMap<>(
          Map.of(
              AttemptState.LAUNCHED,
              attempt -> attempt.launched(Iris.CLUSTER),
              AttemptState.ENDING,
              Attempt::ending,
              AttemptState.ENDED,
              Attempt::ended));

  record Move(AttemptState from, AttemptState to) {}

  static Stream<Move> moves() {
    return Stream.of(AttemptState.values())
        .flatMap(from -> MOVES.keySet().stream().map(to -> new Move(from, to)));
  }

  @ParameterizedTest
  @MethodSource("moves")
  void only_the_transitions_of_the_table_are_allowed(Move move) {
    Attempt attempt = in(move.from());
    UnaryOperator<Attempt> step = MOVES.get(move.to());

    assertThat(move.from().next()).isEqualTo(LEGAL.get(move.from()));
    // An attempt that is LAUNCHED and proven gone passes through ENDING.
    boolean passesEnding = move.from() == AttemptState.LAUNCHED && move.to() == AttemptState.ENDED;
    if (passesEnding || LEGAL.get(move.from()).contains(move.to())) {
      assertThat(step.apply(attempt).state()).isEqualTo(move.to());
    } else {
      assertThatThrownBy(() -> step.apply(attempt))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Cannot move attempt 1 of run r-20261122T120000-00002a from %s to %s",
              move.from(), move.to());
    }
  }

  @ParameterizedTest
  @EnumSource(value = AttemptState.class, names = "INTENDED", mode = EnumSource.Mode.EXCLUDE)
  void an_attempt_that_has_a_cluster_cannot_call_for_one(AttemptState state) {
    assertThatThrownBy(() -> in(state).called(Iris.NOON))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Cannot call for a cluster of attempt 1 of run r-20261122T120000-00002a: it is %s",
            state);
    assertThatThrownBy(() -> in(state).refused()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_refused_call_leaves_no_trace_of_a_possible_cluster() {
    Attempt called = Iris.intended().called(Iris.NOON);

    assertThat(called.calledAt()).contains(Iris.NOON);
    assertThat(called.refused()).isEqualTo(Iris.intended());
  }

  @Test
  void a_launched_attempt_keeps_its_cluster_to_the_end() {
    Attempt ended = Iris.launched().ending().ended();

    assertThat(ended.clusterId()).contains(Iris.CLUSTER);
    assertThat(ended.calledAt()).contains(Iris.NOON);
  }

  @ParameterizedTest
  @EnumSource(ClusterState.class)
  void a_cluster_is_gone_only_when_emr_says_terminated(ClusterState state) {
    Attempt seen = Iris.launched().seen(Iris.cluster(state));

    assertThat(seen.clusterIsGone())
        .isEqualTo(
            state == ClusterState.TERMINATED || state == ClusterState.TERMINATED_WITH_ERRORS);
    assertThat(Iris.launched().clusterIsGone()).isFalse();
  }

  @Test
  void an_attempt_remembers_when_its_cluster_was_first_seen_bootstrapping() {
    Attempt seen =
        Iris.launched()
            .seen(Iris.cluster(ClusterState.BOOTSTRAPPING).shownAt(Iris.NOON))
            .seen(Iris.cluster(ClusterState.BOOTSTRAPPING).shownAt(Iris.NOON.plusSeconds(5)))
            .seen(Iris.cluster(ClusterState.RUNNING).shownAt(Iris.NOON.plusSeconds(9)));

    assertThat(seen.cluster().flatMap(ClusterStatus::bootstrappingSince)).contains(Iris.NOON);
  }

  @Test
  void steps_have_ended_when_there_are_some_and_none_is_running() {
    assertThat(Iris.cluster(ClusterState.RUNNING).stepsEnded()).isFalse();
    assertThat(
            Iris.cluster(
                    ClusterState.RUNNING,
                    Iris.step(StepState.COMPLETED),
                    Iris.step(StepState.RUNNING))
                .stepsEnded())
        .isFalse();

    ClusterStatus ended =
        Iris.cluster(
            ClusterState.RUNNING, Iris.step(StepState.COMPLETED), Iris.step(StepState.CANCELLED));
    assertThat(ended.stepsEnded()).isTrue();
    assertThat(ended.lastStepEndedAt()).contains(Iris.NOON.plusSeconds(360));
  }

  private static Attempt in(AttemptState state) {
    return new Attempt(
        Iris.intended().intent(),
        state,
        3,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
