package cluster.diagnosis;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Distinguishes a job that failed because its machines were reclaimed, as Spot instances are, from
 * one that failed by itself.
 *
 * <p>Spark continues without a node, so a lost node alone explains nothing. It does if the job
 * ended because of the loss of a container or of its output for the next stage (Spark's {@code
 * ExecutorLostFailure} and {@code FetchFailed}, YARN's report on an application whose own container
 * is lost).
 */
public final class LostNodes {

  /** With this many lost executors and no other reason, their machines are the reason. */
  static final int A_DOZEN = 12;

  /** Hadoop's {@code ContainerExitStatus.ABORTED} is -100. */
  private static final Pattern LOST =
      Pattern.compile(
          "\\*lost\\* node|exit ?(?:status|code):? ?-100\\b|Slave lost|Worker lost"
              + "|decommission|Spot instance interruption",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern CONSEQUENCE =
      Pattern.compile(
          "ExecutorLostFailure|FetchFailed|an output location for shuffle"
              + "|maximum allowable number of times|Could not find (?:block|executor)"
              + "|failed \\d+ times due to AM Container|SparkContext was shut down");

  /** Reasons for the loss of an executor although its machine still runs. */
  private static final Pattern OTHERWISE =
      Pattern.compile(
          "memory limit|physical memory used|OutOfMemory|No space left|(?:status|code):? ?(?:137|52)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern MANY = Pattern.compile("executors were lost in all: (\\d+)");

  private LostNodes() {}

  /**
   * Whether lost machines explain a failure.
   *
   * @param lines the lines about the failure, the cause itself first, from {@link RootCause}
   */
  public static boolean explain(List<String> lines) {
    if (lines.stream().anyMatch(line -> OTHERWISE.matcher(line).find())) {
      return false;
    }
    boolean lost = lines.stream().anyMatch(line -> LOST.matcher(line).find() || isMany(line));
    boolean ended =
        lines.stream().limit(2).anyMatch(line -> LOST.matcher(line).find() || isEnded(line));
    return lost && ended;
  }

  /** A line with the number of lost executors, which {@link #explain} understands. */
  static String told(int executors) {
    return "executors were lost in all: " + executors;
  }

  private static boolean isEnded(String line) {
    return CONSEQUENCE.matcher(line).find();
  }

  private static boolean isMany(String line) {
    var many = MANY.matcher(line);
    return many.find() && Integer.parseInt(many.group(1)) >= A_DOZEN;
  }
}
