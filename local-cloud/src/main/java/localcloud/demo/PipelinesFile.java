package localcloud.demo;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.process.Workplace;

/**
 * A service's configuration, as far as the stand-ins must be prepared for its pipelines: what an
 * administrator creates in a real account is created here.
 */
final class PipelinesFile {

  private static final Pattern PIPELINE = Pattern.compile("pipelines\\.([^.]+)\\.(.+)");

  /** The stand-ins have addresses and credentials of their own, and the demo its own run store. */
  private static final Pattern OF_THE_ACCOUNT =
      Pattern.compile("(aws|snowflake)\\..*|service\\.store");

  private final Properties properties;
  private final TreeMap<String, Map<String, String>> pipelines = new TreeMap<>();

  private PipelinesFile(Properties properties) {
    this.properties = properties;
    for (String property : properties.stringPropertyNames()) {
      Matcher written = PIPELINE.matcher(property);
      if (written.matches()) {
        pipelines
            .computeIfAbsent(written.group(1), name -> new TreeMap<>())
            .put(written.group(2), properties.getProperty(property).strip());
      }
    }
    pipelines.values().removeIf(pipeline -> "false".equals(pipeline.get("enabled")));
  }

  /** The pipelines of the iris data set. */
  static PipelinesFile iris() throws IOException {
    return new PipelinesFile(Workplace.iris());
  }

  /**
   * A user's own pipelines.
   *
   * @throws IllegalArgumentException if there is no pipeline in it
   */
  static PipelinesFile read(Path file) throws IOException {
    Properties own = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      own.load(reader);
    }
    own.stringPropertyNames().stream()
        .filter(OF_THE_ACCOUNT.asMatchPredicate())
        .forEach(own::remove);
    PipelinesFile read = new PipelinesFile(own);
    if (read.pipelines.isEmpty()) {
      throw new IllegalArgumentException(
          "--config %s describes no pipeline; write pipelines.<name>.landing.bucket and the rest (README.md)"
              .formatted(file));
    }
    // A file that lands in the demo waits for no other.
    read.pipelines.forEach(
        (name, pipeline) -> {
          if (!pipeline.containsKey("batch.marker")) {
            own.setProperty("pipelines.%s.batch.max-wait".formatted(name), "0s");
          }
        });
    return read;
  }

  /** The text for the service. */
  Properties properties() {
    return properties;
  }

  /**
   * The pipeline that is shown.
   *
   * @param asked its name; otherwise the first one
   * @throws IllegalArgumentException names the existing ones
   */
  String shown(Optional<String> asked) {
    String name = asked.orElse(pipelines.firstKey());
    if (!pipelines.containsKey(name)) {
      throw new IllegalArgumentException(
          "there is no pipeline %s; take one of %s"
              .formatted(name, String.join(", ", pipelines.keySet())));
    }
    return name;
  }

  /** Whether the pipeline's runs fetch their object themselves. */
  boolean fetches(String pipeline) {
    return pipelines.get(pipeline).containsKey("ingest.url");
  }

  /** The bucket where a pipeline's objects land, if the file names one. */
  Optional<String> landingBucket(String pipeline) {
    return Optional.ofNullable(pipelines.get(pipeline).get("landing.bucket"));
  }

  /** Every bucket that a pipeline names. */
  Set<String> buckets() {
    Set<String> buckets = new TreeSet<>();
    for (Map<String, String> pipeline : pipelines.values()) {
      for (String kind : List.of("landing.bucket", "curated.bucket")) {
        Optional.ofNullable(pipeline.get(kind)).ifPresent(buckets::add);
      }
    }
    return buckets;
  }

  /**
   * What an administrator of Snowflake would have run for pipelines that do not create everything.
   */
  List<String> statements() {
    List<String> statements = new ArrayList<>();
    Map<String, Set<String>> integrations = new TreeMap<>();
    for (Map<String, String> pipeline : pipelines.values()) {
      Optional.ofNullable(pipeline.get("warehouse.database"))
          .ifPresent(
              database -> {
                statements.add("CREATE DATABASE IF NOT EXISTS " + database);
                statements.add(
                    "CREATE SCHEMA IF NOT EXISTS %s.%s"
                        .formatted(database, pipeline.getOrDefault("warehouse.schema", "PUBLIC")));
              });
      Optional.ofNullable(pipeline.get("warehouse.storage-integration"))
          .ifPresent(
              name ->
                  integrations
                      .computeIfAbsent(name, absent -> new TreeSet<>())
                      .add("'s3://%s/'".formatted(pipeline.get("curated.bucket"))));
    }
    integrations.forEach(
        (name, locations) ->
            statements.add(
                "CREATE STORAGE INTEGRATION IF NOT EXISTS %s TYPE = EXTERNAL_STAGE STORAGE_PROVIDER = 'S3' ENABLED = TRUE STORAGE_AWS_ROLE_ARN = 'arn:aws:iam::111122223333:role/local' STORAGE_ALLOWED_LOCATIONS = (%s)"
                    .formatted(name, String.join(", ", locations))));
    return statements;
  }
}
