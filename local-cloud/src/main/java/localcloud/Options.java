package localcloud;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import localcloud.time.Durations;

/**
 * The command line.
 *
 * @param s3Port 0 for a free one, like the other ports
 * @param data where buckets, logs and records are
 * @param provisioning from RunJobFlow until steps can run
 * @param terminating how long a cluster takes to end
 * @param visibility how long ListClusters does not show a new cluster
 * @param quotas whether EMR throttles calls beyond AWS's quotas
 * @param sparkClassPath the file that the module {@code local-cloud/spark} writes
 * @param buckets created at start
 * @param endpoints where to write the endpoints as a properties file
 * @param environment where to write the service's settings as a shell's exports
 * @param exitWithParent ends when standard input does
 * @param sqs the settings of SQS
 * @param snowflake the settings of Snowflake
 */
record Options(
    int s3Port,
    int emrPort,
    int snowflakePort,
    Path data,
    Duration provisioning,
    Duration terminating,
    Duration visibility,
    boolean quotas,
    Path sparkClassPath,
    List<String> buckets,
    Optional<Path> endpoints,
    Optional<Path> environment,
    boolean exitWithParent,
    Sqs sqs,
    Snowflake snowflake) {

  /**
   * The settings of Snowflake.
   *
   * @param setup an administrator's script; with it only users that were created can sign in
   * @param ahead how far its clock is ahead of the system's, negative behind
   */
  record Snowflake(Optional<Path> setup, Duration ahead) {}

  /**
   * The settings of SQS.
   *
   * @param port 0 for a free one
   * @param queues created at start, including those of the events; without any there is no SQS
   * @param emrEvents the queue that gets EMR's events
   * @param s3Events which bucket's events go where
   */
  record Sqs(
      int port, List<String> queues, Optional<String> emrEvents, Optional<S3Events> s3Events) {}

  /**
   * S3 sends an event for each object that is created in a bucket.
   *
   * @param queue the queue that gets the events
   */
  record S3Events(String bucket, String queue) {

    private static final Pattern FORM = Pattern.compile("([^=]+)=([A-Za-z0-9_-]{1,80})");

    static S3Events read(String written) {
      Matcher form = FORM.matcher(written);
      if (!form.matches()) {
        throw new IllegalArgumentException(
            "--s3-events takes BUCKET=QUEUE, the queue of 1 to 80 letters, digits, dashes and underscores, not "
                + written);
      }
      return new S3Events(form.group(1), form.group(2));
    }
  }

  static final String USAGE =
      """
      Usage: java -jar local-cloud.jar [options]
        --data DIR              where buckets, logs and records are (default: a new temporary folder)
        --bucket NAME           a bucket to create at start; may be repeated
        --queue NAME            an SQS queue to create at start; may be repeated; without one there is no SQS
        --emr-events NAME       EMR sends its events to that queue, which is created
        --s3-events BUCKET=QUEUE
                                S3 sends an event to that queue, which is created, for each object created in that bucket
        --s3-port, --emr-port, --snowflake-port, --sqs-port N
                                a port on 127.0.0.1 (default: a free one)
        --provisioning 2s       how long a cluster takes until its steps can run
        --terminating 1s        how long a cluster takes to end
        --visibility 0s         how long EMR's ListClusters does not show a new cluster
        --snowflake-setup FILE  an administrator's script to run first; then only users that it created sign in
        --snowflake-ahead 10m   how far Snowflake's clock is ahead, or behind with a minus
        --quotas                EMR throttles calls beyond AWS's quotas
        --spark-classpath FILE  the class path of Spark (default: ../spark/target/spark.classpath, relative to the jar)
        --endpoints FILE        write the endpoints there as properties
        --environment FILE      write the service's settings there as shell variables: . FILE
        --exit-with-parent      end when standard input ends""";

  private static final Set<String> FLAGS = Set.of("--quotas", "--exit-with-parent");
  private static final Set<String> WITH_VALUE =
      Set.of(
          "--s3-port",
          "--emr-port",
          "--snowflake-port",
          "--data",
          "--provisioning",
          "--terminating",
          "--visibility",
          "--spark-classpath",
          "--bucket",
          "--endpoints",
          "--environment",
          "--sqs-port",
          "--queue",
          "--emr-events",
          "--s3-events",
          "--snowflake-setup",
          "--snowflake-ahead");
  private static final Pattern QUEUE = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException names the option and what is wrong with it
   * @throws IOException if no temporary folder can be created
   */
  static Options parse(String... args) throws IOException {
    Map<String, List<String>> given = given(args);
    // Before the data folder is created, so that a mistake leaves none behind.
    Duration provisioning = duration(given, "--provisioning", Duration.ofSeconds(2));
    Duration terminating = duration(given, "--terminating", Duration.ofSeconds(1));
    Duration visibility = duration(given, "--visibility", Duration.ZERO);
    Duration ahead = signed(given, "--snowflake-ahead");
    Sqs sqs = sqs(given);
    return new Options(
        port(given, "--s3-port"),
        port(given, "--emr-port"),
        port(given, "--snowflake-port"),
        data(path(given, "--data")),
        provisioning,
        terminating,
        visibility,
        given.containsKey("--quotas"),
        path(given, "--spark-classpath").orElseGet(Options::sparkClassPathBesideTheJar),
        List.copyOf(given.getOrDefault("--bucket", List.of())),
        path(given, "--endpoints"),
        path(given, "--environment"),
        given.containsKey("--exit-with-parent"),
        sqs,
        new Snowflake(path(given, "--snowflake-setup"), ahead));
  }

  /** The values of each given option, in order; none for a flag. */
  private static Map<String, List<String>> given(String... args) {
    Map<String, List<String>> given = new HashMap<>();
    for (int i = 0; i < args.length; i++) {
      String option = args[i];
      List<String> values = given.computeIfAbsent(option, name -> new ArrayList<>());
      if (FLAGS.contains(option)) {
        continue;
      }
      if (!WITH_VALUE.contains(option)) {
        throw new IllegalArgumentException(option + " is unknown");
      }
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(option + " lacks its value");
      }
      values.add(args[++i]);
    }
    return given;
  }

  /** If an option is repeated, its last value counts. */
  private static Optional<String> value(Map<String, List<String>> given, String option) {
    return Optional.ofNullable(given.get(option)).map(values -> values.get(values.size() - 1));
  }

  private static Optional<Path> path(Map<String, List<String>> given, String option) {
    return value(given, option).map(Path::of);
  }

  private static Path data(Optional<Path> chosen) throws IOException {
    Path folder = chosen.isPresent() ? chosen.get() : Files.createTempDirectory("local-cloud-");
    return Files.createDirectories(folder).toRealPath();
  }

  private static Sqs sqs(Map<String, List<String>> given) {
    Optional<S3Events> s3Events = value(given, "--s3-events").map(S3Events::read);
    return new Sqs(
        port(given, "--sqs-port"), queues(given, s3Events), value(given, "--emr-events"), s3Events);
  }

  /** The queues of all these options, without duplicates. */
  private static List<String> queues(Map<String, List<String>> given, Optional<S3Events> s3Events) {
    for (String option : List.of("--queue", "--emr-events")) {
      for (String name : given.getOrDefault(option, List.of())) {
        if (!QUEUE.matcher(name).matches()) {
          throw new IllegalArgumentException(
              option + " takes 1 to 80 letters, digits, dashes and underscores, not " + name);
        }
      }
    }
    return Stream.of(
            given.getOrDefault("--queue", List.of()).stream(),
            value(given, "--emr-events").stream(),
            s3Events.stream().map(S3Events::queue))
        .flatMap(names -> names)
        .distinct()
        .toList();
  }

  private static int port(Map<String, List<String>> given, String option) {
    return value(given, option).map(text -> port(option, text)).orElse(0);
  }

  private static int port(String option, String value) {
    if (!value.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException(option + " takes a port, not " + value);
    }
    return Integer.parseInt(value);
  }

  private static Duration duration(
      Map<String, List<String>> given, String option, Duration otherwise) {
    return value(given, option).map(text -> duration(option, text)).orElse(otherwise);
  }

  private static Duration signed(Map<String, List<String>> given, String option) {
    return value(given, option)
        .map(
            text ->
                text.startsWith("-")
                    ? duration(option, text.substring(1)).negated()
                    : duration(option, text))
        .orElse(Duration.ZERO);
  }

  private static Duration duration(String option, String value) {
    return Durations.read(value)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    option + " takes " + Durations.FORM + ", not " + value));
  }

  /** The jar is in {@code local-cloud/target}. */
  private static Path sparkClassPathBesideTheJar() {
    try {
      Path jar = Path.of(Options.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return jar.resolve("../../spark/target/spark.classpath").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Cannot find the jar", e);
    }
  }
}
