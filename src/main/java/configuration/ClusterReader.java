package configuration;

import cluster.request.ClusterSettings;
import cluster.request.Ladder;
import cluster.request.Machines;
import cluster.request.Market;
import cluster.request.RequestFile;
import cluster.request.Rung;
import cluster.request.SimpleSettings;
import curated.CuratedSettings;
import curated.RunPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the settings of a pipeline's clusters. {@link SimpleSettings} and {@link Machines} have the
 * defaults.
 */
final class ClusterReader {

  /**
   * Of the 10,240 characters that all strings of a step may have (Amazon EMR API reference,
   * AddJobFlowSteps), our own take some 3,500 at most.
   */
  private static final int LONGEST_CONF = 6_000;

  private static final int LAST_RUNG = 10;
  private static final String LADDER = "cluster.ladder";

  /** The properties of each rung. */
  private static final List<String> RUNG =
      List.of("request", "primary-type", "core-type", "core-count", "market", "subnet");

  private final Properties properties;

  ClusterReader(Properties properties) {
    this.properties = properties;
  }

  ClusterSettings read(CuratedSettings curated) {
    Duration stepDeadline =
        properties
            .duration("cluster.step-deadline", Duration.ofSeconds(1))
            .orElse(Duration.ofHours(4));
    Duration maxAge =
        properties
            .duration("cluster.max-age", Duration.ofMinutes(1))
            .orElse(stepDeadline.plusHours(1));
    if (maxAge.compareTo(stepDeadline) <= 0) {
      properties.problem(
          "cluster.max-age",
          "is not longer than cluster.step-deadline; a cluster also needs time to start");
    }
    Duration startDeadline = beforeSteps("cluster.start-deadline", maxAge);
    Ladder ladder = Ladder.of(simple(curated), rungs(), startDeadline);
    ladder.problems().forEach(problem -> properties.problem(problem.property(), problem.text()));
    return new ClusterSettings(
        ladder.rungs(),
        ladder.logUri(),
        stepDeadline,
        startDeadline,
        beforeSteps("cluster.bootstrap-deadline", maxAge),
        maxAge,
        properties.count("cluster.max-attempts", 1).orElse(3),
        properties.count("cluster.max-at-once", 1),
        sparkConf());
  }

  /** A deadline before the cluster runs a step. */
  private Duration beforeSteps(String property, Duration maxAge) {
    Optional<Duration> written = properties.duration(property, Duration.ofSeconds(1));
    written
        .filter(deadline -> deadline.compareTo(maxAge) >= 0)
        .ifPresent(
            deadline ->
                properties.problem(
                    property,
                    "is not shorter than cluster.max-age, after which the attempt is ended anyhow"));
    return written.orElse(Duration.ofMinutes(30));
  }

  private SimpleSettings simple(CuratedSettings curated) {
    return new SimpleSettings(
        properties.text("cluster.release-label"),
        properties.text("cluster.service-role"),
        properties.text("cluster.instance-profile"),
        properties.text("cluster.security-configuration"),
        properties.text("cluster.log-uri").map(String::trim),
        "s3://%s/%slogs/".formatted(curated.bucket(), RunPaths.WORK),
        properties.map("cluster.tags"));
  }

  private List<Rung> rungs() {
    List<Rung> rungs = new ArrayList<>(List.of(rung("cluster")));
    int last = 1;
    for (int number = 2; number <= LAST_RUNG; number++) {
      String property = LADDER + "." + number;
      if (RUNG.stream().anyMatch(name -> properties.text(property + "." + name).isPresent())) {
        if (last != number - 1) {
          properties.problem(
              property,
              "is there without %s.%d; number the rungs 2, 3, … without a gap"
                  .formatted(LADDER, last + 1));
        }
        rungs.add(rung(property));
        last = number;
      }
    }
    refuseNoRungs();
    return rungs;
  }

  /** A misspelt number must not be reported as a misspelt setting of another rung. */
  private void refuseNoRungs() {
    for (String below : properties.below(LADDER)) {
      String property = LADDER + "." + below;
      if (!below.matches("([2-9]|10)(\\..*)?") && properties.raw(property).isPresent()) {
        properties.problem(
            property,
            "is no rung's; cluster.* describes the first, %s.2 to %s.%d the others"
                .formatted(LADDER, LADDER, LAST_RUNG));
      }
    }
  }

  private Rung rung(String property) {
    return new Rung(
        property,
        properties.parsed(property + ".request", ClusterReader::file),
        new Machines(
            properties.text(property + ".primary-type"),
            properties.text(property + ".core-type"),
            properties.count(property + ".core-count", 0),
            properties.oneOf(
                property + ".market", Map.of("on-demand", Market.ON_DEMAND, "spot", Market.SPOT)),
            properties.text(property + ".subnet")));
  }

  /** The file of that name; an {@link IllegalArgumentException} where it cannot be read. */
  static RequestFile file(String name) {
    Path path = Path.of(name);
    if (!Files.isRegularFile(path)) {
      throw new IllegalArgumentException(
          "is '%s', and there is no such file; name one by its path, beginning with / or from the working directory %s"
              .formatted(name, Path.of("").toAbsolutePath()));
    }
    try {
      return new RequestFile(name, Files.readString(path));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "is '%s', which cannot be read (%s); it must be a text in UTF-8 that this user can read"
              .formatted(name, e),
          e);
    }
  }

  private Map<String, String> sparkConf() {
    Map<String, String> conf = properties.map("cluster.spark-conf");
    int length =
        conf.entrySet().stream().mapToInt(e -> e.getKey().length() + e.getValue().length()).sum();
    if (length > LONGEST_CONF) {
      properties.problem(
          "cluster.spark-conf",
          "is %d characters long; a step's arguments are limited, keep it below %d"
              .formatted(length, LONGEST_CONF));
    }
    return conf;
  }
}
