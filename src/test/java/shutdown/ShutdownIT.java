package shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import testing.Api;
import testing.Awaiting;
import testing.LocalCloud;

/**
 * SIGTERM ends the packaged service within Kubernetes' patience, whatever is away. One service is
 * looked at when it has started, and then ended.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShutdownIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long LONGEST_END_SECONDS = 20;
  private static final Pattern UNANSWERED = Pattern.compile("It has not answered since (\\S+)");
  private static final Duration SILENCE = Duration.ofSeconds(3);
  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
  private static final Path LOG = Path.of("target/shutdown-it.log").toAbsolutePath();

  private final LocalCloud cloud = new LocalCloud();
  private Process service;
  private Api management;

  @BeforeAll
  void a_service_whose_sessions_are_open() throws IOException {
    assertThat(JAR).as("package the service first, `mvn verify` does").exists();
    cloud.init(Map.of("s3-events", ""));
    Map<String, String> settings = cloud.start();
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    settings.put("quarkus.http.port", "0");
    settings.put("quarkus.management.port", Integer.toString(port));
    settings.put("service.probe", "1s");
    settings.put("aws.accessKeyId", "local");
    settings.put("aws.secretAccessKey", "local");
    settings.put(
        "smallrye.config.locations",
        Path.of("local-cloud/src/main/resources/iris/pipelines.properties")
            .toAbsolutePath()
            .toString());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    settings.forEach((name, value) -> command.add("-D%s=%s".formatted(name, value)));
    command.addAll(List.of("-jar", JAR.toString()));
    service =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(LOG.toFile()).start();
    management = new Api(URI.create("http://127.0.0.1:%d/".formatted(port)));
    Awaiting.until("S3, EMR and Snowflake have answered", PATIENCE, this::hasAnswers);
  }

  @AfterAll
  void end() {
    service.destroyForcibly();
    cloud.goOn();
    cloud.stop();
  }

  @Test
  @Order(2)
  void a_service_ends_in_time_and_without_stack_traces_while_everything_hangs()
      throws IOException, InterruptedException {
    cloud.hang();
    Awaiting.until("the probe of Snowflake hangs", PATIENCE, this::isSnowflakeSilent);

    service.destroy();

    boolean ended = service.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS);
    String log = Files.readString(LOG);
    assertThat(ended).as(log).isTrue();
    assertThat(log).doesNotContain("\tat ").doesNotContain("\nCaused by");
  }

  @Test
  @Order(1)
  void the_log_of_a_start_is_short_and_says_what_the_pipelines_wait_for() throws IOException {
    String log = Files.readString(LOG);

    assertThat(log)
        .contains(
            "local-cloud/src/main/resources/iris/pipelines.properties",
            "Pipeline iris waits for objects in s3://landing/iris/ (by S3's events, and listed every 1h)",
            "Pipeline iris-dag waits for POST /api/pipelines/iris-dag/start")
        .doesNotContain("Started route");
    assertThat(log.lines())
        .as(log)
        .hasSizeLessThan(12)
        .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]{12}(Z|[+-]\\d\\d:\\d\\d) .*"));
  }

  private boolean hasAnswers() {
    try {
      return management.get("q/health/group/dependencies").statusCode() == 200;
    } catch (IOException e) {
      return false; // It does not listen yet.
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean isSnowflakeSilent() throws IOException, InterruptedException {
    JsonNode health =
        new ObjectMapper().readTree(management.get("q/health/group/dependencies").body());
    for (JsonNode check : health.path("checks")) {
      Matcher silent = UNANSWERED.matcher(check.path("data").path("trouble").asText());
      if (check.path("name").asText().equals("Snowflake") && silent.matches()) {
        Instant asked = Instant.parse(silent.group(1));
        return asked.plus(SILENCE).isBefore(InstantSource.system().instant());
      }
    }
    return false;
  }
}
