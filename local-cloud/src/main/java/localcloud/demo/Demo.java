package localcloud.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import localcloud.Cloud;
import localcloud.Help;
import localcloud.process.Child;
import localcloud.process.Failure;
import localcloud.process.Screen;
import localcloud.process.Service;
import localcloud.process.Workplace;
import tools.jackson.databind.JsonNode;

/**
 * The main job on a laptop: starts the stand-ins and the packaged service as processes of their
 * own, lands a file or starts a run that fetches it, watches the run and shows the table. The
 * service is the one that runs in production; only endpoints and credentials differ.
 */
public final class Demo {

  private static final int USUAL_PORT = 8080;
  private static final int BAD_USAGE = 2;

  private final Clock clock = Clock.systemUTC();
  private final Workplace workplace;
  private final Screen screen;

  private Demo(Workplace workplace, Screen screen) {
    this.workplace = workplace;
    this.screen = screen;
  }

  /** Exit status 0 only when the run succeeded and its table answered. */
  public static void main(String[] args) throws Exception {
    if (Help.isWanted(args)) {
      System.out.println(DemoOptions.USAGE);
      return;
    }
    DemoOptions options;
    try {
      options = DemoOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("demo: " + e.getMessage() + "\n" + DemoOptions.USAGE);
      System.exit(BAD_USAGE);
      return;
    }
    Workplace workplace = new Workplace(Path.of("").toAbsolutePath(), "demo");
    Demo demo = new Demo(workplace, new Screen(System.out, options.terminal()));
    Runtime.getRuntime().addShutdownHook(new Thread(workplace::close, "demo-end"));
    int status = 0;
    try {
      demo.play(options);
    } catch (Failure | IOException | SQLException e) {
      if (workplace.isClosed()) {
        return; // Somebody has ended the demo; that what it waited for ended too is no failure.
      }
      status = 1;
      Path logs = workplace.keepLogs("demo-logs");
      demo.screen.line("demo: FAILED " + e.getMessage());
      System.err.println("demo: the logs are in " + logs);
    }
    workplace.close();
    System.exit(status);
  }

  private void play(DemoOptions options)
      throws Failure, IOException, SQLException, InterruptedException {
    screen.progress("starting the stand-ins");
    Cloud cloud =
        workplace.startCloud(
            List.of(
                "--bucket", "landing", "--bucket", "curated", "--s3-events", "landing=s3-events"));
    double cloudReady = screen.seconds();
    screen.done(
        "stand-ins: S3 %s, EMR %s, Snowflake %s"
            .formatted(cloud.s3(), cloud.emr(), cloud.snowflake()));
    screen.progress("starting the service");
    int port = options.stay() && Workplace.isFree(USUAL_PORT) ? USUAL_PORT : Workplace.freePort();
    Path file = options.file().orElse(irisFile());
    DemoPipeline pipeline = options.pipeline();
    SourceServer source = SourceServer.of(file);
    Child child = startService(cloud, source, port);
    Service service = Workplace.service(port);
    double serviceReady = screen.seconds();
    screen.done("service: %s".formatted(service.address()));

    switch (pipeline) {
      case IRIS -> land(cloud, file);
      case IRIS_DAG -> start(service, source);
    }
    double put = screen.seconds();
    Instant landed = clock.instant();

    JsonNode run = watch(service);
    Report report = new Report(pipeline, screen, cloud, run, landed);
    int rows = report.show();
    if (options.facts().isPresent()) {
      Facts facts = new Facts();
      facts.phase("stand-ins ready", seconds(cloudReady));
      facts.phase("service ready", seconds(serviceReady - cloudReady));
      facts.phase("file landed", seconds(put - serviceReady));
      report.addTo(facts, clock.instant());
      facts.mib("rss", child.residentMib());
      facts.mib("peak-rss", child.peakResidentMib());
      facts.write(options.facts().get());
    }
    if (!run.path("state").asString().equals("SUCCEEDED")) {
      throw new Failure(
          "run %s ended as %s: %s"
              .formatted(
                  run.path("id").asString(),
                  run.path("state").asString(),
                  run.path("message").asString()));
    }
    String line = report.lastLine(rows);
    if (options.stay()) {
      stay(service, cloud, pipeline);
    }
    source.close();
    workplace.close();
    screen.line(line);
  }

  private void land(Cloud cloud, Path file) throws IOException {
    String key = "iris/" + file.getFileName();
    cloud.put(file, "landing", key);
    screen.done("landed: s3://landing/%s, %d bytes".formatted(key, Files.size(file)));
  }

  private void start(Service service, SourceServer source)
      throws IOException, InterruptedException {
    service.start(DemoPipeline.IRIS_DAG.configured());
    screen.done(
        "started: POST /api/pipelines/%s/start; the source is %s"
            .formatted(DemoPipeline.IRIS_DAG.configured(), source.url()));
  }

  private Child startService(Cloud cloud, SourceServer source, int port)
      throws Failure, IOException, InterruptedException {
    Child child =
        workplace.startService(
            "service",
            cloud,
            port,
            List.of(),
            Map.of("PIPELINES_IRIS_DAG_INGEST_URL", source.url().toString()));
    Workplace.await(child, Workplace.service(port)::isReady);
    return child;
  }

  private JsonNode watch(Service service) throws Failure, IOException, InterruptedException {
    while (true) {
      var newest = service.newestRun();
      screen.progress(newest.map(Report::words).orElse("waiting for the run to begin"));
      if (newest.isPresent() && Report.isFinal(newest.get())) {
        screen.done(Report.words(newest.get()));
        return service.run(newest.get().path("id").asString());
      }
      Workplace.pause(workplace.children());
    }
  }

  private void stay(Service service, Cloud cloud, DemoPipeline pipeline)
      throws InterruptedException {
    screen.line(
        """

        The service keeps running until Ctrl-C:
          runs       %1$s/api/runs
          pipelines  %1$s/api/pipelines
          health     %1$s/q/health
          metrics    %1$s/q/metrics
          a new run  curl -X POST %1$s/api/pipelines/iris-dag/start
          a new file java -cp %3$s localcloud.Tool put %2$s FILE s3://landing/iris/NAME
          the table  java -cp %3$s localcloud.snowflake.Sql '%4$s' 'SELECT CLASS_NAME, FLOWERS, RUN_ID FROM %5$s'\
        """
            .formatted(
                service.address(),
                cloud.s3(),
                "local-cloud/target/local-cloud.jar",
                cloud.signedIn(),
                pipeline.table()));
    new CountDownLatch(1).await();
  }

  private Path irisFile() throws IOException {
    Path file = workplace.folder().resolve("iris.data");
    try (InputStream resource = Demo.class.getResourceAsStream("/iris/iris.data")) {
      Files.copy(resource, file);
    }
    return file;
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }
}
