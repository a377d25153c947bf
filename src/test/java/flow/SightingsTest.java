package flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import run.Attempt;
import run.ClusterState;
import run.StepState;
import testing.Iris;

class SightingsTest {

  private static final Duration BETWEEN = Duration.ofSeconds(60);
  private static final Attempt RUNNING =
      Iris.launched().seen(Iris.cluster(ClusterState.RUNNING, Iris.step(StepState.RUNNING)));

  private final Sightings sightings = new Sightings(BETWEEN);

  @Test
  void a_cluster_that_was_never_seen_is_described() {
    assertThat(described(Iris.launched(), active(ClusterState.STARTING))).isTrue();
  }

  @Test
  void a_changed_state_is_described() {
    sightings.described(RUNNING, Iris.NOON);

    assertThat(described(RUNNING, active(ClusterState.TERMINATING))).isTrue();
  }

  @Test
  void a_cluster_that_is_not_active_any_more_is_described_until_it_is_proven_gone() {
    sightings.described(RUNNING, Iris.NOON);

    assertThat(described(RUNNING, Map.of())).isTrue();
    assertThat(described(RUNNING, Map.of("j-OTHER", ClusterState.RUNNING))).isTrue();
    assertThat(described(RUNNING.seen(Iris.cluster(ClusterState.TERMINATED)), Map.of())).isFalse();
  }

  @Test
  void an_unchanged_cluster_that_does_not_run_is_left_alone() {
    Attempt starting = Iris.launched().seen(Iris.cluster(ClusterState.STARTING));

    assertThat(described(starting, active(ClusterState.STARTING))).isFalse();
  }

  @Test
  void the_steps_of_a_running_cluster_are_looked_at_seldom() {
    Map<String, ClusterState> active = active(ClusterState.RUNNING);
    assertThat(described(RUNNING, active)).isTrue();

    sightings.described(RUNNING, Iris.NOON);

    assertThat(described(RUNNING, active, Iris.NOON.plus(BETWEEN).minusNanos(1))).isFalse();
    assertThat(described(RUNNING, active, Iris.NOON.plus(BETWEEN))).isTrue();
  }

  @Test
  void what_is_not_asked_for_any_more_is_forgotten() {
    sightings.described(RUNNING, Iris.NOON);
    assertThat(sightings.toDescribe(List.of(), Map.of(), Iris.NOON)).isEmpty();

    assertThat(described(RUNNING, active(ClusterState.RUNNING))).isTrue();
  }

  private boolean described(Attempt attempt, Map<String, ClusterState> active) {
    return described(attempt, active, Iris.NOON);
  }

  private boolean described(Attempt attempt, Map<String, ClusterState> active, Instant now) {
    return sightings.toDescribe(List.of(attempt), active, now).contains(attempt);
  }

  private static Map<String, ClusterState> active(ClusterState state) {
    return Map.of(Iris.CLUSTER, state);
  }
}
