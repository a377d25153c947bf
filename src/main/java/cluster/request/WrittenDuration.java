package cluster.request;

import java.time.Duration;
import java.util.Locale;

/**
 * A duration in the form of the configuration: {@code 500ms}, {@code 1m30s}, {@code 2h}.
 *
 * @param value at least zero
 */
public record WrittenDuration(Duration value) {

  /** The text that the configuration reads as this duration. */
  @Override
  public String toString() {
    return value.toMillisPart() == 0
        ? value.toString().substring("PT".length()).toLowerCase(Locale.ROOT)
        : value.toMillis() + "ms";
  }
}
