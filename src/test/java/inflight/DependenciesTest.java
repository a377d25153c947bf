package inflight;

import static org.assertj.core.api.Assertions.assertThat;

import inflight.Dependencies.Dependency;
import inflight.Dependencies.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import testing.Iris;
import testing.MovableClock;
import testing.Records;

class DependenciesTest {

  private static final Instant NOW = Iris.NOON;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final MovableClock clock = new MovableClock(NOW);
  private final Dependencies dependencies = new Dependencies(clock);

  @Test
  void the_last_probe_is_what_is_known() {
    assertThat(last()).isEmpty();

    dependencies.answered(Dependency.EMR);
    assertThat(last()).contains(new Probe(NOW, Optional.empty()));
    dependencies.failed(Dependency.EMR, "refused");
    assertThat(last()).contains(new Probe(NOW, Optional.of("refused")));
  }

  @Test
  void a_probe_that_gets_no_answer_is_trouble_within_an_interval_and_not_only_when_it_fails() {
    dependencies.answered(Dependency.EMR);
    dependencies.asks(Dependency.EMR);
    clock.move(Duration.ofSeconds(20));
    dependencies.asks(Dependency.EMR);

    clock.move(PATIENCE.minusSeconds(20).minusNanos(1));
    assertThat(last()).contains(new Probe(NOW, Optional.empty()));
    clock.move(Duration.ofNanos(1));
    assertThat(last().flatMap(Probe::trouble)).contains("It has not answered since " + NOW);
    dependencies.answered(Dependency.EMR);
    assertThat(last()).contains(new Probe(NOW.plus(PATIENCE), Optional.empty()));
  }

  @Test
  void that_a_service_is_away_or_back_is_logged_once() {
    try (Records records = new Records()) {
      for (int i = 0; i < 2; i++) {
        dependencies.failed(Dependency.EMR, "refused");
      }
      for (int i = 0; i < 2; i++) {
        dependencies.answered(Dependency.EMR);
      }

      assertThat(records.count(Dependencies.class, Level.WARNING)).isEqualTo(1);
      assertThat(records.count(Dependencies.class, Level.INFO)).isEqualTo(1);
    }
  }

  private Optional<Probe> last() {
    return dependencies.last(Dependency.EMR, PATIENCE);
  }
}
