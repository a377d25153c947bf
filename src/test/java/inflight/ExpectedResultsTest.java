package inflight;

import static org.assertj.core.api.Assertions.assertThat;

import inflight.ExpectedResults.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import run.Attempt;
import testing.Iris;

class ExpectedResultsTest {

  private static final Instant NOW = Iris.NOON;
  private static final Attempt.Intent ATTEMPT = Iris.launched().intent();
  private static final Question QUESTION = question(ATTEMPT);

  private final ExpectedResults results = new ExpectedResults();

  @Test
  void s3_is_asked_at_the_attempts_pace_until_the_result_is_there() {
    results.expect(List.of(QUESTION));

    assertThat(results.due(NOW)).containsExactly(QUESTION);
    assertThat(results.due(NOW.plusMillis(1_999))).isEmpty();
    results.expect(List.of(QUESTION));
    assertThat(results.due(NOW.plusMillis(1_999))).isEmpty();
    assertThat(results.due(NOW.plusSeconds(2))).containsExactly(QUESTION);
    results.written(ATTEMPT, NOW.plusSeconds(2));
    assertThat(results.due(NOW.plusSeconds(9))).isEmpty();
    assertThat(results.written(NOW.plusSeconds(9)))
        .containsExactly(Map.entry(ATTEMPT, NOW.plusSeconds(2)));
  }

  @Test
  void an_attempt_that_is_expected_no_more_is_forgotten_with_its_result() {
    results.expect(List.of(QUESTION));
    results.written(ATTEMPT, NOW);

    results.expect(List.of());

    assertThat(results.written(NOW)).isEmpty();
    assertThat(results.due(NOW)).isEmpty();
    results.written(ATTEMPT, NOW);
    assertThat(results.written(NOW)).isEmpty();
  }

  @Test
  void a_step_that_does_not_end_after_its_result_has_no_claim_any_more() {
    results.expect(List.of(QUESTION));
    results.written(ATTEMPT, NOW);

    assertThat(results.written(NOW.plusSeconds(29))).containsKey(ATTEMPT);
    assertThat(results.written(NOW.plusSeconds(30))).isEmpty();
    assertThat(results.due(NOW.plusSeconds(30))).isEmpty();
  }

  @Test
  void many_are_asked_for_in_turn_and_few_at_once() {
    results.expect(
        IntStream.range(0, 6).mapToObj(i -> question(Iris.intended(i + 1, NOW).intent())).toList());

    List<Question> first = results.due(NOW);
    List<Question> rest = results.due(NOW.plusMillis(250));

    assertThat(first).hasSize(4);
    assertThat(rest).hasSize(2).doesNotContainAnyElementsOf(first);
  }

  private static Question question(Attempt.Intent attempt) {
    return new Question(attempt, "iris", Duration.ofSeconds(2));
  }
}
