package cluster.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenDurationTest {

  @ParameterizedTest
  @ValueSource(strings = {"0s", "500ms", "1500ms", "30s", "10m", "1m30s", "2h", "1h30m", "48h"})
  void a_duration_is_shown_as_the_configuration_reads_it(String written) {
    assertThat(new WrittenDuration(new DurationConverter().convert(written))).hasToString(written);
  }
}
