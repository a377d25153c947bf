package configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;
import testing.Configuration;

/**
 * Why the configuration is read by hand: what a mapping of SmallRye tells of the same mistakes.
 * Once one of these fails, think again.
 */
class TypedMappingTest {

  private static final String SECRET_URL = "https://user:hunter2@example.com/a.csv";

  /** Some properties of pipelines, with the sentence of {@code ingest.url} in its converter. */
  interface Pipelines {
    @WithParentName
    Map<String, Pipeline> byName();

    interface Pipeline {
      Landing landing();

      Batch batch();

      Ingest ingest();
    }

    interface Landing {
      String bucket();
    }

    interface Batch {
      @WithDefault("1000")
      int maxObjects();

      @WithDefault("1m")
      Duration maxWait();
    }

    interface Ingest {
      @WithConverter(Url.class)
      Optional<String> url();

      Optional<String> sha256();
    }
  }

  public static final class Url implements Converter<String> {
    private static final long serialVersionUID = 1;

    @Override
    public String convert(String written) {
      throw new IllegalArgumentException("carries what looks like a credential");
    }
  }

  @Test
  void a_mapping_collects_what_does_not_convert_in_all_pipelines() {
    assertThat(
            told(
                Map.of(
                    "pipelines.x.landing.bucket", "landing",
                    "pipelines.x.batch.max-objects", "many",
                    "pipelines.x.batch.max-wait", "soon",
                    "pipelines.y.landing.bucket", "landing",
                    "pipelines.y.batch.max-objects", "few")))
        .hasSize(3);
  }

  @Test
  void a_mapping_tells_a_value_that_may_be_a_secret_and_the_service_does_not() {
    assertThat(
            told(
                Map.of(
                    "pipelines.x.landing.bucket", "landing", "pipelines.x.ingest.url", SECRET_URL)))
        .singleElement()
        .asString()
        .contains("with the config value \"%s\"".formatted(SECRET_URL))
        .endsWith("carries what looks like a credential");
    assertThat(
            Reading.problems(
                Configuration.ofPipeline("x").with("pipelines.x.ingest.url", SECRET_URL)))
        .singleElement()
        .asString()
        .contains("carries what looks like a credential")
        .doesNotContain("hunter2");
  }

  @Test
  void a_mapping_that_fails_leaves_nothing_to_compare_properties_in_and_the_service_tells_both() {
    Map<String, String> mistakes =
        Map.of(
            "pipelines.x.batch.max-objects", "many", "pipelines.x.ingest.sha256", "0".repeat(64));
    Map<String, String> mapped = new HashMap<>(mistakes);
    mapped.put("pipelines.x.landing.bucket", "landing");
    Configuration read = Configuration.ofPipeline("x");
    mistakes.forEach(read::with);

    assertThat(told(mapped)).singleElement().asString().contains("max-objects");
    assertThat(Reading.problems(read))
        .containsExactly(
            "pipelines.x.batch.max-objects is 'many'; write a whole number of at least 1",
            "pipelines.x.ingest.sha256 is set, but only the service compares it; set ingest.by=service, or leave it out");
  }

  @Test
  void a_mapping_knows_no_way_out_of_what_is_missing_or_misspelt() {
    assertThat(
            told(Map.of("pipelines.x.batch.max-objects", "1", "pipelines.x.batch.max-object", "1")))
        .containsExactly(
            "java.util.NoSuchElementException: SRCFG00014: The config property pipelines.x.landing.bucket is required but it could not be found in any config source",
            "SRCFG00050: pipelines.x.batch.max-object in PropertiesConfigSource[source=test] does not map to any root");
  }

  private static List<String> told(Map<String, String> properties) {
    ConfigValidationException refusal =
        catchThrowableOfType(
            ConfigValidationException.class,
            () ->
                new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .addDiscoveredConverters()
                    .withMapping(Pipelines.class, "pipelines")
                    .withSources(new PropertiesConfigSource(properties, "test", 100))
                    .build());
    return IntStream.range(0, refusal.getProblemCount())
        .mapToObj(problem -> refusal.getProblem(problem).getMessage())
        .toList();
  }
}
