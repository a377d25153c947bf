package polling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import run.Attempt;
import run.ClusterState;
import run.ClusterStatus;
import run.StepState;
import run.StepStatus;
import testing.Iris;

class UsualEndsTest {

  private static final Instant READY = Iris.NOON;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final UsualEnds ends = new UsualEnds();

  @Test
  void near_its_pipelines_usual_end_a_cluster_is_polled_every_second_and_otherwise_not() {
    ends.learn(took(1, Duration.ofMinutes(30)));
    ends.learn(took(2, Duration.ofMinutes(32)));
    Attempt runs = runs(3);

    assertThat(ends.pace(runs, READY.plus(Duration.ofMinutes(20)))).isEmpty();
    assertThat(ends.pace(runs, READY.plus(Duration.ofMinutes(28)))).contains(SECOND);
    assertThat(ends.pace(runs, READY.plus(Duration.ofMinutes(35)))).contains(SECOND);
    assertThat(ends.pace(runs, READY.plus(Duration.ofMinutes(36)))).isEmpty();
  }

  @Test
  void a_pipelines_first_cluster_is_polled_less_often_the_longer_it_takes() {
    Attempt runs = runs(1);

    assertThat(ends.pace(runs, READY.plusSeconds(10))).contains(SECOND);
    assertThat(ends.pace(runs, READY.plusSeconds(100))).contains(Duration.ofSeconds(4));
  }

  @Test
  void what_does_not_run_or_has_run_is_not_polled() {
    Attempt starts = Iris.launched().seen(Iris.cluster(ClusterState.STARTING));
    Attempt ended = took(1, Duration.ofMinutes(1));

    assertThat(ends.pace(List.of(starts, ended), READY.plusSeconds(10))).isEmpty();
    assertThat(ends.pace(List.of(starts, ended, runs(3)), READY.plusSeconds(10))).contains(SECOND);
  }

  @Test
  void steps_that_failed_teach_nothing() {
    StepStatus failed = Iris.step(StepState.FAILED);
    ends.learn(Iris.launched().seen(cluster(ClusterState.TERMINATING, failed)));

    assertThat(ends.pace(runs(2), READY.plusSeconds(100))).contains(Duration.ofSeconds(4));
  }

  private static Attempt took(int number, Duration time) {
    StepStatus step =
        new StepStatus(
            "s-1",
            "transform",
            StepState.COMPLETED,
            "",
            Optional.of(READY),
            Optional.of(READY.plus(time)));
    return attempt(number).seen(cluster(ClusterState.RUNNING, step));
  }

  private static Attempt runs(int number) {
    return attempt(number).seen(cluster(ClusterState.RUNNING));
  }

  private static Attempt attempt(int number) {
    return Iris.intended(number, READY).called(READY).launched("j-" + number);
  }

  private static ClusterStatus cluster(ClusterState state, StepStatus... steps) {
    return new ClusterStatus(
        state, "", "", Optional.empty(), Optional.of(READY), Optional.empty(), List.of(steps));
  }
}
