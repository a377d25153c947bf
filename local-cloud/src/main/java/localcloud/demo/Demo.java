package localcloud.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
import localcloud.snowflake.Sql;
import tools.jackson.databind.JsonNode;

/**
 * The main job on a laptop: starts the stand-ins and the packaged service as processes of their
 * own, lands a file or starts a run that fetches it, watches the run and shows the table. The
 * service is the one that runs in production; only endpoints and credentials differ.
 */
public final class Demo {

  private static final Path HOME = Path.of("").toAbsolutePath();
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
    PipelinesFile pipelines;
    try {
      options = DemoOptions.parse(args);
      pipelines =
          options.config().isPresent()
              ? PipelinesFile.read(options.config().get())
              : PipelinesFile.iris();
      mustHaveWork(options, pipelines);
    } catch (IllegalArgumentException e) {
      System.err.println("demo: " + e.getMessage() + "\n" + DemoOptions.USAGE);
      System.exit(BAD_USAGE);
      return;
    }
    Workplace workplace = new Workplace(HOME, "demo");
    Demo demo = new Demo(workplace, new Screen(System.out, options.terminal()));
    Runtime.getRuntime().addShutdownHook(new Thread(workplace::close, "demo-end"));
    int status = 0;
    try {
      demo.play(options, pipelines);
    } catch (Failure | IOException | SQLException e) {
      if (workplace.isClosed()) {
        return; // The user has ended the demo; that its processes ended too is no failure.
      }
      status = 1;
      Path logs = workplace.keepLogs("demo-logs");
      demo.screen.line("demo: FAILED " + e.getMessage());
      System.err.println("demo: the logs are in " + logs);
    }
    workplace.close();
    System.exit(status);
  }

  /** A user's pipeline shows something only if a file lands, or its runs fetch one. */
  private static void mustHaveWork(DemoOptions options, PipelinesFile pipelines) {
    String shown = pipelines.shown(options.pipeline());
    if (options.config().isPresent()
        && options.file().isEmpty()
        && !options.stay()
        && !pipelines.fetches(shown)) {
      throw new IllegalArgumentException(
          "--config needs something to do: land a file for %s (--file F), or keep serving (--stay)"
              .formatted(shown));
    }
  }

  private void play(DemoOptions options, PipelinesFile pipelines)
      throws Failure, IOException, SQLException, InterruptedException {
    String shown = pipelines.shown(options.pipeline());
    Cloud cloud = startCloud(pipelines, shown);
    double cloudReady = screen.seconds();
    prepare(cloud, options, pipelines);
    screen.progress("starting the service");
    int port = options.stay() && Workplace.isFree(USUAL_PORT) ? USUAL_PORT : Workplace.freePort();
    Path file = options.file().orElse(irisFile());
    boolean isIris = options.config().isEmpty();
    SourceServer source = SourceServer.of(file);
    Child child = startService(cloud, source, port, isIris);
    Service service = Workplace.service(port);
    double serviceReady = screen.seconds();
    screen.done("service: %s".formatted(service.address()));
    ShownPipeline pipeline = ShownPipeline.of(service.pipeline(shown));

    if (pipeline.fetches()) {
      start(service, pipeline, source, isIris);
    } else if (isIris || options.file().isPresent()) {
      land(cloud, pipeline, file);
    } else {
      stay(service, cloud, pipeline, "SELECT * FROM " + pipeline.table());
    }
    double put = screen.seconds();
    Instant landed = clock.instant();

    JsonNode run = watch(service);
    Report report = new Report(pipeline, screen, cloud, run, landed);
    report.show();
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
    String line = report.lastLine();
    if (options.stay()) {
      stay(service, cloud, pipeline, report.query());
    }
    source.close();
    workplace.close();
    screen.line(line);
  }

  private Cloud startCloud(PipelinesFile pipelines, String shown)
      throws Failure, IOException, InterruptedException {
    screen.progress("starting the stand-ins");
    List<String> options = new ArrayList<>();
    for (String bucket : pipelines.buckets()) {
      options.addAll(List.of("--bucket", bucket));
    }
    pipelines
        .landingBucket(shown)
        .ifPresent(bucket -> options.addAll(List.of("--s3-events", bucket + "=s3-events")));
    Cloud cloud = workplace.startCloud(options);
    screen.done(
        "stand-ins: S3 %s, EMR %s, Snowflake %s"
            .formatted(cloud.s3(), cloud.emr(), cloud.snowflake()));
    return cloud;
  }

  /** Does what an administrator does before a user's pipeline runs in an account. */
  private void prepare(Cloud cloud, DemoOptions options, PipelinesFile pipelines)
      throws IOException, SQLException {
    workplace.configure(pipelines.properties());
    if (options.config().isPresent()) {
      for (String statement : pipelines.statements()) {
        Sql.rows(cloud.signedIn(), statement);
      }
      screen.done(
          "made for %s: the buckets %s, and in Snowflake the databases and integrations that it names"
              .formatted(options.config().get(), String.join(", ", pipelines.buckets())));
    }
  }

  private void land(Cloud cloud, ShownPipeline pipeline, Path file) throws IOException {
    String bucket = pipeline.landing().bucket();
    String key = pipeline.landing().key() + file.getFileName();
    cloud.put(file, bucket, key);
    screen.done("landed: s3://%s/%s, %d bytes".formatted(bucket, key, Files.size(file)));
  }

  private void start(Service service, ShownPipeline pipeline, SourceServer source, boolean isIris)
      throws IOException, InterruptedException {
    service.start(pipeline.name());
    screen.done(
        "started: POST /api/pipelines/%s/start%s"
            .formatted(pipeline.name(), isIris ? "; the source is " + source.url() : ""));
  }

  private Child startService(Cloud cloud, SourceServer source, int port, boolean isIris)
      throws Failure, IOException, InterruptedException {
    Map<String, String> settings = new HashMap<>();
    if (isIris) {
      settings.put("PIPELINES_IRIS_DAG_INGEST_URL", source.url().toString());
    }
    Child child = workplace.startService("service", cloud, port, List.of(), settings);
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

  private void stay(Service service, Cloud cloud, ShownPipeline pipeline, String query)
      throws InterruptedException {
    String more =
        pipeline.fetches()
            ? "a new run  curl -X POST %s/api/pipelines/%s/start"
                .formatted(service.address(), pipeline.name())
            : """
              a new file java -cp '%1$s' localcloud.Tool put %2$s FILE s3://%3$s/%4$sNAME
                break it   java -cp '%1$s' localcloud.Tool put %2$s '%5$s' s3://%3$s/%4$sbroken.csv\
              """
                .formatted(
                    jar(),
                    cloud.s3(),
                    pipeline.landing().bucket(),
                    pipeline.landing().key(),
                    there("pom.xml"));
    screen.line(
        """

        The service keeps running until Ctrl-C:
          the API    %1$s/q/swagger-ui
          health     %2$s/q/health
          metrics    %2$s/q/metrics
          %3$s
          the table  java -cp '%4$s' localcloud.snowflake.Sql '%5$s' '%6$s'
          the page   %1$s/\
        """
            .formatted(
                service.address(), service.management(), more, jar(), cloud.signedIn(), query));
    new CountDownLatch(1).await();
  }

  /** The path of the stand-ins' jar from the user's working directory. */
  private static Path jar() {
    return there("local-cloud/target/local-cloud.jar");
  }

  private static Path there(String file) {
    return Path.of(System.getProperty("demo.from", ""))
        .toAbsolutePath()
        .relativize(HOME)
        .resolve(file);
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
