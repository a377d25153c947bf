package cluster.diagnosis;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a step's stderr, classified by its form.
 *
 * <p>Sources of the forms: Log4j's and the JDK's printed stack traces, Python's {@code traceback},
 * Spark's {@code org.apache.spark.deploy.yarn.Client} ({@code formatReportDetails}), and {@code
 * sparkjob.SparkJob}.
 */
final class StderrLine {

  /** The kind of a line. */
  enum Kind {
    /** A record that a logger wrote below WARN. */
    TALK,
    /** A record of level WARN. */
    WARNING,
    /** A record of level ERROR or FATAL. */
    ERROR,
    /** The failure message of the service's own Spark job. */
    OUR_FAILURE,
    /** A thread died of the exception at the end of the line. */
    THREAD_DIED,
    /** The head of a Python traceback. */
    TRACEBACK,
    /** Python: the next traceback is a consequence of the previous one. */
    CONSEQUENCE,
    /** A line that begins with the name of an exception. */
    EXCEPTION,
    /** The cause of the previous exception. */
    CAUSED_BY,
    /** An exception suppressed by the previous one. */
    SUPPRESSED,
    /** Spark: the driver's stack trace follows. */
    DRIVER_STACK,
    /** A frame of a Java stack trace. */
    JAVA_FRAME,
    /** A frame of a Python traceback. */
    PYTHON_FRAME,
    /** An error message of a tool. */
    COMPLAINT,
    /** YARN's report: diagnostics of a failure. */
    YARN_DIAGNOSTICS,
    /** YARN's report: how the application ended. */
    YARN_STATUS,
    /** YARN's report: anything else. */
    YARN_FIELD,
    /** A line without information. */
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

  /** Lines that appear whether or not a step fails, and decorations of messages. */
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

  /** The length of the time in Spark's own log layout, which most lines have. */
  private static final int SPARKS_TIME = "26/11/24 09:12:31".length();

  /** Long enough to recognise a line's form, and short enough for any pattern. */
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
