package configuration;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import schedule.Cron;
import schedule.Schedule;
import schedule.Schedule.Missed;

/** Reads a pipeline's schedule from its properties {@code schedule.*}. */
final class ScheduleReader {

  private final Properties properties;

  ScheduleReader(Properties properties) {
    this.properties = properties;
  }

  Optional<Schedule> read() {
    Optional<Cron> cron = properties.parsed("schedule.cron", Cron::parse);
    Optional<ZoneId> zone = properties.parsed("schedule.time-zone", ScheduleReader::zone);
    Optional<Missed> missed =
        properties.oneOf("schedule.catch-up", Map.of("once", Missed.ONCE, "none", Missed.NONE));
    return cron.map(
        times -> new Schedule(times, zone.orElse(ZoneOffset.UTC), missed.orElse(Missed.ONCE)));
  }

  private static ZoneId zone(String written) {
    try {
      return written.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(written);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "is '%s'; write UTC or a zone's name in the IANA database, for instance Europe/Berlin"
              .formatted(written),
          e);
    }
  }
}
