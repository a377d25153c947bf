package web;

import api.PipelineState;
import api.RunView;
import batch.Backfill;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import run.RunState;
import run.StepState;

/** How values are written on the page. */
@TemplateExtension
final class Shown {

  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** The API's calls in a sentence; the page has buttons for them. */
  private static final Pattern CALL = Pattern.compile(" \\((?:POST|GET) /api/[^)]*\\)");

  /** A point in time as the service writes it; a script writes "a minute ago" in place of both. */
  private static final Pattern TIME =
      Pattern.compile("(at )?\\b(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?Z)");

  private static final int KIB = 1024;
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;
  private static final int DAY = 86_400;

  private Shown() {}

  /** A point in time, as a page shows it that runs no script. */
  static String exact(Instant instant) {
    return EXACT.format(instant);
  }

  /** Bytes in a readable unit, a KiB being 1,024 bytes. */
  static String size(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    double value = bytes;
    int unit = 0;
    while (value >= KIB && unit < units.length - 1) {
      value /= KIB;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }

  /** A number with its thousands apart. */
  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A number with its thousands apart. */
  static String number(int number) {
    return number((long) number);
  }

  /** How many there are of something: {@code 1 row}, {@code 2 rows}. */
  static String counted(long number, String noun) {
    return "%s %s%s".formatted(number(number), noun, number == 1 ? "" : "s");
  }

  /** The same. */
  static String counted(int number, String noun) {
    return counted((long) number, noun);
  }

  /** The time between two points, in its two largest units. */
  static String took(Instant from, Instant to) {
    Duration took = Duration.between(from, to);
    long seconds = Math.max(0, took.toSeconds());
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", Math.max(0, took.toMillis()) / 1000.0);
    }
    if (seconds < MINUTE) {
      return seconds + " s";
    }
    if (seconds < HOUR) {
      return "%d min %02d s".formatted(seconds / MINUTE, seconds % MINUTE);
    }
    if (seconds < DAY) {
      return "%d h %02d min".formatted(seconds / HOUR, seconds % HOUR / MINUTE);
    }
    return "%d d %02d h".formatted(seconds / DAY, seconds % DAY / HOUR);
  }

  /** A constant as a word: {@code NO_DATA} is "no data". */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** A constant as EMR's or ours, in lower case. */
  static String word(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * Text from outside. Characters that one does not see, or that turn the direction of those beside
   * them, are written as escapes, so that a key looks like no other key.
   */
  static String plain(String text) {
    return text.codePoints()
        .mapToObj(
            point ->
                isVisible(point)
                    ? Character.toString(point)
                    : String.format(Locale.ROOT, "\\u%04x", point))
        .collect(Collectors.joining());
  }

  private static boolean isVisible(int point) {
    if (point == '\n' || point == '\t') {
      return true;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** Text from outside whose points in time are shown as such; see {@link #plain}. */
  static RawString timed(String text) {
    String said = plain(text);
    Matcher times = TIME.matcher(said);
    StringBuilder html = new StringBuilder();
    int end = 0;
    while (times.find()) {
      html.append(escaped(said.substring(end, times.start()))).append(time(times));
      end = times.end();
    }
    return new RawString(html.append(escaped(said.substring(end))).toString());
  }

  private static String time(MatchResult found) {
    try {
      String exact = exact(Instant.parse(found.group(2)));
      return "<time datetime=\"%s\" title=\"%s\">%s%s</time>"
          .formatted(found.group(2), exact, Objects.requireNonNullElse(found.group(1), ""), exact);
    } catch (DateTimeParseException e) {
      return found.group();
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** An argument of a shell's command (POSIX, Shell Command Language, 2.2.2 Single-Quotes). */
  static String shell(String argument) {
    return argument.matches("[\\w./:=-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
  }

  /** A clause as a sentence of its own; properties and addresses stay as they are. */
  static String sentence(String clause) {
    String begun =
        clause.matches("(?s)\\p{Ll}+[ ,:].*")
            ? Character.toUpperCase(clause.charAt(0)) + clause.substring(1)
            : clause;
    return begun.endsWith(".") || begun.endsWith("/") ? begun : begun + ".";
  }

  /** The few words of a message that name the cause. */
  static String headline(String message) {
    return Cause.of(message).headline();
  }

  /** A text about a run, unless it says no more than why the run failed, which the page has. */
  static String unlessTold(String text, RunView run) {
    return run.failure()
            .map(why -> Cause.of(why.message()))
            .filter(why -> why.isRepeatedIn(text))
            .isPresent()
        ? "as above"
        : text;
  }

  /** A sentence without the API's calls in it. */
  static String withoutCalls(String sentence) {
    return CALL.matcher(sentence).replaceAll("");
  }

  /** The class of a state. */
  static String css(RunState state) {
    return Tone.of(state).css();
  }

  /** The class of a state. */
  static String css(PipelineState state) {
    return Tone.of(state).css();
  }

  /** The class of a state. */
  static String css(StepState state) {
    return Tone.of(state).css();
  }

  /** Whether it takes objects still. */
  static boolean isActive(Backfill.State state) {
    return switch (state) {
      case LISTING, RUNNING -> true;
      case DONE, CANCELLED -> false;
    };
  }

  /** The text that is there, or none. */
  static String orNone(Optional<?> value) {
    return value.map(Object::toString).orElse("");
  }
}
