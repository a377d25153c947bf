package inflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import run.Attempt;
import testing.Iris;

class ExpectedResultsTest {

  private static final Duration PACE = Duration.ofSeconds(2);
  private static final Attempt.Intent ATTEMPT = Iris.launched().intent();
  private static final Instant NOW = Iris.NOON;

  private final ExpectedResults results = new ExpectedResults();

  @Test
  void s3_is_asked_at_the_attempts_pace_until_the_result_is_there() {
    results.expect(Map.of(ATTEMPT, PACE));

    assertThat(results.due(NOW)).containsExactly(ATTEMPT);
    assertThat(results.due(NOW.plusMillis(1_999))).isEmpty();
    assertThat(results.due(NOW.plusSeconds(2))).containsExactly(ATTEMPT);
    results.written(ATTEMPT, NOW.plusSeconds(2));
    assertThat(results.due(NOW.plusSeconds(9))).isEmpty();
    assertThat(results.written()).containsExactly(Map.entry(ATTEMPT, NOW.plusSeconds(2)));
  }

  @Test
  void an_attempt_that_is_expected_no_more_is_forgotten_with_its_result() {
    results.expect(Map.of(ATTEMPT, PACE));
    results.written(ATTEMPT, NOW);

    results.expect(Map.of());

    assertThat(results.written()).isEmpty();
    assertThat(results.due(NOW)).isEmpty();
    results.written(ATTEMPT, NOW);
    assertThat(results.written()).isEmpty();
  }

  @Test
  void many_are_asked_for_in_turn_and_few_at_once() {
    Map<Attempt.Intent, Duration> many = new HashMap<>();
    IntStream.range(0, 6).forEach(i -> many.put(attempt(i), PACE));
    results.expect(many);

    List<Attempt.Intent> first = results.due(NOW);
    List<Attempt.Intent> rest = results.due(NOW.plusMillis(250));

    assertThat(first).hasSize(4);
    assertThat(rest).hasSize(2).doesNotContainAnyElementsOf(first);
  }

  @Test
  void a_clock_that_was_set_back_lengthens_no_pause() {
    results.expect(Map.of(ATTEMPT, PACE));
    results.due(NOW);

    assertThat(results.due(NOW.minus(Duration.ofHours(1)))).containsExactly(ATTEMPT);
  }

  private static Attempt.Intent attempt(int number) {
    Attempt.Intent like = ATTEMPT;
    return new Attempt.Intent(
        like.run(),
        number,
        like.rung(),
        like.clusterName(),
        like.logUri(),
        like.intendedAt(),
        like.expiresAt());
  }
}
