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
import sparkjob.contract.ValueForms;

/** Dates and points in time as text writes them. */
final class Times {
  /** ISO 8601; a space may stand for the T, and seconds may be left out. */
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
      return Math.toIntExact(LocalDate.parse(text, dates).toEpochDay());
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  /**
   * Microseconds since 1970, or null. Finer digits are cut, since Spark's timestamps have
   * microseconds.
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
      if (date == null || (told != null && !zoned)) {
        return null;
      }
      LocalDateTime local = time == null ? date.atStartOfDay() : date.atTime(time);
      List<ZoneOffset> offsets =
          zoned
              ? (told == null ? zone : told).getRules().getValidOffsets(local)
              : List.of(ZoneOffset.UTC);
      if (offsets.isEmpty()) {
        return null;
      }
      return Math.addExact(
          Math.multiplyExact(local.toEpochSecond(offsets.get(0)), 1_000_000L),
          local.get(ChronoField.MICRO_OF_SECOND));
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }
}
