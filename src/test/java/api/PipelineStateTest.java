package api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineStateTest {

  @ParameterizedTest
  @CsvSource({
    "true,  true,  true,  true,  PAUSED",
    "true,  false, false, false, PAUSED",
    "false, true,  true,  true,  FAILING",
    "false, true,  false, false, FAILING",
    "false, false, true,  true,  RUNNING",
    "false, false, true,  false, RUNNING",
    "false, false, false, true,  WAITING",
    "false, false, false, false, IDLE"
  })
  void a_pause_goes_before_a_failure_and_a_failure_before_what_runs_now(
      boolean isPaused, boolean fails, boolean runs, boolean waits, PipelineState state) {
    assertThat(PipelineState.of(isPaused, fails, runs, waits)).isEqualTo(state);
  }
}
