package cluster.diagnosis;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a step's stderr, and what its form tells.
 *
 * <p>Sources of the forms: Log4j's and the JDK's printed stack traces, Python's {@code traceback},
 * Spark's {@code org.apache.spark.deploy.yarn.Client} ({@code formatReportDetails}), and {@code
 * sparkjob.SparkJob}.
 */
final class StderrLine {

  /** What its form tells. */
  enum Kind {
    /** A record that a logger wrote below WARN. */
    TALK,
    /** A record of level WARN. */
    WARNING,
    /** A record of level ERROR or FATAL. */
    ERROR,
    /** How our own Spark job says that it failed. */
    OUR_FAILURE,
    /** A thread died of what stands behind. */
    THREAD_DIED,
    /** The head of a Python traceback. */
    TRACEBACK,
    /** Python: the next traceback is a consequence of the last. */
    CONSEQUENCE,
    /** A line that names an exception and nothing before it. */
    EXCEPTION,
    /** The exception that led to the one before. */
    CAUSED_BY,
    /** An exception beside the one before. */
    SUPPRESSED,
    /** Spark: what follows is where the driver was. */
    DRIVER_STACK,
    /** A frame of a Java stack trace. */
    JAVA_FRAME,
    /** A frame of a Python traceback. */
    PYTHON_FRAME,
    /** A tool's own complaint. */
    COMPLAINT,
    /** YARN's report: what it says about a failure. */
    YARN_DIAGNOSTICS,
    /** YARN's report: how the application ended. */
    YARN_STATUS,
    /** YARN's report: anything else. */
    YARN_FIELD,
    /** What nobody needs. */
    NOISE,
    /** Anything else. */
    PLAIN
  }

  static final String TRACEBACK = "Traceback (most recent call last):";

  private static final Pattern LOG =
      Pattern.compile(
          "(?:\\d\\S*+\\s+){0,3}+(?:\\[[^\\]]*+\\]\\s+)?+"
              + "(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|SEVERE)\\b.*");

  private static final Pattern EXCEPTION =
      Pattern.compile(
          "(?:[a-z_][\\w$]*+\\.)+[\\w$]*(?:Exception|Error|Throwable|Failure|Fault)[\\w$]*(?:[:\\s].*)?");

  private static final Pattern JAVA_FRAME = Pattern.compile("\\s+at [\\w$./@<>-]+\\(.*");

  private static final Pattern YARN_FIELD =
      Pattern.compile(
          "\\s+(?:client token|ApplicationMaster (?:host|RPC port)|queue|start time|tracking URL|user): .*");

  /** Lines that are there whether a step fails or not, and what only decorates a message. */
  private static final Pattern NOISE =
      Pattern.compile(
          "\\s*\\.\\.\\. \\d+ (?:more|common frames omitted).*"
              + "|[\\s:|]*[+:]- .*|'[A-Z][A-Za-z]+ .*|\\s*\\^+\\s*|\\[Stage \\d+:.*|SLF4J: .*|Command exiting with ret .*"
              + "|Using Spark's default log4j profile.*|Setting default log level to .*"
              + "|To adjust logging level use .*|Picked up J.*_OPTIONS: .*"
              + "|Warning: (?:Skip remote jar|Ignoring non-Spark config property).*"
              + "|For more detailed output, check .*|\\. Failing the application\\."
              + "|Last \\d+ bytes of .*|Container id: .*|Exit code: \\d+|\\.");

  private static final List<String> HARMLESS_WARNINGS =
      List.of(
          "NativeCodeLoader: Unable to load native-hadoop library",
          "Neither spark.yarn.jars nor spark.yarn.archive is set",
          "MetricsConfig: Cannot locate configuration",
          "Note that spark.local.dir will be overridden",
          "JAXB is unavailable",
          "Using incubator modules",
          "llegal reflective access",
          "use --illegal-access=warn",
          "will be denied in a future release",
          "Consider reporting this to the maintainers");

  /** The length of the time in Spark's own layout, in which most of a log is written. */
  private static final int SPARKS_TIME = "26/11/24 09:12:31".length();

  /** Far enough to see a line's form, and short enough for any pattern. */
  private static final int LOOKED_AT = 400;

  private StderrLine() {}

  static Kind kind(String text) {
    String start = text.length() > LOOKED_AT ? text.substring(0, LOOKED_AT) : text;
    return of(start);
  }

  private static Kind of(String start) {
    if (start.startsWith(" INFO ", SPARKS_TIME)) {
      return Kind.TALK;
    }
    if (start.isBlank()) {
      return Kind.NOISE;
    }
    char first = start.charAt(0);
    return first == ' ' || first == '\t' ? indented(start) : unindented(start);
  }

  private static Kind unindented(String start) {
    Matcher log = LOG.matcher(start);
    if (log.matches()) {
      return logged(log.group(1), start);
    }
    if (start.startsWith("Exception in thread \"") && start.contains("\" ")) {
      return Kind.THREAD_DIED;
    }
    if (start.startsWith("Caused by: ") || start.startsWith(": ")) {
      return Kind.CAUSED_BY;
    }
    if (start.startsWith(TRACEBACK)) {
      return Kind.TRACEBACK;
    }
    if (start.startsWith("Driver stacktrace:")) {
      return Kind.DRIVER_STACK;
    }
    if (start.startsWith("spark-job: FAILED ")) {
      return Kind.OUR_FAILURE;
    }
    if (NOISE.matcher(start).matches()) {
      return Kind.NOISE;
    }
    if (EXCEPTION.matcher(start).matches()) {
      return Kind.EXCEPTION;
    }
    if (start.startsWith("Error: ")
        || start.endsWith(": command not found")
        || start.endsWith(": Permission denied")) {
      return Kind.COMPLAINT;
    }
    return start.endsWith("the direct cause of the following exception:")
            || start.endsWith("another exception occurred:")
        ? Kind.CONSEQUENCE
        : Kind.PLAIN;
  }

  private static Kind indented(String start) {
    if (JAVA_FRAME.matcher(start).matches()) {
      return Kind.JAVA_FRAME;
    }
    String stripped = start.strip();
    if (stripped.startsWith("File \"")) {
      return Kind.PYTHON_FRAME;
    }
    if (stripped.startsWith("diagnostics: ") || stripped.equals("diagnostics:")) {
      return Kind.YARN_DIAGNOSTICS;
    }
    if (stripped.startsWith("final status: ")) {
      return Kind.YARN_STATUS;
    }
    if (YARN_FIELD.matcher(start).matches()) {
      return Kind.YARN_FIELD;
    }
    if (stripped.startsWith("Caused by: ")) {
      return Kind.CAUSED_BY;
    }
    if (stripped.startsWith("Suppressed: ")) {
      return Kind.SUPPRESSED;
    }
    return NOISE.matcher(start).matches() ? Kind.NOISE : Kind.PLAIN;
  }

  private static Kind logged(String level, String start) {
    return switch (level) {
      case "TRACE", "DEBUG", "INFO" -> Kind.TALK;
      case "WARN", "WARNING" ->
          HARMLESS_WARNINGS.stream().anyMatch(start::contains) ? Kind.TALK : Kind.WARNING;
      default -> Kind.ERROR;
    };
  }
}
