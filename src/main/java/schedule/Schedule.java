package schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When a pipeline's runs are started.
 *
 * @param cron the times
 * @param zone where the clock hangs that shows them
 * @param missed what is done about those that were missed
 */
public record Schedule(Cron cron, ZoneId zone, Missed missed) {

  /** A start is not missed before that: the service looks every moment, and may be busy. */
  private static final Duration PUNCTUAL = Duration.ofMinutes(1);

  /** What is done about starts that were missed while the service was away. */
  public enum Missed {
    /** However many they were, one is made up for. */
    ONCE,
    /** None is. */
    NONE
  }

  /**
   * How far a pipeline's schedule was followed.
   *
   * @param rule by which schedule
   * @param until up to which time
   */
  public record Followed(String rule, Instant until) {}

  /** Tells this schedule from what it was before somebody changed it. */
  public String rule() {
    return cron + " " + zone;
  }

  /** The next time after that one. */
  public Instant next(Instant after) {
    return cron.next(after, zone);
  }

  /**
   * The time for which a run is to be started now. A schedule that is new has missed nothing, and a
   * clock that was set back starts nothing again.
   *
   * @param followed how far it was followed, if it ever was
   */
  public Optional<Instant> due(Optional<Followed> followed, Instant now) {
    if (followed.filter(last -> last.rule().equals(rule())).isEmpty()) {
      return Optional.empty();
    }
    Instant planned = cron.last(now, zone);
    boolean isNew = planned.isAfter(followed.get().until());
    boolean isPunctual = planned.plus(PUNCTUAL).isAfter(now);
    return isNew && (isPunctual || missed == Missed.ONCE) ? Optional.of(planned) : Optional.empty();
  }
}
