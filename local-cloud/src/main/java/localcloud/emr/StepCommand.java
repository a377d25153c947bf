package localcloud.emr;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.emr.model.HadoopJarStepConfig;

/**
 * The command of a step on the primary node.
 *
 * @see <a href="https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-commandrunner.html">Run
 *     commands and scripts on an Amazon EMR cluster</a>
 */
sealed interface StepCommand {

  default Optional<Limit> limit() {
    return Optional.empty();
  }

  /**
   * {@code spark-submit}, its options rewritten for this machine.
   *
   * @param isPython whether it is a PySpark program
   * @param driverMemory the heap of the driver, which here is the only process
   * @param driverJavaOptions for the driver's JVM
   */
  record SparkSubmit(
      List<String> arguments,
      boolean isPython,
      Optional<String> driverMemory,
      List<String> driverJavaOptions,
      Optional<Limit> limit)
      implements StepCommand {}

  /** Any other program. */
  record Program(List<String> words, Optional<Limit> limit) implements StepCommand {}

  /** {@code script-runner.jar}: a script in S3, fetched and run. */
  record Script(String uri, List<String> arguments) implements StepCommand {}

  /** A command that the stand-in does not run, and why. */
  record Unsupported(String reason) implements StepCommand {}

  /**
   * The command {@code timeout} before another one.
   *
   * @param after the time until SIGTERM
   * @param killAfter how long after that SIGKILL follows; never, if empty
   * @see <a
   *     href="https://www.gnu.org/software/coreutils/manual/html_node/timeout-invocation.html">timeout:
   *     Run a command with a time limit</a>
   */
  record Limit(Duration after, Optional<Duration> killAfter) {}

  static StepCommand of(HadoopJarStepConfig step) {
    String jar = step.jar();
    List<String> words = step.args();
    if (jar.equals("command-runner.jar") || jar.endsWith("/command-runner.jar")) {
      return StepWords.parse(words);
    }
    if (jar.endsWith("script-runner.jar")) {
      return words.isEmpty()
          ? new Unsupported("script-runner.jar was given no script")
          : new Script(words.get(0), List.copyOf(words.subList(1, words.size())));
    }
    return new Unsupported(
        "This stand-in runs command-runner.jar and script-runner.jar only, not " + jar);
  }
}
