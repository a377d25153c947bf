package configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.KeyPair;

/**
 * docs/configuration.md and the code know the same properties with the same defaults, and the
 * document's examples are accepted.
 */
class ConfigurationDocumentTest {

  private static final Path DOCUMENT = Path.of("docs/configuration.md");
  private static final Path PROPERTIES = Path.of("src/main/resources/application.properties");

  /** A table's row that begins with a property: {@code | `name` | default | …}. */
  private static final Pattern ROW =
      Pattern.compile("^\\| `([^`]+)` \\| ([^|]*) \\|", Pattern.MULTILINE);

  private static final Pattern EXAMPLE =
      Pattern.compile("```properties\\n(# config/application.properties\\n.*?)```", Pattern.DOTALL);

  /** A request to EMR, in the file that the document says. */
  private static final Pattern REQUEST =
      Pattern.compile("<!-- (config/\\S+) -->\\n```json\\n(.*?)```", Pattern.DOTALL);

  /** What the examples name, which no test may have. */
  private static final String KEY_FILE = "/run/secrets/snowflake_key.p8";

  /** What has no default, and a store that is kept out of the working directory. */
  private static final Map<String, String> REQUIRED =
      Map.of(
          "pipelines.p.landing.bucket", "landed",
          "pipelines.p.input.columns", "N int",
          "pipelines.p.curated.bucket", "loaded",
          "pipelines.p.warehouse.database", "D",
          "pipelines.p.warehouse.table", "T",
          "snowflake.url", "jdbc:snowflake://localhost/",
          "aws.region", "eu-central-1",
          "snowflake.authentication", "workload-identity",
          "service.store", "target/runs.db");

  @Test
  void documentsEveryPropertyThatTheServiceAsksForAndNoOther() throws IOException {
    Set<String> asked = new TreeSet<>();
    Map<String, String> set = new TreeMap<>(REQUIRED);
    set.put("pipelines.p.cluster.spark-conf.\"some.key\"", "value");
    set.put("pipelines.p.cluster.tags.key", "value");
    set.put("pipelines.p.transform.views", "v");
    set.put("pipelines.p.transform.view.v.sql", "SELECT 1");
    set.put("pipelines.p.transform.sql", "SELECT 1");
    set.put("pipelines.p.checks.c", "SELECT 1");
    Reading.of(recording(config(set), asked));

    assertThat(documented("pipelines.", "service.", "sweeper.", "aws.", "snowflake."))
        .containsOnlyKeys(
            asked.stream()
                .filter(name -> !name.startsWith("quarkus."))
                .map(name -> name.replaceAll("^pipelines\\.p\\.", "pipelines.<name>."))
                .map(name -> name.replaceAll("\\.(spark-conf|tags)\\..*", ".$1.<key>"))
                .map(name -> name.replaceAll("\\.(ladder|steps)\\.\\d+\\.", ".$1.<n>."))
                .map(name -> name.replaceAll("\\.view\\.v\\.", ".view.<view>."))
                .map(name -> name.replaceAll("\\.checks\\.c\\b", ".checks.<check>"))
                .distinct()
                .toList());
  }

  @Test
  void documentsTheDefaultsThatTheCodeHas() throws IOException {
    Map<String, String> written = new TreeMap<>();
    documented("pipelines.", "service.", "sweeper.", "aws.", "snowflake.")
        .forEach(
            (name, value) ->
                literal(value)
                    .map(text -> text.replace("<name>", "p").replace("<curated.bucket>", "loaded"))
                    .ifPresent(text -> written.put(name.replace("<name>", "p"), text)));
    assertThat(written).hasSizeGreaterThan(20);
    assertThat(written.get("service.store")).isEqualTo(properties().get("service.store"));
    written.putAll(REQUIRED);

    Configuration documented = Reading.of(config(written));
    Configuration bare = Reading.of(config(REQUIRED));
    assertThat(documented.pipelines.all()).isEqualTo(bare.pipelines.all());
    assertThat(documented.service).isEqualTo(bare.service);
    assertThat(documented.aws).isEqualTo(bare.aws);
    assertThat(documented.sweeper).isEqualTo(bare.sweeper);
    assertThat(documented.snowflake).isEqualTo(bare.snowflake);
  }

  @Test
  void documentsThePropertiesOfQuarkusWithTheValuesThatTheServiceSets() throws IOException {
    Map<String, String> set = properties();
    Map<String, String> documented = documented("quarkus.");

    assertThat(documented).isNotEmpty();
    documented.forEach(
        (name, value) ->
            assertThat(literal(value)).as(name).isEqualTo(Optional.ofNullable(set.get(name))));
  }

  @Test
  void everyExampleIsAccepted(@TempDir Path folder) throws IOException {
    List<String> examples =
        EXAMPLE.matcher(Files.readString(DOCUMENT)).results().map(match -> match.group(1)).toList();

    assertThat(examples).isNotEmpty();
    Set<String> files = writeRequests(folder);
    Path key = Files.writeString(folder.resolve("key.p8"), new KeyPair().pem());
    for (String example : examples) {
      Map<String, String> written = load(example);
      written.replaceAll((name, value) -> files.contains(value) ? folder + "/" + value : value);
      written.replaceAll((name, value) -> value.equals(KEY_FILE) ? key.toString() : value);
      boolean signsIn = written.keySet().stream().anyMatch(name -> name.startsWith("snowflake."));
      if (signsIn) {
        written.putIfAbsent("snowflake.authentication", "key-pair");
      }
      boolean hasOwnSteps = written.keySet().stream().anyMatch(name -> name.contains(".steps."));
      REQUIRED.forEach(
          (name, value) ->
              written.putIfAbsent(name.replace("pipelines.p.", "pipelines.sales."), value));
      if (hasOwnSteps) {
        written.remove("pipelines.sales.input.columns");
      }
      written.put("service.store", REQUIRED.get("service.store"));
      assertThat(Reading.of(config(written)).pipelines.all()).isNotEmpty();
    }
  }

  /** Puts the document's requests to EMR where its examples name them. */
  private static Set<String> writeRequests(Path folder) throws IOException {
    Set<String> names = new TreeSet<>();
    for (MatchResult request : REQUEST.matcher(Files.readString(DOCUMENT)).results().toList()) {
      Path file = folder.resolve(request.group(1));
      Files.createDirectories(file.getParent());
      Files.writeString(file, request.group(2));
      names.add(request.group(1));
    }
    return names;
  }

  private static Config recording(Config config, Set<String> asked) {
    return (Config)
        Proxy.newProxyInstance(
            Config.class.getClassLoader(),
            new Class<?>[] {Config.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getOptionalValue")) {
                asked.add((String) arguments[0]);
              }
              return method.invoke(config, arguments);
            });
  }

  private static SmallRyeConfig config(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withConverters(new Converter<?>[] {new DurationConverter()})
        .withSources(new PropertiesConfigSource(values, "test", 100))
        .build();
  }

  /** What stands in the default's cell of each documented property with one of the prefixes. */
  private static Map<String, String> documented(String... prefixes) throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    for (MatchResult row : ROW.matcher(Files.readString(DOCUMENT)).results().toList()) {
      String name = row.group(1);
      if (Stream.of(prefixes).anyMatch(name::startsWith)) {
        assertThat(found.put(name, row.group(2).trim())).as(name + " is there twice").isNull();
      }
    }
    return found;
  }

  /**
   * A default that is written as code is a value; other text describes what happens without one.
   */
  private static Optional<String> literal(String cell) {
    return cell.matches("`[^`]+`")
        ? Optional.of(cell.substring(1, cell.length() - 1))
        : Optional.empty();
  }

  private static Map<String, String> properties() throws IOException {
    return load(Files.readString(PROPERTIES));
  }

  private static Map<String, String> load(String text) throws IOException {
    java.util.Properties loaded = new java.util.Properties();
    loaded.load(new StringReader(text));
    Map<String, String> values = new TreeMap<>();
    loaded.forEach((name, value) -> values.put((String) name, (String) value));
    return values;
  }
}
