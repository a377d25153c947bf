package clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import testing.Iris;
import testing.MovableClock;

class SteadyClockTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final MovableClock system = new MovableClock(Iris.NOON);
  private final AtomicLong nanos = new AtomicLong(-5);
  private final SteadyClock clock = new SteadyClock(system, nanos::get);

  @Test
  void it_follows_the_systems_clock() {
    passes(HOUR);

    assertThat(clock.instant()).isEqualTo(Iris.NOON.plus(HOUR));
  }

  @Test
  void it_follows_a_clock_that_drifts() {
    for (int day = 0; day < 1_000; day++) {
      passes(Duration.ofDays(1));
      system.move(Duration.ofSeconds(5));
      clock.instant();
    }

    assertThat(clock.instant()).isEqualTo(system.instant());
  }

  @Test
  void a_clock_that_is_set_back_neither_stops_it_nor_makes_it_repeat_itself() {
    system.move(Duration.ofHours(-2));
    Instant before = clock.instant();
    passes(Duration.ofSeconds(100));

    assertThat(clock.instant()).isEqualTo(before.plusSeconds(99));
  }

  @Test
  void a_clock_that_jumps_forward_makes_nothing_late_and_is_caught_up_with() {
    system.move(HOUR);
    passes(Duration.ofSeconds(100));

    assertThat(clock.instant()).isEqualTo(Iris.NOON.plusSeconds(101));
    passes(HOUR.multipliedBy(100));
    assertThat(clock.instant()).isEqualTo(system.instant());
  }

  private void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
    system.move(time);
  }
}
