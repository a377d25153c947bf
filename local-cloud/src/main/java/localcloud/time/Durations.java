package localcloud.time;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations in plain form: a whole number of milliseconds, seconds or minutes. */
public final class Durations {
  /** The description of the form, for messages. */
  public static final String FORM = "a duration such as 500ms, 2s or 1m";

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m)");

  private Durations() {}

  /** Reads {@code 500ms}, {@code 2s} or {@code 1m}; empty if it is none of these. */
  public static Optional<Duration> read(String text) {
    Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          default -> Duration.ofMinutes(amount);
        });
  }
}
