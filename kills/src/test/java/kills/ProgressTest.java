package kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {

  @ParameterizedTest
  @CsvSource({
    "15, 60, PT5M, '15 of 60 points, about 15 min left'",
    "1, 60, PT10S, '1 of 60 points, about 10 min left'",
    "59, 60, PT20M, '59 of 60 points, less than 1 min left'",
    "60, 60, PT20M, 60 of 60 points"
  })
  void a_campaign_says_how_much_is_done_and_how_long_the_rest_takes(
      int struck, int all, Duration elapsed, String words) {
    assertThat(new Progress(struck, all, elapsed).words()).isEqualTo(words);
  }
}
