package actions;

import static org.assertj.core.api.Assertions.assertThat;

import inflight.ExpectedResults.Question;
import inflight.InFlight;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pipeline.Pipelines;
import run.Attempt;
import software.amazon.awssdk.core.exception.SdkClientException;
import testing.Iris;
import testing.MovableClock;

class AwaitResultsTest {

  private static final Attempt.Intent ATTEMPT = Iris.launched().intent();

  private final MovableClock clock = new MovableClock(Iris.NOON);
  private final InFlight inFlight = new InFlight();
  private final AwaitResults results =
      new AwaitResults(inFlight, new Pipelines(Map.of("iris", Iris.pipeline())), clock);

  @Test
  void s3_is_asked_for_the_result_of_the_attempt_and_a_result_that_is_there_is_kept() {
    expect("iris");

    List<AwaitResults.Expected> due = results.due();

    assertThat(due)
        .singleElement()
        .satisfies(
            expected ->
                assertThat(expected.address().uri())
                    .startsWith("s3://curated/_work/iris/run=" + ATTEMPT.run())
                    .endsWith("/attempt=1/result.json"));
    results.isThere(due.get(0));
    assertThat(inFlight.expectedResults().written(clock.instant())).containsKey(ATTEMPT);
  }

  @Test
  void a_pipeline_that_is_configured_no_more_is_passed_over() {
    expect("gone");

    assertThat(results.due()).isEmpty();
  }

  @Test
  void while_s3_does_not_answer_it_is_left_alone_for_half_a_minute() {
    expect("iris");

    results.isUnanswered(SdkClientException.create("timed out"));

    assertThat(results.mayAsk()).isFalse();
    assertThat(results.due()).isEmpty();
    clock.move(Duration.ofSeconds(30));
    assertThat(results.due()).hasSize(1);
  }

  private void expect(String pipeline) {
    inFlight
        .expectedResults()
        .expect(List.of(new Question(ATTEMPT, pipeline, Duration.ofMillis(500))));
  }
}
