package localcloud;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import localcloud.emr.EmrServer;
import localcloud.emr.SparkRuntime;
import localcloud.faults.ControlServer;
import localcloud.faults.Faults;
import localcloud.s3.S3Server;
import localcloud.snowflake.SnowflakeServer;
import localcloud.snowflake.sql.Refusal;
import localcloud.sqs.SqsServer;

/** The stand-ins for a laptop as one process: S3, SQS, EMR and Snowflake on loopback. */
public final class LocalCloud implements AutoCloseable {
  private static final int BAD_USAGE = 2;

  private final Deque<AutoCloseable> servers = new ArrayDeque<>();
  private final List<String> lines = new ArrayList<>();
  private final Cloud cloud;

  LocalCloud(Options options) throws IOException {
    Faults faults = new Faults(Clock.systemUTC());
    S3Server s3 = startS3(options, faults);
    Optional<SqsServer> sqs = startSqs(options.sqs());
    Optional<URI> events =
        options.sqs().emrEvents().map(queue -> sqs.orElseThrow().createQueue(queue));
    Optional<URI> landings =
        options.sqs().s3Events().map(told -> tellEvents(s3, told, sqs.orElseThrow()));
    EmrServer emr = startEmr(options, s3, faults);
    events.ifPresent(queue -> emr.tellEvents(event -> sqs.orElseThrow().send(queue, event)));
    SnowflakeServer snowflake = startSnowflake(options, s3, faults);
    ControlServer control = new ControlServer(faults);
    servers.push(control);
    control.start();
    cloud =
        new Cloud(
            s3.endpoint(),
            emr.endpoint(),
            "jdbc:snowflake://localhost:%d/?ssl=off&account=local".formatted(snowflake.port()),
            control.endpoint(),
            sqs.map(SqsServer::endpoint),
            events,
            landings);
    announce("Snowflake", cloud.snowflake(), "reads the Parquet of those buckets");
    announce("Control", cloud.control().toString(), "takes faults, lists calls");
  }

  private S3Server startS3(Options options, Faults faults) throws IOException {
    S3Server s3 = new S3Server(options.s3Port(), options.data().resolve("s3"), faults);
    servers.push(s3);
    s3.start();
    options.buckets().forEach(s3::createBucket);
    announce("S3", s3.endpoint().toString(), "buckets below " + s3.root());
    return s3;
  }

  private static URI tellEvents(S3Server s3, Options.S3Events told, SqsServer sqs) {
    URI queue = sqs.createQueue(told.queue());
    s3.tellEvents(told.bucket(), event -> sqs.send(queue, event));
    return queue;
  }

  private EmrServer startEmr(Options options, S3Server s3, Faults faults) throws IOException {
    SparkRuntime spark = SparkRuntime.load(options.sparkClassPath());
    EmrServer emr =
        new EmrServer(
            new EmrServer.Settings(
                options.emrPort(),
                options.provisioning(),
                options.terminating(),
                options.visibility(),
                options.quotas()),
            spark,
            s3,
            options.data(),
            Clock.systemUTC(),
            faults);
    servers.push(emr);
    emr.start();
    announce(
        "EMR",
        emr.endpoint().toString(),
        "runs Spark %s on Java %d".formatted(spark.version(), Runtime.version().feature()));
    return emr;
  }

  private SnowflakeServer startSnowflake(Options options, S3Server s3, Faults faults)
      throws IOException {
    SnowflakeServer snowflake =
        new SnowflakeServer(
            options.snowflakePort(),
            s3.root(),
            faults,
            Clock.offset(Clock.systemUTC(), options.snowflake().ahead()));
    servers.push(snowflake);
    if (options.snowflake().setup().isPresent()) {
      setUp(snowflake, options.snowflake().setup().get());
    }
    snowflake.recordTo(options.data().resolve("snowflake-statements.jsonl"));
    snowflake.start();
    return snowflake;
  }

  private static void setUp(SnowflakeServer snowflake, Path script) throws IOException {
    try {
      snowflake.setUp(Files.readString(script));
    } catch (Refusal refused) {
      throw new IllegalArgumentException(
          "--snowflake-setup " + script + ": " + refused.getMessage(), refused);
    }
  }

  /** SQS starts only if it is needed, because that takes time. */
  private Optional<SqsServer> startSqs(Options.Sqs options) throws IOException {
    if (options.queues().isEmpty()) {
      return Optional.empty();
    }
    SqsServer sqs = new SqsServer(options.port());
    servers.push(sqs);
    sqs.start();
    options.queues().forEach(sqs::createQueue);
    String queues = String.join(", ", options.queues());
    announce("SQS", sqs.endpoint().toString(), "queues " + queues);
    return Optional.of(sqs);
  }

  private void announce(String name, String endpoint, String remark) {
    lines.add("%-10s %s   %s".formatted(name, endpoint, remark));
  }

  public static void main(String[] args) throws InterruptedException {
    if (Help.isWanted(args)) {
      System.out.println(Options.USAGE);
      return;
    }
    try {
      Options options = Options.parse(args);
      LocalCloud cloud = new LocalCloud(options);
      Runtime.getRuntime().addShutdownHook(new Thread(cloud::close, "local-cloud-stop"));
      if (options.exitWithParent()) {
        endWithStandardInput();
      }
      if (options.endpoints().isPresent()) {
        write(options.endpoints().get(), cloud.cloud.properties());
      }
      if (options.environment().isPresent()) {
        write(options.environment().get(), exports(cloud.cloud));
      }
      cloud.lines.forEach(System.out::println);
      System.out.println("ready");
    } catch (IllegalArgumentException e) {
      System.err.println("Cannot start local-cloud: " + e.getMessage() + "\n" + Options.USAGE);
      System.exit(BAD_USAGE);
    } catch (IOException e) {
      System.err.println("Cannot start local-cloud: " + e.getMessage());
      System.exit(1);
    }
    new CountDownLatch(1).await();
  }

  private static void endWithStandardInput() {
    Thread watch =
        new Thread(
            () -> {
              try {
                System.in.transferTo(java.io.OutputStream.nullOutputStream());
              } catch (IOException e) {
                // A broken pipe is an end too.
              }
              System.exit(0);
            },
            "ends-with-the-parent");
    watch.setDaemon(true);
    watch.start();
  }

  private static List<String> exports(Cloud cloud) {
    return cloud.environment().entrySet().stream()
        .map(variable -> "export %s='%s'".formatted(variable.getKey(), variable.getValue()))
        .toList();
  }

  /** Writes the file completely or not at all, because others wait for it to appear. */
  private static void write(Path file, List<String> lines) throws IOException {
    Path target = file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    Path draft = Files.createTempFile(target.getParent(), ".endpoints", null);
    Files.write(draft, lines);
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() {
    for (AutoCloseable server : servers) {
      try {
        server.close();
      } catch (Exception e) {
        System.err.println("Cannot stop a stand-in: " + e);
      }
    }
  }
}
