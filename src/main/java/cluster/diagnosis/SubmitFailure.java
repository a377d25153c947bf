package cluster.diagnosis;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Recognises a step that failed although none of its own code ran: spark-submit failed before, or
 * YARN could not start the container for the code.
 *
 * <p>Sources: Spark's {@code SparkSubmit} and {@code SparkSubmitArguments}, Hadoop's {@code
 * ContainerExitStatus} and {@code ContainerLaunch}.
 */
public final class SubmitFailure {

  /** The line of a log's root cause that says that spark-submit itself failed. */
  static final String TOLD = "spark-submit failed by itself, outside the code that it was to run";

  /**
   * Hadoop: -1000, a container whose files could not be fetched; -101, a machine whose disks
   * failed. A shell: 127, a program that is not there, such as Java.
   */
  private static final Pattern NOT_STARTED =
      Pattern.compile(
          "failed \\d+ times .*due to AM Container .*exitCode: (?:-1000|-101|127)\\b"
              + "|Could not find or load main class org\\.apache\\.");

  private static final Pattern NO_CLASS =
      Pattern.compile(
          "Error: Failed to load class \\S+[.]$|Cannot load main class from JAR|Failed to get main class in JAR"
              + "|No main class set in JAR");

  /**
   * Files that cannot be fetched, or classes that cannot be loaded, count only if spark-submit
   * itself failed.
   */
  private static final Pattern NO_CODE =
      Pattern.compile(
          "(?:FileNotFound|AccessDenied)Exception:.*\\bs3[an]?://|NoSuchKey|NoSuchBucket"
              + "|Status Code: 40[34]|UnsupportedClassVersionError");

  private SubmitFailure() {}

  /**
   * Whether no code of the step's own ran.
   *
   * @param lines the lines about the failure, from {@link RootCause}
   */
  public static boolean explains(List<String> lines) {
    return isOfSubmit(lines) || has(NOT_STARTED, lines) || has(NO_CLASS, lines);
  }

  /**
   * Whether none ran because what the step names is wrong: a jar that does not exist, cannot be
   * read, lacks the class, or is for a newer Java.
   */
  public static boolean lacksCode(List<String> lines) {
    return has(NO_CLASS, lines) || (isOfSubmit(lines) && has(NO_CODE, lines));
  }

  private static boolean isOfSubmit(List<String> lines) {
    return lines.contains(TOLD);
  }

  private static boolean has(Pattern pattern, List<String> lines) {
    return lines.stream().anyMatch(line -> pattern.matcher(line).find());
  }
}
