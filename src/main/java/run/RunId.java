package run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * A run's name: {@code r-<UTC second>-<six hex digits>}. It sorts by time and is safe in a file
 * name, an S3 key, a cluster's name and an SQL literal.
 */
public record RunId(String value) {

  private static final Pattern FORM = Pattern.compile("r-[0-9]{8}T[0-9]{6}-[0-9a-f]{6}");
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  /**
   * @throws IllegalArgumentException if the value is not of the form above
   */
  public RunId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "Cannot read run id '" + value + "': expected r-yyyyMMddTHHmmss-xxxxxx");
    }
  }

  /**
   * A new id.
   *
   * @param at the run's time of creation
   * @param randomness any number; its low 24 bits tell runs of the same second apart
   */
  public static RunId create(Instant at, int randomness) {
    return new RunId("r-%s-%06x".formatted(SECOND.format(at), randomness & 0xffffff));
  }

  /** Whether the text is a run's id. */
  public static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
