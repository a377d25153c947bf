package run;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How a run began that took no landed objects: its own cluster, or the service, fetches the object
 * that it reads.
 *
 * @param by who started it
 * @param plannedFor the time of the schedule that it is for; absent for one that was started by
 *     hand
 */
public record Start(By by, Optional<Instant> plannedFor) {

  /** Who starts runs. */
  public enum By {
    /** Somebody asked for it. */
    HAND,
    /** Its time had come. */
    SCHEDULE
  }

  public Start {
    Objects.requireNonNull(by);
    Objects.requireNonNull(plannedFor);
  }

  /** Somebody asked for it. */
  public static Start byHand() {
    return new Start(By.HAND, Optional.empty());
  }
}
