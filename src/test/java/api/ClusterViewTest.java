package api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import run.Attempt;
import run.AttemptState;
import run.ClusterState;
import run.Link;
import run.StepState;
import testing.Iris;

class ClusterViewTest {

  private static final Link PAGE = new Link("its page", "https://example.com/");

  @Test
  void a_cluster_is_shown_with_its_running_step_and_since_when_it_was_asked_for() {
    Attempt running =
        Iris.intended()
            .called(Iris.NOON.plus(Duration.ofMinutes(1)))
            .launched(Iris.CLUSTER)
            .seen(Iris.cluster(ClusterState.RUNNING, Iris.unbegun(), Iris.step(StepState.RUNNING)));

    ClusterView view = ClusterView.of("iris", running, Optional.of(PAGE));

    assertThat(view.id()).contains(Iris.CLUSTER);
    assertThat(view.run()).isEqualTo(Iris.RUN.value());
    assertThat(view.state()).isEqualTo(AttemptState.LAUNCHED);
    assertThat(view.clusterState()).contains("RUNNING");
    assertThat(view.step()).contains("transform");
    assertThat(view.since()).isEqualTo(Iris.NOON.plus(Duration.ofMinutes(1)));
    assertThat(view.console()).contains(PAGE);
  }

  @Test
  void an_attempt_whose_cluster_is_yet_to_be_asked_for_is_there_since_it_was_recorded() {
    ClusterView view = ClusterView.of("iris", Iris.intended(), Optional.empty());

    assertThat(view.id()).isEmpty();
    assertThat(view.clusterState()).isEmpty();
    assertThat(view.step()).isEmpty();
    assertThat(view.since()).isEqualTo(Iris.NOON);
  }
}
