package localcloud.emr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private final TokenBucket bucket = new TokenBucket(10, Duration.ofSeconds(2));

  @Test
  void takes_a_burst_and_no_more() {
    assertThat(taken(START)).isEqualTo(10);
  }

  @Test
  void one_comes_back_after_the_interval_and_not_before() {
    taken(START);

    assertThat(bucket.take(START.plusMillis(1_999))).isFalse();
    assertThat(bucket.take(START.plusMillis(2_000))).isTrue();
    assertThat(bucket.take(START.plusMillis(2_001))).isFalse();
    assertThat(bucket.take(START.plusMillis(4_000))).isTrue();
  }

  @Test
  void parts_of_an_interval_add_up_and_a_refusal_costs_nothing() {
    taken(START);

    assertThat(taken(START.plusSeconds(3))).isEqualTo(1);
    assertThat(taken(START.plusSeconds(4))).isEqualTo(1);
    assertThat(taken(START.plusSeconds(9))).isEqualTo(2);
  }

  @Test
  void holds_no_more_than_a_burst_however_long_it_rested() {
    taken(START);

    assertThat(taken(START.plus(Duration.ofDays(1)))).isEqualTo(10);
  }

  private int taken(Instant now) {
    return (int) IntStream.range(0, 30).filter(attempt -> bucket.take(now)).count();
  }
}
