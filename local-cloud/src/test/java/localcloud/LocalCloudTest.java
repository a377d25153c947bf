package localcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.StepConfig;

/** The stand-ins as the process that users start, and what is left of it when it ends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalCloudTest {
  @TempDir static Path all;

  /** One serves the tests until one ends it, since its start takes seconds of all processors. */
  private Process process;

  private Path folder;

  @BeforeEach
  void start() throws IOException {
    if (process != null && process.isAlive()) {
      return;
    }
    folder = Files.createTempDirectory(all, "cloud");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LocalCloud.class.getName());
    command.addAll(List.of("--data", folder.resolve("data").toString(), "--bucket", "landing"));
    command.addAll(List.of("--endpoints", endpoints().toString(), "--provisioning", "50ms"));
    command.addAll(List.of("--spark-classpath", "spark/target/spark.classpath"));
    command.add("--exit-with-parent");
    process =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    await(() -> Files.exists(endpoints()) && output().contains("ready"));
  }

  @AfterAll
  void stop() {
    process.destroyForcibly();
  }

  @Test
  void says_where_its_stand_ins_are_and_writes_it_down() throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(Files.readString(endpoints())));

    assertThat(output().lines().toList())
        .satisfiesExactly(
            s3 ->
                assertThat(s3)
                    .matches("S3 +http://127\\.0\\.0\\.1:[0-9]+ +buckets below .*/data/s3"),
            emr ->
                assertThat(emr)
                    .matches(
                        "EMR +http://127\\.0\\.0\\.1:[0-9]+ +runs Spark [0-9.]+ on Java [0-9]+"),
            snowflake ->
                assertThat(snowflake)
                    .matches(
                        "Snowflake +jdbc:snowflake://localhost:[0-9]+/\\?ssl=off&account=local +.*"),
            control ->
                assertThat(control)
                    .matches("Control +http://127\\.0\\.0\\.1:[0-9]+ +takes faults, lists calls"),
            ready -> assertThat(ready).isEqualTo("ready"));
    assertThat(properties).containsKeys("s3", "emr", "snowflake", "control");
    assertThat(folder.resolve("data/s3/landing")).isDirectory();
    // A newer JVM warns that DuckDB loads a library; the packaged jar's manifest allows it.
    assertThat(Files.readAllLines(folder.resolve("err")))
        .allMatch(line -> line.isEmpty() || line.startsWith("WARNING: "));
  }

  @Test
  void takes_faults_for_each_of_its_stand_ins_and_lists_their_calls() throws Exception {
    Cloud cloud = Cloud.read(endpoints());
    String faults =
        Stream.of("EMR", "S3", "Snowflake")
            .map(service -> "{\"service\":\"%s\",\"does\":\"throttle\"}".formatted(service))
            .collect(Collectors.joining(",", "[", "]"));

    assertThat(control("POST", cloud, "/faults", faults)).isEqualTo("{\"ids\":[1,2,3]}");
    try (EmrClient emr = emr()) {
      emr.listClusters();
    }
    cloud.put(endpoints(), "landing", "file");
    DriverManager.getConnection(cloud.signedIn() + "&disablePlatformDetection=true").close();

    assertThat(control("GET", cloud, "/faults", "").split("\"hits\":1", -1)).hasSize(4);
    assertThat(control("GET", cloud, "/calls?after=1", ""))
        .contains("\"operation\":\"ListClusters\"", "\"operation\":\"PutObject\"", "\"Login\"");
    assertThat(cloud.environment().values()).doesNotContain(cloud.control().toString());
  }

  private static String control(String method, Cloud cloud, String path, String body)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(cloud.control().resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void terminating_it_ends_the_steps_it_started() throws Exception {
    startStep(sleep(1001));

    process.destroy();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    await(() -> !isRunning(sleep(1001)));
  }

  @Test
  void killing_it_ends_the_steps_it_started() throws Exception {
    startStep(sleep(1002));

    process.destroyForcibly();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    await(() -> !isRunning(sleep(1002)));
  }

  @Test
  void it_ends_with_its_parent() throws Exception {
    process.getOutputStream().close();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  /** A command like no other on this machine, where the same test may run at the same time. */
  private static String sleep(int seconds) {
    return "sleep %d.%d".formatted(seconds, ProcessHandle.current().pid());
  }

  private void startStep(String command) throws IOException {
    try (EmrClient emr = emr()) {
      emr.runJobFlow(
          b ->
              b.name("hangs")
                  .releaseLabel("emr-7.13.0")
                  .serviceRole("service")
                  .jobFlowRole("instance")
                  .instances(i -> i.instanceCount(1).masterInstanceType("m5.xlarge"))
                  .steps(
                      StepConfig.builder()
                          .name("step")
                          .hadoopJarStep(
                              j ->
                                  j.jar("command-runner.jar")
                                      .args("bash", "-c", command + "; true"))
                          .build()));
    }
    await(() -> isRunning(command));
  }

  private EmrClient emr() throws IOException {
    return EmrClient.builder()
        .endpointOverride(Cloud.read(endpoints()).emr())
        .region(Region.US_EAST_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .build();
  }

  private static boolean isRunning(String command) {
    Predicate<ProcessHandle> same = p -> p.info().commandLine().orElse("").endsWith(command);
    return ProcessHandle.allProcesses().anyMatch(same);
  }

  private Path endpoints() {
    return folder.resolve("endpoints.properties");
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("out"), StandardCharsets.UTF_8);
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofSeconds(90)).until(condition);
  }
}
