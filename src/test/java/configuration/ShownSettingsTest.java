package configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pipeline.Setting;

/** What people see of the configuration: all that is set, and no secret. */
class ShownSettingsTest {

  private static final Optional<String> GIVEN = Optional.of("PropertiesConfigSource[source=test]");

  @Test
  void a_pipelines_properties_are_shown_with_those_of_the_service_and_where_they_come_from() {
    List<Setting> shown =
        Reading.of(
                testing.Configuration.ofPipeline("iris")
                    .withPipeline("flowers")
                    .with("service.tick", "2s")
                    .config(Map.of("PIPELINES_IRIS_LANDING_PREFIX", "from/env/")))
            .written
            .of("iris");

    assertThat(shown)
        .contains(
            new Setting("pipelines.iris.landing.bucket", "landing", GIVEN),
            new Setting(
                "pipelines.iris.landing.prefix",
                "from/env/",
                Optional.of("a variable of the environment")),
            new Setting("service.tick", "2s", GIVEN),
            new Setting("snowflake.user", "service", GIVEN))
        .noneMatch(setting -> setting.name().startsWith("pipelines.flowers."));
  }

  @Test
  void a_default_is_shown_without_a_source_and_is_what_the_service_goes_by() {
    testing.Configuration configuration = testing.Configuration.ofPipeline("iris");
    Configuration read = Reading.of(configuration.config());
    List<Setting> defaults =
        read.written.of("iris").stream().filter(setting -> setting.source().isEmpty()).toList();

    assertThat(defaults)
        .contains(
            new Setting("pipelines.iris.landing.prefix", "iris/", Optional.empty()),
            new Setting("pipelines.iris.batch.max-wait", "1m", Optional.empty()),
            new Setting("pipelines.iris.curated.mode", "append", Optional.empty()),
            new Setting("service.max-clusters", "20", Optional.empty()),
            new Setting("sweeper.mode", "terminate", Optional.empty()));
    defaults.forEach(setting -> configuration.with(setting.name(), setting.value()));
    Configuration written = Reading.of(configuration.config());
    assertThat(written.pipelines.all()).isEqualTo(read.pipelines.all());
    assertThat(written.service).isEqualTo(read.service);
    assertThat(written.sweeper).isEqualTo(read.sweeper);
    assertThat(written.written.of("iris"))
        .extracting(Setting::name)
        .isEqualTo(read.written.of("iris").stream().map(Setting::name).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "snowflake.password,    a-planted-secret",
    "snowflake.oauth.client-secret, a-planted-secret",
    "snowflake.token,       a-planted-secret",
    "pipelines.iris.cluster.spark.\"spark.hadoop.fs.s3a.secret.key\", a-planted-secret",
    "pipelines.iris.cluster.spark.\"spark.ssl.keyPassword\", a-planted-secret",
    "pipelines.iris.ingest.url, https://user:a-planted-secret@example.com/orders.csv",
    "pipelines.iris.ingest.url, https://example.com/orders.csv?sv=1&sig=a-planted-secret&x=2",
    "pipelines.iris.ingest.url, https://example.com/orders.csv?X-Amz-Signature=a-planted-secret",
    "pipelines.iris.ingest.url, https://example.com/orders.csv?subscription-key=a-planted-secret",
    "pipelines.iris.steps.1.args, --name x --api-token a-planted-secret",
    "pipelines.iris.steps.1.args, '--api-token \"with blanks a-planted-secret\"'",
    "pipelines.iris.steps.1.args, --db-password=a-planted-secret --name x",
    "pipelines.iris.steps.1.args, curl -u user:a-planted-secret https://example.com",
    "pipelines.iris.steps.1.args, 'bash -c \"curl --user user:a-planted-secret https://example.com\"'",
    "pipelines.iris.steps.1.args, --name ${planted}"
  })
  void no_secret_is_shown_wherever_it_is_planted(String name, String value) {
    testing.Configuration configuration =
        testing.Configuration.ofPipeline("iris")
            .with("planted", "a-planted-secret")
            .with(name, value);

    List<Setting> shown = shown(configuration, name);

    assertThat(shown).hasSize(1);
    assertThat(shown.toString()).doesNotContain("a-planted-secret");
  }

  @Test
  void a_secret_is_hidden_in_every_other_value_as_well() {
    testing.Configuration configuration =
        testing.Configuration.ofPipeline("iris")
            .with("snowflake.password", "correct horse")
            .with("pipelines.iris.transform.sql", "SELECT 'correct horse' FROM landed");

    assertThat(Reading.of(configuration.config()).written.of("iris").toString())
        .contains("SELECT '(secret)' FROM landed")
        .doesNotContain("correct horse");
  }

  @Test
  void a_private_key_is_hidden_and_the_file_of_one_is_not() {
    testing.Configuration configuration = testing.Configuration.ofPipeline("iris");

    assertThat(shown(configuration, "snowflake.private-key", "-----BEGIN PRIVATE KEY-----\nMII"))
        .extracting(Setting::value)
        .containsExactly("(secret)");
    assertThat(shown(configuration, "snowflake.private-key-file", "/run/secrets/key.p8"))
        .extracting(Setting::value)
        .containsExactly("/run/secrets/key.p8");
  }

  private static List<Setting> shown(
      testing.Configuration configuration, String name, String value) {
    return shown(configuration.with(name, value), name);
  }

  /** As if a reader had asked for the property, whatever else is wrong with it. */
  private static List<Setting> shown(testing.Configuration configuration, String name) {
    Properties properties = new Properties(configuration.config(), "", List.of());
    Properties others = new Properties(configuration.config(), "", List.of());
    properties.raw(name);
    return new ShownSettings(configuration.config(), List.of(others)).of(properties);
  }
}
