package testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The stand-ins as a process of their own, for a test of the whole service: the service gets
 * endpoints and credentials, and nothing else differs from production.
 */
public class LocalCloud implements QuarkusTestResourceLifecycleManager {

  private static final Path JAR = Path.of("local-cloud/target/local-cloud.jar").toAbsolutePath();

  private Path folder;
  private Process process;

  @Override
  public Map<String, String> start() {
    if (!Files.exists(JAR)) {
      throw new IllegalStateException(
          JAR + " is missing: build local-cloud first, `mvn verify` at the root does");
    }
    try {
      folder =
          Files.createTempDirectory(
              Files.createDirectories(Path.of("target").toAbsolutePath()), "test-cloud-");
      Path endpoints = folder.resolve("endpoints.properties");
      process =
          new ProcessBuilder(command(endpoints))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("local-cloud.log").toFile())
              .start();
      Awaiting.until(
          "the stand-ins are ready", Duration.ofMinutes(2), () -> Files.exists(endpoints));
      return settings(endpoints);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command(Path endpoints) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", JAR.toString(), "--data", folder.resolve("cloud").toString()));
    command.addAll(List.of("--bucket", "landing", "--bucket", "curated"));
    command.addAll(List.of("--provisioning", "500ms", "--terminating", "500ms"));
    command.addAll(List.of("--endpoints", endpoints.toString(), "--exit-with-parent"));
    return command;
  }

  private Map<String, String> settings(Path endpoints) throws IOException {
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(endpoints)) {
      read.load(reader);
    }
    // The SDK's default credentials chain reads these.
    System.setProperty("aws.accessKeyId", "local");
    System.setProperty("aws.secretAccessKey", "local");
    Map<String, String> settings = new HashMap<>();
    settings.put("aws.region", "us-east-1");
    settings.put("aws.s3.endpoint", read.getProperty("s3"));
    settings.put("aws.emr.endpoint", read.getProperty("emr"));
    settings.put("snowflake.url", read.getProperty("snowflake"));
    settings.put("snowflake.user", "local");
    settings.put("snowflake.password", "local");
    settings.put("service.store", folder.resolve("runs.db").toString());
    settings.put("service.cluster-poll", "500ms");
    settings.put("pipelines.iris.landing.poll", "1s");
    return settings;
  }

  @Override
  public void stop() {
    if (process != null) {
      process.destroy();
    }
  }
}
