package web;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import run.RunState;

/**
 * What the list of runs is restricted to, as it was typed; empty where it is not.
 *
 * @param pipeline a pipeline's name
 * @param state a state's name
 * @param since runs that began then or later
 * @param until runs that began before then
 * @param failedSince runs that failed then or later and were not replayed
 * @param text what a run's name or message contains
 */
public record RunFilter(
    String pipeline, String state, String since, String until, String failedSince, String text) {

  private static final DateTimeFormatter FIELD =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

  private static final Pattern WITHOUT_OFFSET =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?");

  /** The beginning as a browser's field for a time in UTC has it; empty if it is none. */
  public String sinceField() {
    return field(since);
  }

  /** The end as a browser's field for a time in UTC has it; empty if it is none. */
  public String untilField() {
    return field(until);
  }

  /** The failures' beginning as a browser's field for a time in UTC has it; empty if it is none. */
  public String failedSinceField() {
    return field(failedSince);
  }

  private static String field(String time) {
    try {
      return FIELD.format(OffsetDateTime.parse(time).withOffsetSameInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return "";
    }
  }

  /** A browser's field for a time has no offset; on these pages it is one in UTC. */
  static String time(Optional<String> typed) {
    return typed.map(text -> WITHOUT_OFFSET.matcher(text).matches() ? text + "Z" : text).orElse("");
  }

  /** Every state that can be chosen. */
  public List<RunState> states() {
    return List.of(RunState.values());
  }
}
