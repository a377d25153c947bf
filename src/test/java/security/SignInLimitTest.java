package security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import testing.MovableClock;

/** How many sign-ins may fail. */
class SignInLimitTest {

  private static final List<String> ANNA = List.of("name anna", "address 192.0.2.1");

  private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T12:00:00Z"));
  private final SignInLimit limit = new SignInLimit(clock);

  @Test
  void the_eleventh_failure_within_a_minute_waits_for_its_end() {
    fail(10);
    clock.move(Duration.ofSeconds(20));

    assertThat(limit.begin(ANNA)).contains(Duration.ofSeconds(40));
    assertThat(limit.begin(List.of("name ben", "address 192.0.2.1"))).isPresent();
    assertThat(limit.begin(List.of("name ben", "address 192.0.2.2"))).isEmpty();

    clock.move(Duration.ofSeconds(40));
    assertThat(limit.begin(ANNA)).isEmpty();
  }

  @Test
  void what_succeeded_does_not_count() {
    for (int i = 0; i < 50; i++) {
      assertThat(limit.begin(ANNA)).isEmpty();
      limit.succeeded(ANNA);
    }
  }

  @Test
  void no_more_than_ten_thousand_names_and_addresses_are_kept() {
    fail(10);
    for (int i = 0; i < 10_000; i++) {
      limit.begin(List.of("name " + i));
    }

    assertThat(limit.begin(ANNA)).as("forgotten").isEmpty();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(limit.begin(ANNA)).isEmpty();
    }
  }
}
