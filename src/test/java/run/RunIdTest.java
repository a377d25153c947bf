package run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.Iris;

class RunIdTest {

  @Test
  void it_has_the_second_in_utc_and_six_hex_digits() {
    assertThat(RunId.create(Instant.parse("2026-11-22T23:59:59.999Z"), 42))
        .hasToString("r-20261122T235959-00002a");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 0x1000000, Integer.MAX_VALUE})
  void any_number_gives_a_legal_id(int randomness) {
    assertThat(RunId.create(Iris.NOON, randomness).value()).startsWith("r-20261122T120000-");
  }

  @Test
  void it_sorts_by_time() {
    assertThat(RunId.create(Iris.NOON, -1).value())
        .isLessThan(RunId.create(Iris.NOON.plusSeconds(1), 0).value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "r-20261122T120000-00002",
        "r-20261122T120000-00002A",
        "r-20261122T120000-00002a\n",
        " r-20261122T120000-00002a",
        "r-20261122T120000-00002a/../x",
        "r-20261122T120000-'; DROP"
      })
  void anything_else_is_refused(String value) {
    assertThatThrownBy(() -> new RunId(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read run id '" + value + "': expected r-yyyyMMddTHHmmss-xxxxxx");
  }
}
