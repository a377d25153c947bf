package configuration;

import static org.assertj.core.api.Assertions.assertThat;

import aws.RealClients;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.Pipelines;
import security.Access;
import security.AccessSettings;
import security.ClientCertificates;
import testing.Iris;

/** What an operator reads first. */
class StartReportTest {

  private static final Pipelines IRIS = new Pipelines(Map.of("iris", Iris.pipeline()));

  @Test
  void says_which_files_were_read_which_pipelines_are_on_and_what_each_waits_for(
      @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("application.properties"), "a=b\n");
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(file.toUri().toURL()))
            .withSources(
                new EnvConfigSource(Map.of("SNOWFLAKE_PASSWORD", "s3cret", "HOME", "/root"), 300))
            .build();

    assertThat(lines(config))
        .containsExactly(
            "Configuration: %s; variables SNOWFLAKE_PASSWORD".formatted(file),
            "Pipeline iris waits for objects in s3://landing/iris/ (listed as often as its size allows), 0s at most, and loads S3_TO_SNOWFLAKE.PUBLIC.IRIS_DATASET");
  }

  @Test
  void says_where_a_file_would_be_read_if_there_is_none() {
    assertThat(lines(new SmallRyeConfigBuilder().build()).get(0))
        .isEqualTo(
            "Configuration: no file (%s is not there)"
                .formatted(Path.of("config/application.properties").toAbsolutePath()));
  }

  private static List<String> lines(SmallRyeConfig config) {
    return new StartReport(
            config,
            IRIS,
            RealClients.settings(URI.create("http://localhost"), Duration.ofSeconds(1)),
            new AccessSettings(Access.LOOPBACK, Optional.empty(), ClientCertificates.NONE))
        .lines();
  }
}
