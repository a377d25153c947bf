package configuration;

import aws.AwsSettings;
import aws.AwsSettings.LandingQueue;
import aws.RegionChain;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import pipeline.Pipeline;
import pipeline.Pipelines;
import pipeline.ServiceSettings;
import pipeline.SweeperSettings;
import pipeline.SweeperSettings.Mode;
import snowflake.SnowflakeSettings;

/**
 * Reads the whole configuration once, at start, and provides its typed parts. A service with a
 * faulty configuration does not start.
 */
@Startup
@ApplicationScoped
public class Configuration {

  private static final String PIPELINES = "pipelines.";
  private static final String LANDING_EVENTS = "s3.events-queue-url";
  private static final String DEAD_LETTERS = "s3.events-dead-letter-queue-url";

  private static final String FIRST_PIPELINE =
      """
      pipelines.<name>.* is not set: there is no pipeline; describe one in config/application.properties in the working directory (in the images of src/main/docker /app/config/application.properties), at least
          pipelines.sales.landing.bucket=<where files land, below sales/>
          pipelines.sales.input.format=csv
          pipelines.sales.input.header=true
          pipelines.sales.curated.bucket=<where the table's Parquet goes>
          pipelines.sales.warehouse.database=<database>
          pipelines.sales.warehouse.table=<table>
          and see docs/configuration.md for the rest""";

  /**
   * The system properties that the SDK reads below {@code aws.} (its SdkSystemSetting and
   * ProfileFileSystemSetting): their names are in camel case, where ours have dashes and dots.
   */
  private static final Pattern OF_THE_SDK =
      Pattern.compile("profile|sigv4a[.].*|[a-z0-9]+[A-Z][A-Za-z0-9]*");

  private final Pipelines pipelines;
  private final ServiceSettings service;
  private final AwsSettings aws;
  private final SweeperSettings sweeper;
  private final SnowflakeSettings snowflake;

  /**
   * @throws InvalidConfiguration naming all mistakes
   */
  Configuration(Config config, RegionChain regions) {
    List<String> problems = new ArrayList<>();
    this.pipelines = new Pipelines(pipelines(config, problems));
    this.service = service(new Properties(config, "service.", problems));
    this.aws = aws(new Properties(config, "aws.", problems), regions);
    this.sweeper = sweeper(new Properties(config, "sweeper.", problems));
    this.snowflake = new SnowflakeReader(new Properties(config, "snowflake.", problems)).read();
    Prefixes.refuseSlips(config, problems);
    if (!problems.isEmpty()) {
      throw new InvalidConfiguration(problems);
    }
  }

  @Produces
  @Singleton
  Pipelines pipelines() {
    return pipelines;
  }

  @Produces
  @Singleton
  ServiceSettings service() {
    return service;
  }

  @Produces
  @Singleton
  AwsSettings aws() {
    return aws;
  }

  @Produces
  @Singleton
  SweeperSettings sweeper() {
    return sweeper;
  }

  @Produces
  @Singleton
  SnowflakeSettings snowflake() {
    return snowflake;
  }

  private static Map<String, Pipeline> pipelines(Config config, List<String> problems) {
    Map<String, Pipeline> pipelines = new TreeMap<>();
    Properties.written(config)
        .filter(property -> property.startsWith(PIPELINES))
        .map(property -> property.substring(PIPELINES.length()).replaceAll("\\..*", ""))
        .forEach(name -> pipelines.put(name, null));
    boolean isAnyDescribed = !pipelines.isEmpty();
    pipelines
        .keySet()
        .removeIf(name -> !isEnabled(new Properties(config, PIPELINES + name + ".", problems)));
    pipelines.replaceAll(
        (name, none) ->
            new PipelineReader(name, new Properties(config, PIPELINES + name + ".", problems))
                .read());
    if (pipelines.isEmpty()) {
      problems.add(
          isAnyDescribed
              ? "pipelines.<name>.enabled is false for every pipeline; switch one on, or describe another"
              : FIRST_PIPELINE);
    }
    sharedPlaces(pipelines, problems);
    SharedLandings.refuse(pipelines, problems);
    return pipelines;
  }

  private static boolean isEnabled(Properties properties) {
    return properties.oneOf("enabled", Map.of("true", true, "false", false)).orElse(true);
  }

  /** Two pipelines that write to one place, or register one table, would mix their rows. */
  private static void sharedPlaces(Map<String, Pipeline> pipelines, List<String> problems) {
    Map<String, String> owners = new TreeMap<>();
    pipelines.forEach(
        (name, pipeline) -> {
          String table = "warehouse.table " + pipeline.tableName();
          String place = "curated.prefix " + pipeline.curatedUri();
          for (String owned : List.of(table, place)) {
            boolean known = !owned.contains(PipelineReader.NOT_SET);
            String other = known ? owners.putIfAbsent(owned, name) : null;
            if (other != null) {
              problems.add(
                  "%s%s.%s is also that of pipeline %s; give each its own"
                      .formatted(PIPELINES, name, owned, other));
            }
          }
        });
  }

  private static ServiceSettings service(Properties properties) {
    properties.parsed("store", Configuration::storeFolder);
    ServiceSettings settings =
        new ServiceSettings(
            properties
                .parsed("installation", Configuration::installation)
                .orElse("transient-pipelines"),
            pace(properties, "tick", Duration.ofSeconds(1)),
            pace(properties, "cluster-poll", Duration.ofSeconds(5)),
            pace(properties, "step-poll", Duration.ofMinutes(1)),
            pace(properties, "cluster-visibility", Duration.ofMinutes(2)),
            properties.count("max-clusters", 1).orElse(20),
            pace(properties, "give-up-after", Duration.ofMinutes(30)),
            pace(properties, "probe", Duration.ofSeconds(30)));
    properties.refuseUnknown();
    return settings;
  }

  private static SweeperSettings sweeper(Properties properties) {
    SweeperSettings settings =
        new SweeperSettings(
            properties
                .oneOf(
                    "mode",
                    Map.of("terminate", Mode.TERMINATE, "report", Mode.REPORT, "off", Mode.OFF))
                .orElse(Mode.TERMINATE),
            properties.duration("grace", Duration.ZERO).orElse(Duration.ofMinutes(5)),
            pace(properties, "every", Duration.ofMinutes(5)));
    properties.refuseUnknown();
    return settings;
  }

  private static double quotaShare(String written) {
    if (!written.matches("[0-9]{1,3}([.][0-9]{1,3})?") || Double.parseDouble(written) < 0.05) {
      throw new IllegalArgumentException(
          "is '%s'; write a share of AWS's default quotas of at least 0.05, for instance 0.5"
              .formatted(written));
    }
    return Double.parseDouble(written);
  }

  /** SQLite makes a missing file, but not a missing folder. */
  private static Path storeFolder(String written) {
    Path folder = Path.of(written).toAbsolutePath().getParent();
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "is '%s', and its folder cannot be made (%s); name a file in a folder that this user can write"
              .formatted(written, e.getMessage()),
          e);
    }
  }

  private static Duration pace(Properties properties, String name, Duration otherwise) {
    return properties.duration(name, Duration.ofMillis(100)).orElse(otherwise);
  }

  private static String installation(String written) {
    if (!written.matches("[A-Za-z0-9][A-Za-z0-9-]{0,39}")) {
      throw new IllegalArgumentException(
          "is '%s'; write 1 to 40 letters, digits and dashes".formatted(written));
    }
    return written;
  }

  /** Each queue has one use: a consumer sets aside or leaves messages that it does not know. */
  private static Optional<LandingQueue> landingEvents(
      Properties properties, Optional<URI> emrEvents) {
    Optional<URI> queue = properties.parsed(LANDING_EVENTS, Configuration::queueUrl);
    Optional<URI> deadLetters = properties.parsed(DEAD_LETTERS, Configuration::queueUrl);
    if (queue.isPresent() && queue.equals(emrEvents)) {
      properties.problem(
          LANDING_EVENTS, "is the queue of EMR's events too; give each a queue of its own");
    }
    if (deadLetters.isPresent() && (deadLetters.equals(queue) || deadLetters.equals(emrEvents))) {
      properties.problem(
          DEAD_LETTERS, "is a queue of events too; give what is none a queue of its own");
    }
    if (deadLetters.isPresent() && queue.isEmpty()) {
      properties.problem(
          DEAD_LETTERS,
          "has no use without aws.%s; write that too, or leave this out".formatted(LANDING_EVENTS));
    }
    return queue.map(url -> new LandingQueue(url, deadLetters));
  }

  private static AwsSettings aws(Properties properties, RegionChain regions) {
    Optional<URI> emrEvents = properties.parsed("emr.events-queue-url", Configuration::queueUrl);
    AwsSettings settings =
        new AwsSettings(
            properties
                .text("region")
                .or(regions.region())
                .orElseGet(
                    () -> {
                      properties.problem(
                          "region",
                          "is not set, and the AWS SDK finds none in the environment, in a profile or on EC2; write the region of the buckets and clusters, for instance eu-central-1");
                      return "";
                    }),
            properties.parsed("s3.endpoint", Configuration::endpoint),
            properties.parsed("emr.endpoint", Configuration::endpoint),
            properties.parsed("emr.quota-share", Configuration::quotaShare).orElse(0.5),
            properties.parsed("sqs.endpoint", Configuration::endpoint),
            emrEvents,
            landingEvents(properties, emrEvents),
            properties
                .duration("call-timeout", Duration.ofSeconds(1))
                .orElse(Duration.ofMinutes(1)));
    properties.refuseUnknown(OF_THE_SDK.asMatchPredicate());
    return settings;
  }

  private static URI endpoint(String written) {
    if (!written.matches("https?://[^\\s/]+/?")) {
      throw new IllegalArgumentException(
          "is '%s'; write http://host:port or https://host:port".formatted(written));
    }
    return URI.create(written);
  }

  private static URI queueUrl(String written) {
    if (!written.matches("https?://[^\\s/?#]+(/[A-Za-z0-9_.-]+)+")) {
      throw new IllegalArgumentException(
          "is '%s'; write the queue's URL, https://sqs.<region>.amazonaws.com/<account>/<queue>"
              .formatted(written));
    }
    return URI.create(written);
  }
}
