package configuration;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import schedule.Cron;
import schedule.Schedule;
import schedule.Schedule.Missed;

/** Reads a pipeline's schedule from its properties {@code schedule.*}. */
record ScheduleReader(Properties properties) {

  Optional<Schedule> read() {
    Optional<Cron> cron = properties.parsed("schedule.cron", Cron::parse);
    Optional<ZoneId> zone =
        properties.parsed(
            "schedule.time-zone",
            written -> written.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(written),
            "write UTC or a zone's name in the IANA database, for instance Europe/Berlin");
    Missed missed = properties.oneOf("schedule.catch-up", Missed.ONCE);
    return cron.map(times -> new Schedule(times, zone.orElse(ZoneOffset.UTC), missed));
  }
}
