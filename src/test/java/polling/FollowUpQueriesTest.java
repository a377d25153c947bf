package polling;

import static org.assertj.core.api.Assertions.assertThat;

import flow.ClusterSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import run.Attempt;
import run.ClusterState;
import run.ClusterStatus;
import run.ListedCluster;
import run.StepState;
import testing.Iris;

class FollowUpQueriesTest {

  private static final Duration STEP_POLL = Duration.ofMinutes(1);
  private static final Instant NOW = Iris.NOON.plus(Duration.ofMinutes(10));

  private final FollowUpQueries followUps = new FollowUpQueries(STEP_POLL);

  @Test
  void a_page_shows_a_clusters_new_state_and_keeps_the_steps_that_are_known() {
    Attempt running = seen(ClusterState.RUNNING, StepState.RUNNING);

    Attempt ends =
        FollowUpQueries.seen(running, cluster(Iris.CLUSTER, ClusterState.TERMINATING), Iris.NOON)
            .orElseThrow();

    assertThat(ends.cluster())
        .contains(Iris.cluster(ClusterState.TERMINATING, Iris.step(StepState.RUNNING)));
    assertThat(
            FollowUpQueries.seen(running, cluster(Iris.CLUSTER, ClusterState.RUNNING), Iris.NOON))
        .isEmpty();
  }

  @Test
  void a_page_that_shows_a_cluster_bootstrapping_again_changes_nothing() {
    ListedCluster bootstrapping = cluster(Iris.CLUSTER, ClusterState.BOOTSTRAPPING);
    Attempt first = FollowUpQueries.seen(Iris.launched(), bootstrapping, Iris.NOON).orElseThrow();

    assertThat(first.cluster().flatMap(ClusterStatus::bootstrappingSince)).contains(Iris.NOON);
    assertThat(FollowUpQueries.seen(first, bootstrapping, Iris.NOON.plusSeconds(5))).isEmpty();
  }

  @Test
  void a_cluster_that_is_gone_is_not_brought_back_by_an_older_page() {
    Attempt gone = seen(ClusterState.TERMINATED, StepState.COMPLETED);

    assertThat(
            FollowUpQueries.seen(gone, cluster(Iris.CLUSTER, ClusterState.TERMINATING), Iris.NOON))
        .isEmpty();
  }

  @Test
  void the_steps_of_a_cluster_that_is_gone_are_final_when_they_ended_or_had_time_to_be_reported() {
    ClusterStatus ended = Iris.cluster(ClusterState.TERMINATED, Iris.step(StepState.COMPLETED));
    ClusterStatus lags = goneAt(Optional.of(NOW));

    assertThat(FollowUpQueries.lacksSteps(ended)).isFalse();
    assertThat(FollowUpQueries.lacksSteps(Iris.cluster(ClusterState.TERMINATING))).isFalse();
    assertThat(FollowUpQueries.lacksSteps(lags)).isTrue();
    assertThat(FollowUpQueries.isSettled(ended, NOW)).isTrue();
    assertThat(FollowUpQueries.isSettled(lags, NOW.plus(Duration.ofMinutes(2)))).isFalse();
    assertThat(FollowUpQueries.isSettled(lags, NOW.plus(Duration.ofMinutes(2)).plusNanos(1)))
        .isTrue();
    assertThat(FollowUpQueries.isSettled(goneAt(Optional.empty()), NOW)).isTrue();
  }

  @Test
  void a_cluster_that_emr_does_not_know_is_forgotten_only_long_after_its_attempts_deadline() {
    Attempt attempt = Iris.launched();
    Duration patience = Duration.ofMinutes(30);
    Instant late = attempt.intent().expiresAt().plus(patience);

    assertThat(FollowUpQueries.isForgotten(attempt, patience, late)).isFalse();
    assertThat(FollowUpQueries.isForgotten(attempt, patience, late.plusNanos(1))).isTrue();
  }

  @Test
  void a_listed_cluster_is_not_described() {
    assertThat(
            followUps.toDescribe(
                List.of(seen(ClusterState.RUNNING, StepState.RUNNING)),
                snapshot(ClusterState.RUNNING),
                NOW))
        .isEmpty();
  }

  @Test
  void a_cluster_that_is_not_listed_is_described_until_it_is_known_to_be_gone() {
    Attempt running = seen(ClusterState.RUNNING, StepState.COMPLETED);
    ClusterSnapshot nothing = new ClusterSnapshot(NOW, Map.of());

    assertThat(followUps.toDescribe(List.of(running), nothing, NOW)).containsExactly(running);
    Attempt gone = seen(ClusterState.TERMINATED, StepState.COMPLETED);
    assertThat(followUps.toDescribe(List.of(gone), nothing, NOW)).isEmpty();
  }

  @Test
  void that_a_cluster_is_gone_is_asked_together_with_its_steps_and_never_taken_from_a_listing() {
    Attempt running = seen(ClusterState.RUNNING, StepState.RUNNING);
    ListedCluster gone = cluster(Iris.CLUSTER, ClusterState.TERMINATED);

    assertThat(FollowUpQueries.seen(running, gone, Iris.NOON)).isEmpty();
    assertThat(
            followUps.toDescribe(
                List.of(running), new ClusterSnapshot(NOW, Map.of(Iris.CLUSTER, gone)), NOW))
        .containsExactly(running);
  }

  @Test
  void a_cluster_younger_than_the_list_that_lacks_it_is_not_missing() {
    Attempt fresh = Iris.launched();

    assertThat(followUps.toDescribe(List.of(fresh), new ClusterSnapshot(Iris.NOON, Map.of()), NOW))
        .isEmpty();
    assertThat(
            followUps.toDescribe(
                List.of(fresh), new ClusterSnapshot(Iris.NOON.plusNanos(1), Map.of()), NOW))
        .containsExactly(fresh);
  }

  @Test
  void a_cluster_that_runs_is_missed_by_a_full_listing_only() {
    Attempt running = seen(ClusterState.RUNNING, StepState.RUNNING);
    followUps.describes(running, NOW);
    Instant later = NOW.plusSeconds(30);

    assertThat(followUps.toDescribe(List.of(running), glance(NOW, later), later)).isEmpty();
    assertThat(followUps.toDescribe(List.of(running), glance(later, later), later))
        .containsExactly(running);
  }

  @Test
  void a_cluster_on_the_move_is_missed_by_a_glance_too() {
    Attempt starting = Iris.launched().seen(Iris.cluster(ClusterState.STARTING));
    followUps.describes(starting, NOW);
    Instant later = NOW.plusSeconds(30);

    assertThat(followUps.toDescribe(List.of(starting), glance(NOW, later), later))
        .containsExactly(starting);
  }

  @Test
  void before_a_cluster_that_ended_is_described_its_steps_are_listed() {
    Attempt ends = seen(ClusterState.TERMINATING, StepState.RUNNING);
    ClusterSnapshot nothing = new ClusterSnapshot(NOW, Map.of());

    assertThat(followUps.toDescribe(List.of(ends), nothing, NOW)).isEmpty();
    followUps.listsSteps(ends, NOW);
    assertThat(followUps.toDescribe(List.of(ends), nothing, NOW)).containsExactly(ends);
    Attempt ended = seen(ClusterState.TERMINATING, StepState.COMPLETED);
    assertThat(new FollowUpQueries(STEP_POLL).toDescribe(List.of(ended), nothing, NOW))
        .containsExactly(ended);
  }

  @Test
  void a_run_whose_end_is_known_waits_for_no_word_about_its_steps() {
    Attempt ends = seen(ClusterState.TERMINATING, StepState.RUNNING);
    followUps.areOver(Set.of(ends.run()));

    assertThat(followUps.needsSteps(ends)).isFalse();
    assertThat(followUps.toListSteps(List.of(ends), NOW)).isEmpty();
    assertThat(followUps.toDescribe(List.of(ends), new ClusterSnapshot(NOW, Map.of()), NOW))
        .containsExactly(ends);
  }

  @Test
  void near_their_usual_end_steps_are_expected_no_more_often_than_their_pace() {
    Attempt attempt = Iris.launched();
    Map<Attempt.Intent, Duration> paces = Map.of(attempt.intent(), Duration.ofSeconds(1));

    assertThat(followUps.toExpect(List.of(attempt), paces, Map.of(), NOW)).containsExactly(attempt);
    followUps.listsSteps(attempt, NOW);
    assertThat(followUps.toExpect(List.of(attempt), paces, Map.of(), NOW.plusMillis(999)))
        .isEmpty();
    assertThat(followUps.toExpect(List.of(attempt), paces, Map.of(), NOW.plusSeconds(1)))
        .containsExactly(attempt);
    assertThat(followUps.toExpect(List.of(attempt), Map.of(), Map.of(), NOW.plusSeconds(1)))
        .isEmpty();
  }

  @Test
  void a_result_that_is_there_brings_the_questions_for_its_steps_forward() {
    Attempt first = Iris.intended(1, NOW).launched("j-first");
    Attempt second = Iris.intended(2, NOW).launched("j-second");
    List<Attempt> both = List.of(first, second);
    Map<Attempt.Intent, Duration> paces =
        Map.of(first.intent(), Duration.ofSeconds(9), second.intent(), Duration.ofSeconds(9));
    both.forEach(attempt -> followUps.listsSteps(attempt, NOW));
    Instant at = NOW.plusSeconds(2);
    Map<Attempt.Intent, Instant> written = Map.of(second.intent(), at);

    assertThat(followUps.toExpect(both, paces, written, at)).containsExactly(second);
    followUps.listsSteps(second, at);
    assertThat(followUps.toExpect(both, paces, written, at.plusMillis(499))).isEmpty();
    assertThat(followUps.toExpect(both, paces, written, at.plusMillis(500)))
        .containsExactly(second);
    followUps.listsSteps(second, at.plusSeconds(4));
    assertThat(followUps.toExpect(both, paces, written, at.plusSeconds(5))).isEmpty();
    assertThat(followUps.toExpect(both, paces, written, at.plusSeconds(13)))
        .containsExactly(second, first);
  }

  @Test
  void the_longest_waiting_is_queried_first() {
    Attempt first = ending("j-first");
    Attempt second = ending("j-second");

    followUps.toListSteps(List.of(second), NOW);

    assertThat(followUps.toListSteps(List.of(first, second), NOW.plusSeconds(1)))
        .containsExactly(second, first);
  }

  @Test
  void a_question_that_brought_nothing_new_is_repeated_after_a_pause_that_doubles_up_to_a_minute() {
    Attempt fresh = Iris.launched();
    Instant at = NOW;

    for (int seconds : new int[] {5, 10, 20, 40, 60, 60}) {
      followUps.describes(fresh, at);
      ClusterSnapshot nothing = new ClusterSnapshot(at.plusSeconds(1), Map.of());
      assertThat(
              followUps.toDescribe(List.of(fresh), nothing, at.plusSeconds(seconds).minusNanos(1)))
          .isEmpty();
      at = at.plusSeconds(seconds);
      assertThat(followUps.toDescribe(List.of(fresh), nothing, at)).containsExactly(fresh);
    }
  }

  @Test
  void a_new_state_makes_every_question_new() {
    Attempt fresh = Iris.launched();
    followUps.describes(fresh, NOW);

    followUps.changed(fresh);

    assertThat(followUps.toDescribe(List.of(fresh), new ClusterSnapshot(NOW, Map.of()), NOW))
        .containsExactly(fresh);
  }

  @Test
  void the_steps_of_a_cluster_that_ends_are_asked_until_they_have_ended() {
    Attempt ends = seen(ClusterState.TERMINATING, StepState.RUNNING);

    assertThat(followUps.toListSteps(List.of(ends), NOW)).containsExactly(ends);
    followUps.listsSteps(ends, NOW);
    assertThat(followUps.toListSteps(List.of(ends), NOW)).isEmpty();
    assertThat(followUps.toListSteps(List.of(ends), NOW.plusSeconds(5))).containsExactly(ends);
    Attempt ended = seen(ClusterState.TERMINATING, StepState.FAILED);
    assertThat(followUps.toListSteps(List.of(ended), NOW.plusSeconds(5))).isEmpty();
  }

  @Test
  void progress_is_polled_rarely_and_only_of_what_runs() {
    Attempt running = seen(ClusterState.RUNNING, StepState.RUNNING);
    Attempt starting = Iris.launched().seen(Iris.cluster(ClusterState.STARTING));

    assertThat(followUps.toShowProgress(List.of(running, starting), NOW)).containsExactly(running);
    followUps.listsSteps(running, NOW);
    assertThat(followUps.toShowProgress(List.of(running), NOW.plus(STEP_POLL).minusNanos(1)))
        .isEmpty();
    assertThat(followUps.toShowProgress(List.of(running), NOW.plus(STEP_POLL)))
        .containsExactly(running);
  }

  @Test
  void a_clock_that_is_set_back_lengthens_no_pause() {
    Attempt fresh = Iris.launched();
    followUps.describes(fresh, NOW);

    assertThat(
            followUps.toDescribe(
                List.of(fresh), new ClusterSnapshot(NOW, Map.of()), NOW.minus(Duration.ofHours(3))))
        .containsExactly(fresh);
  }

  private static Attempt seen(ClusterState state, StepState step) {
    return Iris.launched().seen(Iris.cluster(state, Iris.step(step)));
  }

  private static Attempt ending(String cluster) {
    return Iris.intended()
        .called(Iris.NOON)
        .launched(cluster)
        .seen(Iris.cluster(ClusterState.TERMINATING, Iris.step(StepState.RUNNING)));
  }

  /** Shows nothing, with a full and a short listing of that age. */
  private static ClusterSnapshot glance(Instant snapshot, Instant glance) {
    return new ClusterSnapshot(snapshot, glance, Map.of(), Set.of(), Map.of());
  }

  private static ClusterSnapshot snapshot(ClusterState state) {
    return new ClusterSnapshot(NOW, Map.of(Iris.CLUSTER, cluster(Iris.CLUSTER, state)));
  }

  private static ListedCluster cluster(String id, ClusterState state) {
    return new ListedCluster(id, "name", Iris.NOON, Iris.cluster(state));
  }

  private static ClusterStatus goneAt(Optional<Instant> ended) {
    return new ClusterStatus(
        ClusterState.TERMINATED,
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        ended,
        List.of(Iris.step(StepState.RUNNING)));
  }
}
