package localcloud;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command line.
 *
 * @param s3Port 0 for a free one, as the other ports
 * @param data where buckets, logs and records are
 * @param provisioning from RunJobFlow until steps can run
 * @param terminating how long a cluster takes to end
 * @param sparkClassPath the file that the module {@code local-cloud/spark} writes
 * @param buckets made at start
 * @param endpoints where to write the endpoints as a properties file
 * @param environment where to write what the service needs to know as a shell's exports
 * @param exitWithParent ends when standard input does
 */
record Options(
    int s3Port,
    int emrPort,
    int snowflakePort,
    Path data,
    Duration provisioning,
    Duration terminating,
    Path sparkClassPath,
    List<String> buckets,
    Optional<Path> endpoints,
    Optional<Path> environment,
    boolean exitWithParent) {

  static final String USAGE =
      """
      Usage: java -jar local-cloud.jar [options]
        --data DIR              where buckets, logs and records are (default: a new temporary folder)
        --bucket NAME           a bucket to make at start; may be repeated
        --s3-port, --emr-port, --snowflake-port N
                                a port on 127.0.0.1 (default: a free one)
        --provisioning 2s       how long a cluster takes until its steps can run
        --terminating 1s        how long a cluster takes to end
        --spark-classpath FILE  the class path of Spark (default: ../spark/target/spark.classpath, seen from the jar)
        --endpoints FILE        write the endpoints there as properties
        --environment FILE      write what the service needs to know there, for a shell: . FILE
        --exit-with-parent      end when standard input ends""";

  private static final Pattern DURATION = Pattern.compile("([0-9]+)(ms|s|m)");

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException names the option and what is wrong with it
   * @throws IOException where no temporary folder can be made
   */
  static Options parse(String... args) throws IOException {
    int s3Port = 0;
    int emrPort = 0;
    int snowflakePort = 0;
    Optional<Path> data = Optional.empty();
    Duration provisioning = Duration.ofSeconds(2);
    Duration terminating = Duration.ofSeconds(1);
    Optional<Path> sparkClassPath = Optional.empty();
    List<String> buckets = new ArrayList<>();
    Optional<Path> endpoints = Optional.empty();
    Optional<Path> environment = Optional.empty();
    boolean exitWithParent = false;
    for (int i = 0; i < args.length; i++) {
      String option = args[i];
      if (option.equals("--exit-with-parent")) {
        exitWithParent = true;
        continue;
      }
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(option + " is unknown or lacks its value");
      }
      String value = args[++i];
      switch (option) {
        case "--s3-port" -> s3Port = port(option, value);
        case "--emr-port" -> emrPort = port(option, value);
        case "--snowflake-port" -> snowflakePort = port(option, value);
        case "--data" -> data = Optional.of(Path.of(value));
        case "--provisioning" -> provisioning = duration(option, value);
        case "--terminating" -> terminating = duration(option, value);
        case "--spark-classpath" -> sparkClassPath = Optional.of(Path.of(value));
        case "--bucket" -> buckets.add(value);
        case "--endpoints" -> endpoints = Optional.of(Path.of(value));
        case "--environment" -> environment = Optional.of(Path.of(value));
        default -> throw new IllegalArgumentException(option + " is unknown");
      }
    }
    return new Options(
        s3Port,
        emrPort,
        snowflakePort,
        Files.createDirectories(
                data.isPresent() ? data.get() : Files.createTempDirectory("local-cloud-"))
            .toRealPath(),
        provisioning,
        terminating,
        sparkClassPath.orElseGet(Options::sparkClassPathBesideTheJar),
        List.copyOf(buckets),
        endpoints,
        environment,
        exitWithParent);
  }

  private static int port(String option, String value) {
    if (!value.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException(option + " wants a port, not " + value);
    }
    return Integer.parseInt(value);
  }

  private static Duration duration(String option, String value) {
    Matcher matcher = DURATION.matcher(value.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          option + " wants a duration such as 500ms, 2s or 1m, not " + value);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      default -> Duration.ofMinutes(amount);
    };
  }

  /** The jar is in {@code local-cloud/target}. */
  private static Path sparkClassPathBesideTheJar() {
    try {
      Path jar = Path.of(Options.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return jar.resolve("../../spark/target/spark.classpath").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Cannot tell where the jar is", e);
    }
  }
}
