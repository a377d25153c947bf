package localcloud.emr;

import java.time.Duration;
import java.util.Optional;

/**
 * The plan for a step, besides its command.
 *
 * @param takes how long it runs before it succeeds by plan
 * @param message the message in its failure details, if it fails by plan
 * @param stderr the text of that log, if it fails by plan
 * @param logDelay how long after its end its logs are delivered; zero for before it
 */
record StepPlan(
    Course course, Duration takes, Optional<String> message, String stderr, Duration logDelay) {

  /** It runs, and its logs are delivered when it ends. */
  static final StepPlan USUAL = of(Course.RUNS);

  /** That course, at once and without words. */
  static StepPlan of(Course course) {
    return new StepPlan(course, Duration.ZERO, Optional.empty(), "", Duration.ZERO);
  }

  /** What is done in place of its command. */
  enum Course {
    /** It runs in a process of its own. */
    RUNS,
    /** It does not end by itself, without a process. */
    HANGS,
    /** It fails at once. */
    FAILS,
    /** It does the work of the service's own job, without a process. */
    SUCCEEDS
  }
}
