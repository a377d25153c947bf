package localcloud.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import localcloud.Cloud;
import tools.jackson.databind.JsonNode;

/**
 * The main job on a laptop: starts the stand-ins and the packaged service as processes of their
 * own, lands a file, watches the run and shows the table. The service is the one that runs in
 * production; only endpoints and credentials differ.
 */
public final class Demo implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration LANDING_POLL = Duration.ofSeconds(1);
  private static final long LOOK_MILLIS = 200;
  private static final int USUAL_PORT = 8080;
  private static final int BAD_USAGE = 2;

  private final Clock clock = Clock.systemUTC();
  private final Path home;
  private final Path folder;
  private final Screen screen;
  private final Deque<Child> children = new ArrayDeque<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private Demo(Path home, Screen screen) throws IOException {
    this.home = home;
    // Not in the system's temporary folder: S3's stand-in needs extended attributes, which a tmpfs
    // may lack.
    this.folder =
        Files.createTempDirectory(Files.createDirectories(home.resolve("target")), "demo-");
    this.screen = screen;
  }

  /** Exit status 0 only when the run succeeded and its table answered. */
  public static void main(String[] args) throws Exception {
    DemoOptions options;
    try {
      options = DemoOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("demo: " + e.getMessage() + "\n" + DemoOptions.USAGE);
      System.exit(BAD_USAGE);
      return;
    }
    Demo demo = new Demo(Path.of("").toAbsolutePath(), new Screen(System.out, options.terminal()));
    Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "demo-end"));
    int status = 0;
    try {
      demo.play(options);
    } catch (DemoFailure | IOException | SQLException e) {
      if (demo.closed.get()) {
        return; // Somebody has ended the demo; that what it waited for ended too is no failure.
      }
      status = 1;
      Path logs = demo.keepLogs();
      demo.screen.line("demo: FAILED " + e.getMessage());
      System.err.println("demo: the logs are in " + logs);
    }
    demo.close();
    System.exit(status);
  }

  private void play(DemoOptions options)
      throws DemoFailure, IOException, SQLException, InterruptedException {
    screen.progress("starting the stand-ins");
    Cloud cloud = startCloud();
    double cloudReady = screen.seconds();
    screen.done(
        "stand-ins: S3 %s, EMR %s, Snowflake %s"
            .formatted(cloud.s3(), cloud.emr(), cloud.snowflake()));
    screen.progress("starting the service");
    Service service = startService(cloud, options.stay());
    double serviceReady = screen.seconds();
    screen.done("service: %s".formatted(service.address()));

    Path file = options.file().orElse(irisFile());
    String key =
        "iris/" + options.file().map(Path::getFileName).map(Path::toString).orElse("iris.data");
    cloud.put(file, "landing", key);
    double put = screen.seconds();
    Instant landed = clock.instant();
    screen.done("landed: s3://landing/%s, %d bytes".formatted(key, Files.size(file)));

    JsonNode run = watch(service);
    Report report = new Report(screen, cloud, run, landed);
    int rows = report.show();
    if (options.facts().isPresent()) {
      Facts facts = new Facts();
      facts.phase("stand-ins ready", seconds(cloudReady));
      facts.phase("service ready", seconds(serviceReady - cloudReady));
      facts.phase("file landed", seconds(put - serviceReady));
      report.addTo(facts, clock.instant());
      facts.seconds("landing-poll", LANDING_POLL);
      facts.mib("rss", children.element().residentMib());
      facts.mib("peak-rss", children.element().peakResidentMib());
      facts.write(options.facts().get());
    }
    if (!run.path("state").asString().equals("SUCCEEDED")) {
      throw new DemoFailure(
          "run %s ended as %s: %s"
              .formatted(
                  run.path("id").asString(),
                  run.path("state").asString(),
                  run.path("message").asString()));
    }
    String line = report.lastLine(rows);
    if (options.stay()) {
      stay(service, cloud);
    }
    close();
    screen.line(line);
  }

  private Cloud startCloud() throws DemoFailure, IOException, InterruptedException {
    Path endpoints = folder.resolve("endpoints.properties");
    Child child =
        start(
            "local-cloud",
            List.of(
                java(),
                "-jar",
                home.resolve("local-cloud/target/local-cloud.jar").toString(),
                "--data",
                folder.resolve("cloud").toString(),
                "--bucket",
                "landing",
                "--bucket",
                "curated",
                "--endpoints",
                endpoints.toString()),
            Map.of());
    await(child, () -> Files.exists(endpoints));
    return Cloud.read(endpoints);
  }

  private Service startService(Cloud cloud, boolean stay)
      throws DemoFailure, IOException, InterruptedException {
    int port = stay && isFree(USUAL_PORT) ? USUAL_PORT : freePort();
    Map<String, String> environment = new HashMap<>(cloud.environment());
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put("SERVICE_STORE", folder.resolve("runs.db").toString());
    environment.put("SERVICE_CLUSTER_POLL", "1s");
    environment.put("PIPELINES_IRIS_LANDING_POLL", LANDING_POLL.toSeconds() + "s");
    Child child =
        start(
            "service",
            List.of(
                java(),
                "-Xmx256m",
                "-jar",
                home.resolve("target/quarkus-app/quarkus-run.jar").toString()),
            environment);
    Service service = new Service(URI.create("http://127.0.0.1:" + port));
    await(child, service::isReady);
    return service;
  }

  private JsonNode watch(Service service) throws DemoFailure, IOException, InterruptedException {
    while (true) {
      var newest = service.newestRun();
      screen.progress(newest.map(Report::words).orElse("waiting for the listing to find the file"));
      if (newest.isPresent() && Report.isFinal(newest.get())) {
        screen.done(Report.words(newest.get()));
        return service.run(newest.get().path("id").asString());
      }
      pause(children);
    }
  }

  private void stay(Service service, Cloud cloud) throws InterruptedException {
    screen.line(
        """

        The service keeps running until Ctrl-C:
          runs       %1$s/api/runs
          pipelines  %1$s/api/pipelines
          health     %1$s/q/health
          metrics    %1$s/q/metrics
          a new file java -cp %3$s localcloud.Tool put %2$s FILE s3://landing/iris/NAME
          the table  java -cp %3$s localcloud.snowflake.Sql '%4$s' 'SELECT CLASS_NAME, FLOWERS, RUN_ID FROM %5$s'\
        """
            .formatted(
                service.address(),
                cloud.s3(),
                "local-cloud/target/local-cloud.jar",
                cloud.signedIn(),
                Report.TABLE));
    new CountDownLatch(1).await();
  }

  private Child start(String name, List<String> command, Map<String, String> environment)
      throws IOException {
    Child child = new Child(name, command, environment, folder, folder.resolve(name + ".log"));
    synchronized (children) {
      children.push(child);
    }
    return child;
  }

  /** Asks until the answer is yes. */
  @FunctionalInterface
  private interface Question {
    boolean isAnsweredYes() throws IOException, InterruptedException;
  }

  private void await(Child child, Question question)
      throws DemoFailure, IOException, InterruptedException {
    double deadline = screen.seconds() + START.toSeconds();
    while (!question.isAnsweredYes()) {
      if (screen.seconds() > deadline) {
        throw new DemoFailure(child.name() + " was not ready after " + START.toSeconds() + " s");
      }
      pause(List.of(child));
    }
  }

  private static void pause(Iterable<Child> needed)
      throws DemoFailure, IOException, InterruptedException {
    new CountDownLatch(1).await(LOOK_MILLIS, java.util.concurrent.TimeUnit.MILLISECONDS);
    for (Child child : needed) {
      if (!child.isAlive()) {
        throw new DemoFailure(child.name() + " has ended:\n" + child.lastWords());
      }
    }
  }

  private Path irisFile() throws IOException {
    Path file = folder.resolve("iris.data");
    try (InputStream resource = Demo.class.getResourceAsStream("/iris/iris.data")) {
      Files.copy(resource, file);
    }
    return file;
  }

  /**
   * Keeps what a person needs to find out why it failed; everything else goes with the demo's
   * folder.
   */
  private Path keepLogs() throws IOException {
    Path logs = home.resolve("target/demo-logs");
    deleteTree(logs);
    Files.createDirectories(logs);
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(
              file -> file.toString().matches(".*(\\.log|\\.jsonl|/stderr|/stdout|/controller)"))
          .forEach(sources::add);
    }
    for (Path source : sources) {
      Path target = logs.resolve(folder.relativize(source).toString());
      Files.createDirectories(target.getParent());
      Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    }
    return logs;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    synchronized (children) {
      children.forEach(Child::close);
    }
    try {
      deleteTree(folder);
    } catch (IOException e) {
      System.err.println("demo: cannot delete " + folder + ": " + e.getMessage());
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      files.sorted(Comparator.reverseOrder()).forEach(Demo::delete);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
