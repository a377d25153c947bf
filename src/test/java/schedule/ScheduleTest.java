package schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import schedule.Schedule.Followed;
import schedule.Schedule.Missed;

class ScheduleTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Schedule HOURLY =
      new Schedule(Cron.parse("0 * * * *"), ZoneOffset.UTC, Missed.ONCE);

  @Test
  void a_time_is_due_once() {
    assertThat(due(HOURLY, NOON.minusSeconds(3_600), NOON.minusSeconds(1))).isEmpty();
    assertThat(due(HOURLY, NOON.minusSeconds(3_600), NOON)).contains(NOON);
    assertThat(due(HOURLY, NOON, NOON.plusSeconds(1))).isEmpty();
  }

  @Test
  void of_several_that_were_missed_the_newest_is_made_up_for() {
    assertThat(due(HOURLY, NOON.minus(Duration.ofDays(3)), NOON.plusSeconds(1_800))).contains(NOON);
  }

  @Test
  void without_catching_up_only_a_punctual_start_is_made() {
    Schedule none = new Schedule(HOURLY.cron(), HOURLY.zone(), Missed.NONE);

    assertThat(due(none, NOON.minus(Duration.ofDays(3)), NOON.plusSeconds(1_800))).isEmpty();
    assertThat(due(none, NOON.minus(Duration.ofDays(3)), NOON.plusSeconds(59))).contains(NOON);
  }

  @Test
  void a_clock_that_was_set_back_starts_nothing_again() {
    assertThat(due(HOURLY, NOON, NOON.minus(Duration.ofHours(2)))).isEmpty();
    assertThat(due(HOURLY, NOON, NOON.minusSeconds(1))).isEmpty();
  }

  @Test
  void a_schedule_that_is_new_or_was_changed_has_missed_nothing() {
    Schedule moved = new Schedule(HOURLY.cron(), ZoneId.of("Asia/Kolkata"), Missed.ONCE);

    assertThat(HOURLY.due(Optional.empty(), NOON)).isEmpty();
    assertThat(moved.due(Optional.of(new Followed(HOURLY.rule(), Instant.EPOCH)), NOON)).isEmpty();
  }

  private static Optional<Instant> due(Schedule schedule, Instant until, Instant now) {
    return schedule.due(Optional.of(new Followed(schedule.rule(), until)), now);
  }
}
