package configuration;

import aws.AwsSettings;
import cluster.request.WrittenDuration;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import pipeline.Pipeline;
import pipeline.Pipelines;

/**
 * Reports a start in a few lines: where the configuration was read from, which pipelines are on,
 * and what each of them waits for.
 */
@ApplicationScoped
public class StartReport {

  /** SmallRye's name for a source that is a file, and not a resource within a jar. */
  private static final Pattern FILE = Pattern.compile(".*\\bfile:(/[^\\]!]*).*");

  /** Variables that can be properties of this service; their values may be secrets. */
  private static final Pattern OURS =
      Pattern.compile("(PIPELINES|SERVICE|SWEEPER|AWS|SNOWFLAKE|QUARKUS|SMALLRYE)_[A-Z0-9_]+");

  private final Config config;
  private final Pipelines pipelines;
  private final AwsSettings aws;

  StartReport(Config config, Pipelines pipelines, AwsSettings aws) {
    this.config = config;
    this.pipelines = pipelines;
    this.aws = aws;
  }

  /** The lines. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<String> files = files(config);
    lines.add(
        "Configuration: %s%s"
            .formatted(
                files.isEmpty()
                    ? "no file (%s is not there)"
                        .formatted(Path.of("config/application.properties").toAbsolutePath())
                    : String.join(", ", files),
                variables(config)));
    boolean hasEvents = aws.landingEvents().isPresent();
    for (Pipeline pipeline : pipelines.all()) {
      lines.add(
          "Pipeline %s waits for %s, and loads %s"
              .formatted(pipeline.name(), awaited(pipeline, hasEvents), pipeline.tableName()));
    }
    return lines;
  }

  /** What starts a pipeline's next run. */
  static String awaited(Pipeline pipeline, boolean hasEvents) {
    String times =
        pipeline
            .schedule()
            .map(schedule -> "the times of %s".formatted(schedule.rule()))
            .orElse("POST /api/pipelines/%s/start".formatted(pipeline.name()));
    if (pipeline.ingest().isPresent()) {
      return times;
    }
    String objects =
        "objects in %s (%slisted %s)"
            .formatted(
                pipeline.landingUri(),
                hasEvents ? "by S3's events, and " : "",
                pipeline
                    .landing()
                    .poll()
                    .map(every -> "every " + written(every))
                    .orElse("as often as its size allows"));
    return pipeline.schedule().isPresent()
        ? times + " and takes " + objects
        : "%s, %s"
            .formatted(
                objects,
                pipeline
                    .batch()
                    .grouping()
                    .marker()
                    .map(marker -> "with their marker")
                    .orElse("%s at most".formatted(written(pipeline.batch().maxWait()))));
  }

  private static List<String> files(Config config) {
    return sources(config)
        .map(ConfigSource::getName)
        .map(FILE::matcher)
        .filter(Matcher::matches)
        .map(file -> file.group(1))
        .filter(file -> !file.contains(".jar"))
        .distinct()
        .toList();
  }

  private static String variables(Config config) {
    String names =
        sources(config)
            .filter(source -> source.getName().contains("EnvConfigSource"))
            .flatMap(source -> source.getPropertyNames().stream())
            .filter(OURS.asMatchPredicate())
            .sorted()
            .distinct()
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : "; variables " + names;
  }

  private static Stream<ConfigSource> sources(Config config) {
    return StreamSupport.stream(config.getConfigSources().spliterator(), false);
  }

  private static WrittenDuration written(Duration duration) {
    return new WrittenDuration(duration);
  }
}
