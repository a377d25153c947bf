package polling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pipeline.SweeperSettings;
import pipeline.SweeperSettings.Mode;
import run.Attempt;
import testing.Iris;

class PollScheduleTest {

  private static final Instant NOW = Iris.NOON;
  private static final Duration POLL = Duration.ofSeconds(5);
  private static final Duration SWEEP = Duration.ofMinutes(5);

  private final PollSchedule pace = pace(Mode.TERMINATE);

  @Test
  void a_listing_is_due_at_once_then_after_a_poll_and_on_request() {
    assertThat(pace.isDue(false, Optional.empty(), NOW)).isTrue();
    assertThat(pace.isDue(false, Optional.empty(), NOW.plus(POLL).minusNanos(1))).isFalse();
    assertThat(pace.isDue(true, Optional.empty(), NOW.plusSeconds(1))).isTrue();
    assertThat(pace.isDue(false, Optional.empty(), NOW.plus(POLL))).isFalse();
    assertThat(pace.isDue(false, Optional.empty(), NOW.plusSeconds(1).plus(POLL))).isTrue();
  }

  @Test
  void near_the_end_of_steps_a_listing_is_due_sooner() {
    Optional<Duration> second = Optional.of(Duration.ofSeconds(1));
    assertThat(pace.isDue(false, second, NOW)).isTrue();

    assertThat(pace.isDue(false, second, NOW.plusMillis(999))).isFalse();
    assertThat(pace.isDue(false, Optional.empty(), NOW.plusSeconds(1))).isFalse();
    assertThat(pace.isDue(false, second, NOW.plusSeconds(1))).isTrue();
    assertThat(pace.isDue(false, second, NOW.plusMillis(1_999))).isFalse();
  }

  @Test
  void a_clock_that_was_set_back_makes_no_listing_wait() {
    assertThat(pace.isDue(false, Optional.empty(), NOW)).isTrue();

    assertThat(pace.isDue(false, Optional.empty(), NOW.minus(Duration.ofHours(1)))).isTrue();
  }

  @Test
  void a_cluster_or_a_call_without_an_answer_needs_every_listing() {
    Attempt called = Iris.intended().called(NOW);

    for (Attempt attempt : List.of(called, Iris.launched())) {
      assertThat(pace.isNeeded(List.of(attempt), NOW)).isTrue();
      assertThat(pace.isNeeded(List.of(attempt), NOW.plusSeconds(1))).isTrue();
    }
  }

  @Test
  void without_any_the_sweeper_needs_one_now_and_then() {
    List<Attempt> none = List.of(Iris.intended());

    assertThat(pace.isNeeded(none, NOW)).isTrue();
    assertThat(pace.isNeeded(none, NOW.plus(SWEEP).minusNanos(1))).isFalse();
    assertThat(pace.isNeeded(none, NOW.plus(SWEEP))).isTrue();
    assertThat(pace(Mode.OFF).isNeeded(none, NOW)).isFalse();
  }

  @Test
  void the_oldest_call_without_an_answer_counts() {
    Attempt old = Iris.intended().called(NOW);
    Attempt young = Iris.intended().called(NOW.plusSeconds(9));

    assertThat(PollSchedule.oldestUnanswered(List.of(young, old, Iris.intended()))).contains(NOW);
    assertThat(PollSchedule.oldestUnanswered(List.of(Iris.intended(), Iris.launched()))).isEmpty();
  }

  private static PollSchedule pace(Mode mode) {
    return new PollSchedule(POLL, new SweeperSettings(mode, Duration.ofMinutes(5), SWEEP));
  }
}
