package inflight;

import static org.assertj.core.api.Assertions.assertThat;

import inflight.Dependencies.Dependency;
import inflight.Dependencies.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import testing.Iris;

class DependenciesTest {

  private static final Instant NOW = Iris.NOON;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Dependencies dependencies = new Dependencies();

  @Test
  void the_last_probe_is_what_is_known() {
    assertThat(last(NOW)).isEmpty();

    assertThat(dependencies.probed(Dependency.EMR, up(NOW))).isTrue();
    assertThat(last(NOW)).contains(up(NOW));
    assertThat(dependencies.probed(Dependency.EMR, down(NOW))).isTrue();
    assertThat(dependencies.probed(Dependency.EMR, down(NOW))).isFalse();
    assertThat(last(NOW)).contains(down(NOW));
  }

  @Test
  void a_probe_that_gets_no_answer_is_trouble_within_an_interval_and_not_only_when_it_fails() {
    dependencies.probed(Dependency.EMR, up(NOW));
    dependencies.asked(Dependency.EMR, NOW);
    dependencies.asked(Dependency.EMR, NOW.plusSeconds(20));

    assertThat(last(NOW.plus(PATIENCE).minusNanos(1))).contains(up(NOW));
    assertThat(last(NOW.plus(PATIENCE)).flatMap(Probe::trouble))
        .contains("It has not answered since " + NOW);
    dependencies.probed(Dependency.EMR, up(NOW.plusSeconds(40)));
    assertThat(last(NOW.plusSeconds(40))).contains(up(NOW.plusSeconds(40)));
  }

  private Optional<Probe> last(Instant now) {
    return dependencies.last(Dependency.EMR, PATIENCE, now);
  }

  private static Probe up(Instant at) {
    return new Probe(at, Optional.empty());
  }

  private static Probe down(Instant at) {
    return new Probe(at, Optional.of("refused"));
  }
}
