package schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          * * * * *          | 2026-11-22T12:00:30Z | 2026-11-22T12:01:00Z
          * * * * *          | 2026-11-22T12:00:00Z | 2026-11-22T12:01:00Z
          */15 * * * *       | 2026-11-22T12:46:00Z | 2026-11-22T13:00:00Z
          5-20/10 3 * * *    | 2026-11-22T03:05:00Z | 2026-11-22T03:15:00Z
          30 6 * * 1-5       | 2026-11-20T06:30:00Z | 2026-11-23T06:30:00Z
          30 6 * * MON-FRI   | 2026-11-20T06:30:00Z | 2026-11-23T06:30:00Z
          0 0 * * 7          | 2026-11-20T06:30:00Z | 2026-11-22T00:00:00Z
          0 0 * * sun        | 2026-11-20T06:30:00Z | 2026-11-22T00:00:00Z
          0 4 1 jan,jul *    | 2026-02-01T00:00:00Z | 2026-07-01T04:00:00Z
          0 0 13 * 5         | 2026-11-13T00:00:00Z | 2026-11-20T00:00:00Z
          0 0 */2 * 1        | 2026-11-22T00:00:00Z | 2026-11-23T00:00:00Z
          0 0 29 2 *         | 2096-03-01T00:00:00Z | 2104-02-29T00:00:00Z
          """)
  void the_next_time_is_the_first_one_after(String cron, Instant after, Instant next) {
    assertThat(Cron.parse(cron).next(after, ZoneOffset.UTC)).isEqualTo(next);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          30 6 * * 1-5  | 2026-11-22T12:00:00Z | 2026-11-20T06:30:00Z
          30 6 * * *    | 2026-11-22T06:30:00Z | 2026-11-22T06:30:00Z
          0 0 29 2 *    | 2103-12-31T00:00:00Z | 2096-02-29T00:00:00Z
          """)
  void the_last_time_is_the_newest_that_is_not_after(String cron, Instant until, Instant last) {
    assertThat(Cron.parse(cron).last(until, ZoneOffset.UTC)).isEqualTo(last);
  }

  @Test
  void a_time_that_clocks_put_forward_skip_is_taken_as_much_later() {
    assertThat(times("30 2 * * *", "2026-03-28T00:00:00Z", 3))
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
    assertThat(times("0 * * * *", "2026-03-29T00:30:00Z", 2))
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z");
  }

  @Test
  void a_time_that_clocks_put_back_show_twice_is_taken_once() {
    assertThat(times("30 2 * * *", "2026-10-24T22:00:00Z", 2))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    assertThat(Cron.parse("30 2 * * *").last(Instant.parse("2026-10-25T02:00:00Z"), BERLIN))
        .isEqualTo("2026-10-25T00:30:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * 32 * *",
        "* * * 13 *",
        "* * * * 8",
        "5-1 * * * *",
        "*/0 * * * *",
        "1/2 * * * *",
        "1-2-3 * * * *",
        "a * * * *",
        "1,,2 * * * *",
        "-1 * * * *",
        "*/2/3 * * * *",
        "@daily",
        "* * ? * *",
        "* * * mon *",
        "0 0 31 2 *",
        "0 0 30 feb *"
      })
  void what_is_no_time_is_refused(String written) {
    assertThatThrownBy(() -> Cron.parse(written)).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> times(String cron, String from, int many) {
    Cron parsed = Cron.parse(cron);
    return Stream.iterate(Instant.parse(from), after -> parsed.next(after, BERLIN))
        .skip(1)
        .limit(many)
        .map(Instant::toString)
        .toList();
  }
}
