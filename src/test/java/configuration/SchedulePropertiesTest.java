package configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import schedule.Cron;
import schedule.Schedule;
import schedule.Schedule.Missed;
import testing.Configuration;

/** What a pipeline's properties {@code schedule.*} mean, and what is refused. */
class SchedulePropertiesTest {

  private static final String CRON = "pipelines.p.schedule.cron";
  private static final String ZONE = "pipelines.p.schedule.time-zone";

  @Test
  void times_are_those_of_utc_and_missed_ones_are_made_up_for_once() {
    assertThat(
            Reading.pipeline(Configuration.ofPipeline("p").with(CRON, "30  6 * * 1-5")).schedule())
        .contains(new Schedule(Cron.parse("30 6 * * 1-5"), ZoneOffset.UTC, Missed.ONCE));
  }

  @Test
  void a_zone_is_one_of_the_iana_database() {
    Configuration configuration =
        Configuration.ofPipeline("p")
            .with(CRON, "30 6 * * *")
            .with(ZONE, "Europe/Berlin")
            .with("pipelines.p.schedule.catch-up", "none");

    assertThat(Reading.pipeline(configuration).schedule())
        .contains(new Schedule(Cron.parse("30 6 * * *"), ZoneId.of("Europe/Berlin"), Missed.NONE));
  }

  @Test
  void a_time_and_a_zone_that_there_are_not_are_refused_together() {
    Configuration configuration =
        Configuration.ofPipeline("p").with(CRON, "61 6 * * *").with(ZONE, "Europe/Atlantis");

    assertThat(Reading.problems(configuration))
        .anyMatch(problem -> problem.startsWith(CRON + " has the minute '61'"))
        .anyMatch(problem -> problem.startsWith(ZONE + " is 'Europe/Atlantis'"));
  }
}
