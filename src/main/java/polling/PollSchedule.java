package polling;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import pipeline.SweeperSettings;
import pipeline.SweeperSettings.Mode;
import run.Attempt;

/**
 * When the next listing of the clusters is due, and whether an attempt or the sweeper needs it. In
 * memory only.
 */
public final class PollSchedule {

  private final Duration clusterPoll;
  private final SweeperSettings sweeper;
  private Instant nextPoll = Instant.EPOCH;
  private Instant nextSweep = Instant.MIN;

  /**
   * @param clusterPoll how often the clusters are listed
   * @param sweeper how often they are listed for orphans alone
   */
  public PollSchedule(Duration clusterPoll, SweeperSettings sweeper) {
    this.clusterPoll = clusterPoll;
    this.sweeper = sweeper;
  }

  /**
   * Whether a listing is due; if so, the next one is due a poll later.
   *
   * @param isAsked whether an early listing was requested
   * @param sooner a shorter pause, if the quota allows one and the end of steps is near
   */
  public boolean isDue(boolean isAsked, Optional<Duration> sooner, Instant now) {
    boolean isSoon =
        sooner.filter(pause -> !nextPoll.minus(clusterPoll).plus(pause).isAfter(now)).isPresent();
    boolean isDue = isAsked || isDue(nextPoll, clusterPoll, now) || isSoon;
    if (isDue) {
      nextPoll = now.plus(clusterPoll);
    }
    return isDue;
  }

  /**
   * Whether a listing that is due serves an attempt, or the sweeper.
   *
   * @param open every attempt that is not ENDED
   */
  public boolean isNeeded(List<Attempt> open, Instant now) {
    boolean sweeps = sweeper.mode() != Mode.OFF && isDue(nextSweep, sweeper.every(), now);
    boolean isNeeded =
        sweeps
            || open.stream()
                .anyMatch(
                    attempt -> attempt.clusterId().isPresent() || attempt.calledAt().isPresent());
    if (isNeeded) {
      nextSweep = now.plus(sweeper.every());
    }
    return isNeeded;
  }

  /** When the oldest call to RunJobFlow without a known answer was sent. */
  public static Optional<Instant> oldestUnanswered(List<Attempt> open) {
    return open.stream()
        .filter(Attempt::isUnanswered)
        .map(attempt -> attempt.calledAt().orElseThrow())
        .min(Comparator.naturalOrder());
  }

  /** A clock that was set back must not lengthen a pause. */
  private static boolean isDue(Instant next, Duration pause, Instant now) {
    return !next.isAfter(now) || next.isAfter(now.plus(pause));
  }
}
