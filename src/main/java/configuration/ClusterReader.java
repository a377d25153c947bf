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
import java.util.TreeMap;

/**
 * Reads the settings of a pipeline's clusters. {@link SimpleSettings} and {@link Machines} have the
 * defaults.
 */
record ClusterReader(Properties properties) {

  private static final int LAST_RUNG = 10;
  private static final String LADDER = "cluster.ladder";

  /** The properties of each rung. */
  private static final List<String> RUNG =
      List.of("request", "primary-type", "core-type", "core-count", "market", "subnet");

  ClusterSettings read(CuratedSettings curated) {
    Duration stepDeadline =
        properties.orElse(
            "cluster.step-deadline",
            properties.duration("cluster.step-deadline", Duration.ofSeconds(1)),
            Duration.ofHours(4));
    Duration maxAge =
        properties.orElse(
            "cluster.max-age",
            properties.duration("cluster.max-age", Duration.ofMinutes(1)),
            stepDeadline.plusHours(1));
    properties.refuse(
        maxAge.compareTo(stepDeadline) <= 0,
        "cluster.max-age",
        "is not longer than cluster.step-deadline; a cluster also needs time to start");
    Duration startDeadline = beforeSteps("cluster.start-deadline", maxAge);
    Ladder ladder = Ladder.of(simple(curated), rungs(), startDeadline);
    ladder.problems().forEach(problem -> properties.problem(problem.property(), problem.text()));
    return new ClusterSettings(
        ladder.rungs(),
        stepDeadline,
        startDeadline,
        beforeSteps("cluster.bootstrap-deadline", maxAge),
        maxAge,
        properties.orElse("cluster.max-attempts", properties.count("cluster.max-attempts", 1), 3),
        properties.count("cluster.max-at-once", 1),
        properties.map("cluster.spark-conf"));
  }

  /** A deadline before the cluster runs a step. */
  private Duration beforeSteps(String property, Duration maxAge) {
    Optional<Duration> deadline = properties.duration(property, Duration.ofSeconds(1));
    properties.refuse(
        deadline.filter(time -> time.compareTo(maxAge) >= 0).isPresent(),
        property,
        "is not shorter than cluster.max-age, after which the attempt is ended anyhow");
    return properties.orElse(property, deadline, Duration.ofMinutes(30));
  }

  private SimpleSettings simple(CuratedSettings curated) {
    Map<String, String> members = new TreeMap<>();
    SimpleSettings.PROPERTIES.forEach(
        (member, property) ->
            properties.text(property).ifPresent(value -> members.put(member, value.trim())));
    return new SimpleSettings(
        members,
        "s3://%s/%slogs/".formatted(curated.bucket(), RunPaths.WORK),
        properties.map("cluster.tags"));
  }

  private List<Rung> rungs() {
    List<Rung> rungs = new ArrayList<>(List.of(rung("cluster")));
    properties
        .numbers(
            LADDER,
            2,
            LAST_RUNG,
            RUNG,
            "number the rungs 2, 3, … without a gap",
            "is no rung's; cluster.* describes the first, %s.2 to %s.%d the others"
                .formatted(LADDER, LADDER, LAST_RUNG))
        .forEach(number -> rungs.add(rung(LADDER + "." + number)));
    return rungs;
  }

  private Rung rung(String property) {
    return new Rung(
        property,
        properties.parsed(property + ".request", ClusterReader::file),
        new Machines(
            properties.text(property + ".primary-type"),
            properties.text(property + ".core-type"),
            properties.count(property + ".core-count", 0),
            properties.oneOf(property + ".market", Market.class),
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
}
