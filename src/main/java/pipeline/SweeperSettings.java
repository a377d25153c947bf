package pipeline;

import java.time.Duration;

/**
 * What is done about clusters of this installation that belong to no open attempt.
 *
 * @param mode what is done
 * @param grace how long one must be seen as an orphan before it is terminated
 * @param every how often the sweeper runs while no run has a cluster; otherwise it runs with every
 *     poll
 */
public record SweeperSettings(Mode mode, Duration grace, Duration every) {

  /** What is done about an orphan. */
  public enum Mode {
    /** It is terminated after the grace. */
    TERMINATE,
    /** It is reported in the log, in the API and in the metrics. */
    REPORT,
    /** The sweeper is off. */
    OFF
  }
}
