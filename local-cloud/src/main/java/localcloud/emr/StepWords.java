package localcloud.emr;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.emr.StepCommand.Limit;
import localcloud.emr.StepCommand.Program;
import localcloud.emr.StepCommand.SparkSubmit;
import localcloud.emr.StepCommand.Unsupported;

/** Reads the arguments of a command-runner step. */
final class StepWords {
  /** Options of spark-submit that take no value; all others take one. */
  private static final Set<String> FLAGS =
      Set.of("--verbose", "-v", "--supervise", "--version", "--help", "-h", "--usage-error");

  /**
   * Options for YARN and its deployment; here the driver runs in the step's own process on local
   * threads.
   */
  private static final Set<String> REPLACED = Set.of("--master", "--deploy-mode");

  static final String DRIVER_MEMORY = "spark.driver.memory";
  static final String DRIVER_JAVA_OPTIONS = "spark.driver.extraJavaOptions";
  private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([smhd]?)");

  private StepWords() {}

  static StepCommand parse(List<String> args) {
    Deque<String> words = new ArrayDeque<>(args);
    Optional<Limit> limit = Optional.empty();
    if ("timeout".equals(words.peek())) {
      words.remove();
      try {
        limit = Optional.of(limit(words));
      } catch (IllegalArgumentException e) {
        return new Unsupported("timeout: " + e.getMessage());
      }
    }
    if (words.isEmpty()) {
      return new Unsupported("command-runner.jar was given no command");
    }
    if (!words.peek().equals("spark-submit") && !words.peek().endsWith("/spark-submit")) {
      return new Program(List.copyOf(words), limit);
    }
    words.remove();
    return sparkSubmit(words, limit);
  }

  private static Limit limit(Deque<String> words) {
    Optional<Duration> killAfter = Optional.empty();
    while (!words.isEmpty() && words.peek().startsWith("-")) {
      String option = words.remove();
      if (option.equals("-k") || option.equals("--kill-after")) {
        killAfter = Optional.of(duration(words.poll()));
      } else if (option.startsWith("--kill-after=")) {
        killAfter = Optional.of(duration(option.substring("--kill-after=".length())));
      } else if (option.startsWith("-k")) {
        killAfter = Optional.of(duration(option.substring(2)));
      } else {
        throw new IllegalArgumentException("the option " + option + " is not simulated");
      }
    }
    return new Limit(duration(words.poll()), killAfter);
  }

  private static Duration duration(String word) {
    Matcher matcher = DURATION.matcher(String.valueOf(word));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("invalid time interval '%s'".formatted(word));
    }
    long unitMillis =
        switch (matcher.group(2)) {
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          case "d" -> 86_400_000;
          default -> 1_000;
        };
    return Duration.ofMillis((long) (Double.parseDouble(matcher.group(1)) * unitMillis));
  }

  private static StepCommand sparkSubmit(Deque<String> words, Optional<Limit> limit) {
    List<String> rewritten =
        new ArrayList<>(List.of("--master", "local[*]", "--deploy-mode", "client"));
    Map<String, String> driver = new HashMap<>();
    while (!words.isEmpty() && words.peek().startsWith("-")) {
      String option = words.remove();
      if (FLAGS.contains(option)) {
        rewritten.add(option);
        continue;
      }
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      String value = equals < 0 ? words.poll() : option.substring(equals + 1);
      if (value == null) {
        return new Unsupported("spark-submit: the option " + name + " has no value");
      }
      if (!REPLACED.contains(name)) {
        rewritten.add(name);
        rewritten.add(value);
      }
      noteDriverSetting(name, value, driver);
    }
    boolean isPython = !words.isEmpty() && words.peek().endsWith(".py");
    rewritten.addAll(words);
    return new SparkSubmit(
        List.copyOf(rewritten),
        isPython,
        Optional.ofNullable(driver.get(DRIVER_MEMORY)),
        javaOptions(driver.getOrDefault(DRIVER_JAVA_OPTIONS, "")),
        limit);
  }

  /**
   * What Spark takes from the command line of a JVM that it starts itself, and must be passed to it
   * here. The last one wins.
   */
  private static void noteDriverSetting(String name, String value, Map<String, String> driver) {
    switch (name) {
      case "--driver-memory" -> driver.put(DRIVER_MEMORY, value);
      case "--driver-java-options" -> driver.put(DRIVER_JAVA_OPTIONS, value);
      case "--conf", "-c" -> {
        int equals = value.indexOf('=');
        String property = equals < 0 ? value : value.substring(0, equals);
        if (property.equals(DRIVER_MEMORY) || property.equals(DRIVER_JAVA_OPTIONS)) {
          driver.put(property, value.substring(equals + 1));
        }
      }
      default -> {}
    }
  }

  static List<String> javaOptions(String text) {
    return Arrays.stream(text.split("\\s+", -1)).filter(word -> !word.isEmpty()).toList();
  }
}
