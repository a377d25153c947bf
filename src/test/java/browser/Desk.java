package browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import testing.Api;
import testing.Awaiting;
import testing.LocalCloud;

/** The packaged service and its stand-ins, each a process of its own, as an operator has them. */
final class Desk implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();

  private final LocalCloud cloud = new LocalCloud();
  private final Map<String, String> settings;
  private final Path log;
  private final int port = freePort();
  private final int management = freePort();
  private final S3Client s3;
  private Process service;

  /**
   * Starts both and waits until the service answers.
   *
   * @param name of the log in {@code target}
   * @param more settings of the service
   */
  Desk(String name, Map<String, String> more) {
    log = Path.of("target", name + ".log").toAbsolutePath();
    settings = new HashMap<>(cloud.start());
    settings.put("quarkus.http.port", Integer.toString(port));
    settings.put("quarkus.management.port", Integer.toString(management));
    settings.put("aws.accessKeyId", "local");
    settings.put("aws.secretAccessKey", "local");
    settings.put("service.probe", "1s");
    settings.put("service.installation", "sales-prod");
    settings.remove("pipelines.iris.landing.poll");
    settings.putAll(more);
    s3 =
        S3Client.builder()
            .endpointOverride(URI.create(settings.get("aws.s3.endpoint")))
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .build();
    start();
  }

  /** A pipeline that takes lines of one number as they land. */
  static Map<String, String> pipeline(String name) {
    String prefix = "pipelines." + name + ".";
    return Map.of(
        prefix + "landing.bucket", "landing",
        prefix + "landing.poll", "1s",
        prefix + "batch.max-wait", "0s",
        prefix + "input.columns", "N bigint",
        prefix + "cluster.max-attempts", "1",
        prefix + "curated.bucket", "curated",
        prefix + "warehouse.database", "DESK",
        prefix + "warehouse.table", name.replace('-', '_'),
        prefix + "warehouse.manage", "everything");
  }

  /** Where the page is. */
  URI address() {
    return URI.create("http://127.0.0.1:%d/".formatted(port));
  }

  /** The file of the run store. */
  Path store() {
    return Path.of(settings.get("service.store"));
  }

  LocalCloud cloud() {
    return cloud;
  }

  /** An object lands in a pipeline's prefix. */
  void land(String pipeline, String name, String text) {
    s3.putObject(
        request -> request.bucket("landing").key(pipeline + "/" + name),
        RequestBody.fromString(text));
  }

  /** The service dies, as by SIGKILL. */
  void kill() {
    service.destroyForcibly().onExit().join();
  }

  /** The service starts, and has its store from before. */
  void start() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"));
    settings.forEach((property, value) -> command.add("-D%s=%s".formatted(property, value)));
    command.addAll(List.of("-jar", JAR.toString()));
    try {
      service =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Awaiting.until("the service answers", PATIENCE, this::answers);
  }

  private boolean answers() {
    if (!service.isAlive()) {
      throw new IllegalStateException("The service has ended; its log is " + log);
    }
    try {
      return new Api(address()).get("assets/app.css").statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    service.destroyForcibly();
    s3.close();
    cloud.stop();
  }
}
