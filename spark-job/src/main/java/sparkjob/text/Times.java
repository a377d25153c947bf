package sparkjob.text;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Dates and points in time as text writes them. */
final class Times {
  /** ISO 8601; a space may replace the T, and seconds may be left out. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffset("+HH:mm", "Z")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final DateTimeFormatter dates;
  private final DateTimeFormatter timestamps;
  private final ZoneId zone;

  Times(ValueForms forms) {
    dates =
        forms.dateFormat().isEmpty()
            ? DateTimeFormatter.ISO_LOCAL_DATE
            : ofPattern(forms.dateFormat());
    timestamps = forms.timestampFormat().isEmpty() ? ISO : ofPattern(forms.timestampFormat());
    zone = forms.timeZone();
  }

  /** Strict, but {@code yyyy} needs no era, and names of months have any case. */
  private static DateTimeFormatter ofPattern(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .parseDefaulting(ChronoField.ERA, 1)
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /** Days since 1970, or null. */
  Integer parseDate(String text) {
    try {
      LocalDate date = LocalDate.parse(text, dates);
      return isWithinYears(date) ? Math.toIntExact(date.toEpochDay()) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /**
   * Microseconds since 1970, or null. Spark's timestamps have no finer digits, so those must be
   * zeros.
   *
   * @param zoned whether an offset may be given; a time without one is of the declared zone, and a
   *     time that its clocks leave out is none
   */
  Long parseTimestamp(String text, boolean zoned) {
    try {
      TemporalAccessor parsed = timestamps.parse(text);
      LocalDate date = parsed.query(TemporalQueries.localDate());
      LocalTime time = parsed.query(TemporalQueries.localTime());
      ZoneId told = parsed.query(TemporalQueries.zone());
      if (date == null || (told != null && !zoned) || isTooFine(time)) {
        return null;
      }
      LocalDateTime local = time == null ? date.atStartOfDay() : date.atTime(time);
      List<ZoneOffset> offsets =
          zoned
              ? (told == null ? zone : told).getRules().getValidOffsets(local)
              : List.of(ZoneOffset.UTC);
      if (offsets.isEmpty() || !isWithinYears(utc(local, offsets.get(0)))) {
        return null;
      }
      return local.toEpochSecond(offsets.get(0)) * 1_000_000L
          + local.get(ChronoField.MICRO_OF_SECOND);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Why a well-formed date or timestamp is refused; empty if it is not. */
  Optional<String> whyNot(String text, boolean isDate) {
    try {
      TemporalAccessor parsed = (isDate ? dates : timestamps).parse(text);
      LocalDate date = parsed.query(TemporalQueries.localDate());
      if (isTooFine(parsed.query(TemporalQueries.localTime()))) {
        return Optional.of("a timestamp has up to six digits of a second");
      }
      // A day more or less, for offsets.
      boolean isWithin =
          date == null || (isWithinYears(date.minusDays(1)) && isWithinYears(date.plusDays(1)));
      return isWithin ? Optional.empty() : Optional.of("years go from 0001 to 9999 (in UTC)");
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static LocalDate utc(LocalDateTime local, ZoneOffset offset) {
    return local.minusSeconds(offset.getTotalSeconds()).toLocalDate();
  }

  /**
   * Snowflake recommends the years 1582 to 9999 and takes some others: "Date &amp; time data types"
   * of its documentation. Years before 1582 mean the same everywhere if today's calendar is always
   * used; few readers accept five digits of a year.
   */
  private static boolean isWithinYears(LocalDate date) {
    return date.getYear() >= 1 && date.getYear() <= 9999;
  }

  private static boolean isTooFine(LocalTime time) {
    return time != null && time.get(ChronoField.NANO_OF_SECOND) % 1_000 != 0;
  }
}
