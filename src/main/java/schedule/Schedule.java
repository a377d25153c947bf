package schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When a pipeline's runs start.
 *
 * @param cron the times
 * @param zone the time zone of these times
 * @param missed what is done about missed times
 */
public record Schedule(Cron cron, ZoneId zone, Missed missed) {

  /**
   * How late a start may be before it counts as missed: the service checks all the time, but may be
   * busy.
   */
  private static final Duration PUNCTUAL = Duration.ofMinutes(1);

  /** What is done about starts that were missed while the service was down. */
  public enum Missed {
    /** One start makes up for all of them. */
    ONCE,
    /** They are dropped. */
    NONE
  }

  /**
   * How far a pipeline's schedule was followed.
   *
   * @param rule the schedule that was followed
   * @param until up to this time
   */
  public record Followed(String rule, Instant until) {}

  /** Identifies this schedule, so that a change of it is noticed. */
  public String rule() {
    return cron + " " + zone;
  }

  /** The next time after that one. */
  public Instant next(Instant after) {
    return cron.next(after, zone);
  }

  /**
   * The time for which a run is due to start now. A new schedule has missed nothing, and a clock
   * that was set back starts nothing again.
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
