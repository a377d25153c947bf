package configuration;

import aws.AwsSettings;
import batch.BatchLimits;
import cluster.request.WrittenDuration;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;
import security.Access;
import security.AccessSettings;

/**
 * The first lines of the log: they say what begins, where the configuration was read from, which
 * pipelines are on, and what each of them waits for.
 */
@ApplicationScoped
public class StartReport {

  private static final Logger LOG = Logger.getLogger(StartReport.class);

  /** SmallRye's name for a source that is a file, and not a resource within a jar. */
  private static final Pattern FILE = Pattern.compile(".*\\bfile:(/[^\\]!]*).*");

  /** Variables that can be properties of this service; their values may be secrets. */
  private static final Pattern OURS =
      Pattern.compile("(PIPELINES|SERVICE|SWEEPER|AWS|SNOWFLAKE|QUARKUS|SMALLRYE)_[A-Z0-9_]+");

  private final Config config;
  private final Pipelines pipelines;
  private final AwsSettings aws;
  private final AccessSettings access;

  StartReport(Config config, Pipelines pipelines, AwsSettings aws, AccessSettings access) {
    this.config = config;
    this.pipelines = pipelines;
    this.aws = aws;
    this.access = access;
  }

  void start(@Observes StartupEvent event) {
    lines().forEach(LOG::info);
    if (access.access() == Access.OPEN) {
      LOG.warn(
          "Everyone who reaches the port may start and cancel runs (service.access=open); docs/security.md has ways to say who may enter");
    }
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(List.of("Configuration: " + files() + variables()));
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
                    .map(every -> "every " + new WrittenDuration(every))
                    .orElse("as often as its size allows"));
    if (pipeline.schedule().isPresent()) {
      return times + " and takes " + objects;
    }
    BatchLimits batch = pipeline.batch();
    return batch.grouping().marker().isPresent()
        ? objects + ", with their marker"
        : "%s, %s at most".formatted(objects, new WrittenDuration(batch.maxWait()));
  }

  private String files() {
    List<String> files =
        sources()
            .map(ConfigSource::getName)
            .map(FILE::matcher)
            .filter(Matcher::matches)
            .map(file -> file.group(1))
            .filter(file -> !file.contains(".jar"))
            .distinct()
            .toList();
    return files.isEmpty()
        ? "no file (%s is not there)"
            .formatted(Path.of("config/application.properties").toAbsolutePath())
        : String.join(", ", files);
  }

  private String variables() {
    String names =
        sources()
            .filter(source -> source.getName().contains("EnvConfigSource"))
            .flatMap(source -> source.getPropertyNames().stream())
            .filter(OURS.asMatchPredicate())
            .sorted()
            .distinct()
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : "; variables " + names;
  }

  private Stream<ConfigSource> sources() {
    return StreamSupport.stream(config.getConfigSources().spliterator(), false);
  }
}
