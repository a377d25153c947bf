package run;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How a run began that fetches its object, by its own cluster or by the service, instead of taking
 * landed objects.
 *
 * @param by who started it
 * @param plannedFor the time of the schedule that it is for; absent for one that was started by
 *     hand
 */
public record Start(By by, Optional<Instant> plannedFor) {

  /** What starts runs. */
  public enum By {
    /** An operator started it. */
    HAND,
    /** Its schedule started it. */
    SCHEDULE
  }

  public Start {
    Objects.requireNonNull(by);
    Objects.requireNonNull(plannedFor);
  }

  /** A start by an operator. */
  public static Start byHand() {
    return new Start(By.HAND, Optional.empty());
  }
}
