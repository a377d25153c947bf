package flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import run.Attempt;
import run.ClusterState;
import run.SeenCluster;
import run.StepState;
import testing.Iris;

class WatchTest {

  private static final Duration STEP_POLL = Duration.ofMinutes(1);
  private static final Instant NOW = Iris.NOON.plus(Duration.ofMinutes(10));

  private final Watch watch = new Watch(STEP_POLL);

  @Test
  void a_look_tells_a_clusters_new_state_and_keeps_the_steps_that_are_known() {
    Attempt running = seen(ClusterState.RUNNING, StepState.RUNNING);

    Attempt ends = Watch.seen(running, look(ClusterState.TERMINATING)).orElseThrow();

    assertThat(ends.cluster())
        .contains(Iris.cluster(ClusterState.TERMINATING, Iris.step(StepState.RUNNING)));
    assertThat(Watch.seen(running, look(ClusterState.RUNNING))).isEmpty();
    assertThat(Watch.seen(running, new Look(NOW, Map.of()))).isEmpty();
  }

  @Test
  void a_listed_cluster_is_not_described() {
    assertThat(
            watch.toDescribe(
                List.of(seen(ClusterState.RUNNING, StepState.RUNNING)),
                look(ClusterState.RUNNING),
                NOW))
        .isEmpty();
  }

  @Test
  void a_cluster_that_is_not_listed_is_described_until_it_is_known_to_be_gone() {
    Attempt running = seen(ClusterState.RUNNING, StepState.COMPLETED);
    Look nothing = new Look(NOW, Map.of());

    assertThat(watch.toDescribe(List.of(running), nothing, NOW)).containsExactly(running);
    Attempt gone = seen(ClusterState.TERMINATED, StepState.COMPLETED);
    assertThat(watch.toDescribe(List.of(gone), nothing, NOW)).isEmpty();
  }

  @Test
  void that_a_cluster_is_gone_is_asked_together_with_its_steps_and_never_taken_from_a_look() {
    Attempt running = seen(ClusterState.RUNNING, StepState.RUNNING);
    Look gone = look(ClusterState.TERMINATED);

    assertThat(Watch.seen(running, gone)).isEmpty();
    assertThat(watch.toDescribe(List.of(running), gone, NOW)).containsExactly(running);
  }

  @Test
  void a_question_that_brought_nothing_new_is_repeated_after_a_pause_that_doubles_up_to_a_minute() {
    Attempt fresh = Iris.launched();
    Look nothing = new Look(NOW, Map.of());
    Instant at = NOW;

    for (int seconds : new int[] {5, 10, 20, 40, 60, 60}) {
      watch.describes(fresh, at);
      assertThat(watch.toDescribe(List.of(fresh), nothing, at.plusSeconds(seconds).minusNanos(1)))
          .isEmpty();
      at = at.plusSeconds(seconds);
      assertThat(watch.toDescribe(List.of(fresh), nothing, at)).containsExactly(fresh);
    }
  }

  @Test
  void a_new_state_makes_every_question_new() {
    Attempt fresh = Iris.launched();
    watch.describes(fresh, NOW);

    watch.changed(fresh);

    assertThat(watch.toDescribe(List.of(fresh), new Look(NOW, Map.of()), NOW))
        .containsExactly(fresh);
  }

  @Test
  void the_steps_of_a_cluster_that_ends_are_asked_until_they_have_ended() {
    Attempt ends = seen(ClusterState.TERMINATING, StepState.RUNNING);

    assertThat(watch.toListSteps(List.of(ends), NOW)).containsExactly(ends);
    watch.listsSteps(ends, NOW);
    assertThat(watch.toListSteps(List.of(ends), NOW)).isEmpty();
    assertThat(watch.toListSteps(List.of(ends), NOW.plusSeconds(5))).containsExactly(ends);
    Attempt ended = seen(ClusterState.TERMINATING, StepState.FAILED);
    assertThat(watch.toListSteps(List.of(ended), NOW.plusSeconds(5))).isEmpty();
  }

  @Test
  void progress_is_looked_at_seldom_and_only_of_what_runs() {
    Attempt running = seen(ClusterState.RUNNING, StepState.RUNNING);
    Attempt starting = Iris.launched().seen(Iris.cluster(ClusterState.STARTING));

    assertThat(watch.toShowProgress(List.of(running, starting), NOW)).containsExactly(running);
    watch.listsSteps(running, NOW);
    assertThat(watch.toShowProgress(List.of(running), NOW.plus(STEP_POLL).minusNanos(1))).isEmpty();
    assertThat(watch.toShowProgress(List.of(running), NOW.plus(STEP_POLL)))
        .containsExactly(running);
  }

  @Test
  void a_clock_that_is_set_back_lengthens_no_pause() {
    Attempt fresh = Iris.launched();
    watch.describes(fresh, NOW);

    assertThat(
            watch.toDescribe(
                List.of(fresh), new Look(NOW, Map.of()), NOW.minus(Duration.ofHours(3))))
        .containsExactly(fresh);
  }

  @Test
  void a_pending_look_is_complete_with_its_last_page() {
    PendingLook look = new PendingLook(NOW, Optional.empty());
    look.add(List.of(cluster("j-1", ClusterState.RUNNING)), Optional.of("more"));

    assertThat(look.look()).isEmpty();
    assertThat(look.marker()).contains("more");
    look.add(List.of(cluster("j-2", ClusterState.RUNNING)), Optional.empty());
    assertThat(look.look().orElseThrow().clusters()).containsOnlyKeys("j-1", "j-2");
  }

  @Test
  void while_an_answer_is_awaited_a_look_also_shows_what_was_created_since() {
    PendingLook look = new PendingLook(NOW, Optional.of(Iris.NOON));

    assertThat(look.createdSince()).isEmpty();
    look.add(List.of(cluster("j-1", ClusterState.RUNNING)), Optional.empty());
    assertThat(look.look()).isEmpty();
    assertThat(look.createdSince()).contains(Iris.NOON);
    look.add(
        List.of(cluster("j-1", ClusterState.TERMINATING), cluster("j-2", ClusterState.TERMINATED)),
        Optional.empty());
    Look seen = look.look().orElseThrow();
    assertThat(seen.clusters()).containsOnlyKeys("j-1", "j-2");
    assertThat(seen.find("j-1").orElseThrow().status().state()).isEqualTo(ClusterState.TERMINATING);
  }

  private static Attempt seen(ClusterState state, StepState step) {
    return Iris.launched().seen(Iris.cluster(state, Iris.step(step)));
  }

  private static Look look(ClusterState state) {
    return new Look(NOW, Map.of(Iris.CLUSTER, cluster(Iris.CLUSTER, state)));
  }

  private static SeenCluster cluster(String id, ClusterState state) {
    return new SeenCluster(id, "name", Iris.NOON, Iris.cluster(state));
  }
}
