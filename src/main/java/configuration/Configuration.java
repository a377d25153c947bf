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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import pipeline.Pipeline;
import pipeline.Pipelines;
import pipeline.ServiceSettings;
import pipeline.SweeperSettings;
import pipeline.SweeperSettings.Mode;
import pipeline.WrittenSettings;
import security.AccessSettings;
import snowflake.SnowflakeSettings;

/**
 * Reads the whole configuration once, at start, and provides its typed parts. A service with a
 * faulty configuration does not start.
 */
@Startup
@ApplicationScoped
public class Configuration {

  private static final String PIPELINES = "pipelines.";
  private static final List<String> SHARED = List.of("service.", "aws.", "sweeper.", "snowflake.");
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

  @Produces @Singleton final Pipelines pipelines;
  @Produces @Singleton final ServiceSettings service;
  @Produces @Singleton final AccessSettings access;
  @Produces @Singleton final AwsSettings aws;
  @Produces @Singleton final SweeperSettings sweeper;
  @Produces @Singleton final SnowflakeSettings snowflake;
  @Produces @Singleton final WrittenSettings written;

  /**
   * @throws InvalidConfiguration naming all mistakes
   */
  Configuration(Config config, RegionChain regions) {
    List<String> problems = new ArrayList<>();
    Map<String, Properties> own = new TreeMap<>();
    Map<String, Properties> shared = new LinkedHashMap<>();
    SHARED.forEach(prefix -> shared.put(prefix, new Properties(config, prefix, problems)));
    this.pipelines = new Pipelines(pipelines(config, problems, own));
    this.access = new AccessReader(config, shared.get("service."), problems).read();
    this.service = service(shared.get("service."));
    this.aws = aws(shared.get("aws."), regions);
    this.sweeper = sweeper(shared.get("sweeper."));
    this.snowflake = new SnowflakeReader(shared.get("snowflake.")).read();
    Prefixes.refuseSlips(config, problems);
    if (!problems.isEmpty()) {
      throw new InvalidConfiguration(problems);
    }
    this.written = written(config, own, shared.values());
  }

  private static WrittenSettings written(
      Config config, Map<String, Properties> own, Collection<Properties> shared) {
    ShownSettings shown =
        new ShownSettings(config, Stream.concat(own.values().stream(), shared.stream()).toList());
    return new WrittenSettings(
        own.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> shown.of(entry.getValue()))),
        shared.stream().flatMap(properties -> shown.of(properties).stream()).toList());
  }

  private static Map<String, Pipeline> pipelines(
      Config config, List<String> problems, Map<String, Properties> read) {
    Set<String> names =
        Properties.written(config)
            .filter(property -> property.startsWith(PIPELINES))
            .map(property -> property.substring(PIPELINES.length()).replaceAll("\\..*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    Map<String, Pipeline> pipelines = new TreeMap<>();
    for (String name : names) {
      Properties properties = new Properties(config, PIPELINES + name + ".", problems);
      if (properties.flag("enabled").orElse(true)) {
        pipelines.put(name, new PipelineReader(name, properties).read());
        read.put(name, properties);
      }
    }
    if (pipelines.isEmpty()) {
      problems.add(
          names.isEmpty()
              ? FIRST_PIPELINE
              : "pipelines.<name>.enabled is false for every pipeline; switch one on, or describe another");
    }
    new SharedPlaces(pipelines, problems).refuse();
    return pipelines;
  }

  private static ServiceSettings service(Properties properties) {
    properties.parsed("store", Configuration::storeFolder);
    ServiceSettings settings =
        new ServiceSettings(
            properties
                .matching(
                    "installation",
                    "[A-Za-z0-9][A-Za-z0-9-]{0,39}",
                    "write 1 to 40 letters, digits and dashes")
                .orElse("transient-pipelines"),
            pace(properties, "tick", Duration.ofSeconds(1)),
            pace(properties, "cluster-poll", Duration.ofSeconds(5)),
            pace(properties, "step-poll", Duration.ofMinutes(1)),
            pace(properties, "cluster-visibility", Duration.ofMinutes(2)),
            properties.orElse("max-clusters", properties.count("max-clusters", 1), 20),
            pace(properties, "give-up-after", Duration.ofMinutes(30)),
            pace(properties, "probe", Duration.ofSeconds(30)));
    properties.refuseUnknown();
    return settings;
  }

  private static SweeperSettings sweeper(Properties properties) {
    SweeperSettings settings =
        new SweeperSettings(
            properties.oneOf("mode", Mode.TERMINATE),
            properties.duration("grace", Duration.ZERO).orElse(Duration.ofMinutes(5)),
            pace(properties, "every", Duration.ofMinutes(5)));
    properties.refuseUnknown();
    return settings;
  }

  private static Duration pace(Properties properties, String name, Duration otherwise) {
    return properties.orElse(name, properties.duration(name, Duration.ofMillis(100)), otherwise);
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

  private static AwsSettings aws(Properties properties, RegionChain regions) {
    Optional<String> region = properties.text("region").or(regions.region());
    properties.refuse(
        region.isEmpty(),
        "region",
        "is not set, and the AWS SDK finds none in the environment, in a profile or on EC2; write the region of the buckets and clusters, for instance eu-central-1");
    Optional<URI> emrEvents = queueUrl(properties, "emr.events-queue-url");
    AwsSettings settings =
        new AwsSettings(
            region.orElse(""),
            endpoint(properties, "s3.endpoint"),
            endpoint(properties, "emr.endpoint"),
            properties.parsed("emr.quota-share", Configuration::quotaShare).orElse(0.5),
            endpoint(properties, "sqs.endpoint"),
            emrEvents,
            landingEvents(properties, emrEvents),
            properties
                .duration("call-timeout", Duration.ofSeconds(1))
                .orElse(Duration.ofMinutes(1)));
    properties.refuseUnknown(OF_THE_SDK.asMatchPredicate());
    return settings;
  }

  /** Each queue has one use: a consumer sets aside or leaves messages that it does not know. */
  private static Optional<LandingQueue> landingEvents(
      Properties properties, Optional<URI> emrEvents) {
    Optional<URI> queue = queueUrl(properties, LANDING_EVENTS);
    Optional<URI> deadLetters = queueUrl(properties, DEAD_LETTERS);
    properties.refuse(
        queue.isPresent() && queue.equals(emrEvents),
        LANDING_EVENTS,
        "is the queue of EMR's events too; give each a queue of its own");
    properties.refuse(
        deadLetters.isPresent() && (deadLetters.equals(queue) || deadLetters.equals(emrEvents)),
        DEAD_LETTERS,
        "is a queue of events too; give what is none a queue of its own");
    properties.refuse(
        deadLetters.isPresent() && queue.isEmpty(),
        DEAD_LETTERS,
        "has no use without aws.%s; write that too, or leave this out".formatted(LANDING_EVENTS));
    return queue.map(url -> new LandingQueue(url, deadLetters));
  }

  private static double quotaShare(String written) {
    if (!written.matches("[0-9]{1,3}([.][0-9]{1,3})?") || Double.parseDouble(written) < 0.05) {
      throw Properties.wrong(
          written, "write a share of AWS's default quotas of at least 0.05, for instance 0.5");
    }
    return Double.parseDouble(written);
  }

  private static Optional<URI> endpoint(Properties properties, String name) {
    return properties.matching(
        name, "https?://[^\\s/]+/?", URI::create, "write http://host:port or https://host:port");
  }

  private static Optional<URI> queueUrl(Properties properties, String name) {
    return properties.matching(
        name,
        "https?://[^\\s/?#]+(/[A-Za-z0-9_.-]+)+",
        URI::create,
        "write the queue's URL, https://sqs.<region>.amazonaws.com/<account>/<queue>");
  }
}
