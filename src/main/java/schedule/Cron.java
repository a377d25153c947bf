package schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Times in the five fields of Unix cron: minute, hour, day of the month, month, day of the week, as
 * in POSIX ("crontab"), with the steps and names of Vixie's cron. If both days are restricted,
 * either one is enough.
 *
 * <p>In a time zone, a time that occurs twice counts once, the first time. A time that does not
 * occur because the clocks are put forward is moved by the same amount.
 */
public final class Cron {

  /** The longest time to a 29 February: 1896 to 1904, 2096 to 2104. */
  private static final int MOST_DAYS = 8 * 366;

  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

  private static final int WEEK = 7;

  private final String written;
  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet daysOfMonth;
  private final BitSet months;
  private final BitSet daysOfWeek;
  private final boolean eitherDay;

  private Cron(String written, String[] fields) {
    this.written = written;
    this.minutes = field("minute", fields[0], 0, 59, List.of());
    this.hours = field("hour", fields[1], 0, 23, List.of());
    this.daysOfMonth = field("day of the month", fields[2], 1, 31, List.of());
    this.months = field("month", fields[3], 1, 12, MONTHS);
    this.daysOfWeek = field("day of the week", fields[4], 0, WEEK, DAYS);
    if (daysOfWeek.get(WEEK)) {
      daysOfWeek.set(0);
    }
    this.eitherDay = !fields[2].startsWith("*") && !fields[4].startsWith("*");
  }

  /**
   * Reads the five fields.
   *
   * @throws IllegalArgumentException whose message says which field is wrong, and why
   */
  public static Cron parse(String text) {
    String written = text.trim().replaceAll("\\s+", " ");
    String[] fields = written.split(" ", -1);
    if (fields.length != 5) {
      throw new IllegalArgumentException(
          "is '%s'; write five fields: minute, hour, day of the month, month, day of the week, for instance 30 6 * * 1-5"
              .formatted(text));
    }
    Cron cron = new Cron(written, fields);
    if (dates(LocalDate.EPOCH, 1).noneMatch(cron::isOn)) {
      throw new IllegalArgumentException("is '%s', and no such day ever comes".formatted(text));
    }
    return cron;
  }

  /** The first time after that one. */
  public Instant next(Instant after, ZoneId zone) {
    LocalDate from = after.atZone(zone).toLocalDate().minusDays(1);
    return first(from, 1, zone, time -> time.isAfter(after), 0).orElseThrow();
  }

  /** The last time that is not after that one. */
  public Instant last(Instant until, ZoneId zone) {
    LocalDate from = until.atZone(zone).toLocalDate().plusDays(1);
    return first(from, -1, zone, time -> !time.isAfter(until), 1).orElseThrow();
  }

  private Optional<Instant> first(
      LocalDate from, int step, ZoneId zone, Predicate<Instant> wanted, int fromTheEnd) {
    return dates(from, step)
        .filter(this::isOn)
        .flatMap(
            date -> {
              List<Instant> times = times(date, zone).filter(wanted).sorted().toList();
              return times.isEmpty()
                  ? Stream.empty()
                  : Stream.of(times.get(fromTheEnd * (times.size() - 1)));
            })
        .findFirst();
  }

  private static Stream<LocalDate> dates(LocalDate from, int step) {
    return LongStream.range(0, MOST_DAYS).mapToObj(day -> from.plusDays(day * step));
  }

  private boolean isOn(LocalDate date) {
    boolean ofMonth = daysOfMonth.get(date.getDayOfMonth());
    boolean ofWeek = daysOfWeek.get(date.getDayOfWeek().getValue() % WEEK);
    return months.get(date.getMonthValue()) && (eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek);
  }

  /** ZonedDateTime takes the earlier offset in an overlap, and moves by a gap's length. */
  private Stream<Instant> times(LocalDate date, ZoneId zone) {
    return hours.stream()
        .boxed()
        .flatMap(hour -> minutes.stream().mapToObj(minute -> date.atTime(hour, minute)))
        .map((LocalDateTime time) -> ZonedDateTime.ofLocal(time, zone, null).toInstant());
  }

  private static BitSet field(String name, String text, int least, int most, List<String> names) {
    BitSet set = new BitSet();
    for (String part : text.toLowerCase(Locale.ROOT).split(",", -1)) {
      try {
        add(set, part, least, most, names);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "has the %s '%s'; write *, or numbers from %d to %d, as 1, 1-5, */2 or 1,3"
                .formatted(name, text, least, most),
            e);
      }
    }
    return set;
  }

  private static void add(BitSet set, String part, int least, int most, List<String> names) {
    String[] stepped = part.split("/", -1);
    String[] range = stepped[0].split("-", -1);
    boolean isAll = stepped[0].equals("*");
    int from = isAll ? least : number(range[0], least, names);
    int to = from;
    if (isAll) {
      to = names.equals(DAYS) ? most - 1 : most;
    } else if (range.length == 2) {
      to = number(range[1], least, names);
    }
    int step = stepped.length == 2 ? Integer.parseInt(stepped[1]) : 1;
    boolean isOne = !isAll && range.length == 1;
    if (stepped.length > 2
        || range.length > 2
        || from < least
        || to > most
        || from > to
        || step < 1
        || (isOne && stepped.length == 2)) {
      throw new NumberFormatException(part);
    }
    for (int value = from; value <= to; value += step) {
      set.set(value);
    }
  }

  private static int number(String text, int least, List<String> names) {
    int named = names.indexOf(text);
    if (named >= 0) {
      return named + least;
    }
    if (!text.matches("[0-9]{1,2}")) {
      throw new NumberFormatException(text);
    }
    return Integer.parseInt(text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cron cron && cron.written.equals(written);
  }

  @Override
  public int hashCode() {
    return written.hashCode();
  }

  /** The five fields, a blank between two. */
  @Override
  public String toString() {
    return written;
  }
}
