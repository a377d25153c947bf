package cluster.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One exception in a log: its message, and where in the user's own code it was thrown. */
final class LoggedException {

  private static final int MESSAGE_LINES = 4;
  private static final int FRAMES = 3;

  private static final List<String> OTHER_PEOPLES_JAVA =
      List.of(
          "java.",
          "javax.",
          "jdk.",
          "sun.",
          "com.sun.",
          "scala.",
          "org.apache.",
          "org.sparkproject.",
          "py4j.",
          "com.amazonaws.",
          "com.amazon.",
          "software.amazon.",
          "com.fasterxml.",
          "com.google.",
          "com.esotericsoftware.",
          "io.netty.",
          "org.codehaus.",
          "org.eclipse.jetty.",
          "org.xerial.",
          "net.snowflake.");

  private static final Pattern OTHER_PEOPLES_PYTHON =
      Pattern.compile(
          "\\s*File \"(?:<frozen|[^\"]*/(?:pyspark|py4j|site-packages|dist-packages|lib(?:64)?/python))"
              + "[^\"]*\".*");

  /** The prefix of a class name with its class loader or module. */
  private static final Pattern MODULE = Pattern.compile("\\s*at (?:[\\w.@-]*/){0,2}");

  private final List<String> message = new ArrayList<>();
  private final List<List<String>> frames = new ArrayList<>();
  private boolean traced;
  private boolean ofSubmit;
  private boolean called;
  private boolean lastFrameIsKept;

  /** Adds a line of its message; only the first few lines are kept. */
  void say(String line) {
    if (message.size() < MESSAGE_LINES && !line.isBlank()) {
      message.add(line.strip());
    }
  }

  boolean hasMessage() {
    return !message.isEmpty();
  }

  /** Whether frames of it were seen, the user's own or others'. */
  boolean isTraced() {
    return traced;
  }

  /** Whether frames of the user's own code were seen. */
  boolean isInOwnCode() {
    return !frames.isEmpty();
  }

  /** Whether spark-submit threw it, and not the code that spark-submit had called. */
  boolean isOfSubmit() {
    return ofSubmit;
  }

  /** Of Java's frames the first are the innermost. */
  void javaFrame(String line) {
    traced = true;
    String code = MODULE.matcher(line).replaceFirst("");
    called |= code.startsWith("org.apache.spark.deploy.JavaMainApplication.");
    ofSubmit |= code.startsWith("org.apache.spark.deploy.SparkSubmit") && !called && !isInOwnCode();
    boolean written =
        OTHER_PEOPLES_JAVA.stream().noneMatch(code::startsWith) && !code.contains("$$Lambda");
    if (written && frames.size() < FRAMES) {
      frames.add(List.of("    " + line.strip()));
    }
  }

  /** Of Python's frames the last are the innermost. */
  void pythonFrame(String line) {
    traced = true;
    lastFrameIsKept = !OTHER_PEOPLES_PYTHON.matcher(line).matches();
    if (lastFrameIsKept) {
      frames.add(new ArrayList<>(List.of("    " + line.strip())));
      if (frames.size() > FRAMES) {
        frames.remove(0);
      }
    }
  }

  /** The code at the Python frame before. */
  void pythonCode(String line) {
    if (lastFrameIsKept && frames.get(frames.size() - 1).size() == 1) {
      frames.get(frames.size() - 1).add("      " + line.strip());
    }
  }

  /** The message, then the frames, in whatever order they came. */
  List<String> lines() {
    return Stream.concat(message.stream(), frames.stream().flatMap(List::stream)).toList();
  }
}
