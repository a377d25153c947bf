package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import localcloud.Cloud;
import localcloud.process.Child;
import localcloud.process.Service;
import localcloud.process.Workplace;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;

/**
 * From S3's answer to a PUT until EMR receives RunJobFlow for the object's own cluster: in one packaged service first with S3's events and a rare listing, then only by a listing every second. Neither EMR's quotas nor a limit of clusters delays anything, and no step runs Spark.
 */
final class LandedToLaunch {

  /** How the service finds an object. */
  enum Way {
    EVENTS("15m"),
    LISTING("1s");

    private final String poll;

    Way(String poll) {
      this.poll = poll;
    }

    /** Its name, and that of its bucket and its pipeline. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String SERVICE =
      """
      service.max-clusters=100000
      aws.emr.quota-share=100
      """;

  private static final String PIPELINE =
      """
      pipelines.%1$s.landing.bucket=%1$s
      pipelines.%1$s.landing.poll=%2$s
      pipelines.%1$s.batch.max-objects=1
      pipelines.%1$s.batch.max-wait=0s
      pipelines.%1$s.input.format=csv
      pipelines.%1$s.input.columns=N int
      pipelines.%1$s.transform.sql=SELECT N FROM landed
      pipelines.%1$s.curated.bucket=curated
      pipelines.%1$s.warehouse.database=BENCH
      pipelines.%1$s.warehouse.table=%1$s
      pipelines.%1$s.warehouse.manage=everything
      """;

  /** These are not counted, because the service has just started. */
  private static final int WARM_UP = 10;

  /** The objects land at any time between two listings. */
  private static final int LEAST_PAUSE_MILLIS = 300;

  private static final int MOST_PAUSE_MILLIS = 700;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Control control;
  private final Service service;
  private final Cloud cloud;
  private final Random random = new Random(1);

  private LandedToLaunch(Cloud cloud, Service service) {
    this.control = new Control(cloud.control());
    this.service = service;
    this.cloud = cloud;
  }

  /**
   * Lands that many objects in each way, and returns the seconds that each took.
   *
   * @throws Failure if the service does not start, or launches no cluster for an object
   */
  static Map<Way, Samples> play(int objects) throws IOException, InterruptedException, Failure {
    try (Workplace place = new Workplace(Path.of("").toAbsolutePath(), "landed-to-launch")) {
      try {
        return play(place, objects);
      } catch (localcloud.process.Failure e) {
        throw new Failure(
            "%s; the logs are in %s"
                .formatted(e.getMessage(), place.keepLogs("bench/landed-to-launch")));
      }
    }
  }

  private static Map<Way, Samples> play(Workplace place, int objects)
      throws IOException, InterruptedException, localcloud.process.Failure {
    Cloud cloud =
        place.startCloud(
            List.of(
                "--bucket", Way.EVENTS.word(), "--bucket", Way.LISTING.word(),
                "--bucket", "curated", "--s3-events", Way.EVENTS.word() + "=s3-events"));
    StringBuilder settings = new StringBuilder(SERVICE);
    for (Way way : Way.values()) {
      settings.append(PIPELINE.formatted(way.word(), way.poll));
    }
    Path config = Files.createDirectories(place.folder().resolve("config"));
    Files.writeString(config.resolve("application.properties"), settings);
    int port = Workplace.freePort();
    Child child = place.startService("service", cloud, port, List.of(), Map.of());
    Service service = Workplace.service(port);
    Workplace.await(child, service::isReady);
    LandedToLaunch benchmark = new LandedToLaunch(cloud, service);
    benchmark.control.hangAllSteps();
    Map<Way, Samples> taken = new HashMap<>();
    for (Way way : Way.values()) {
      Report.progress("%d objects by %s", objects, way.word());
      benchmark.land(way, WARM_UP);
      taken.put(way, benchmark.measure(way, objects));
    }
    return taken;
  }

  private Samples measure(Way way, int objects)
      throws IOException, InterruptedException, localcloud.process.Failure {
    Map<String, Instant> landed = land(way, objects);
    Map<String, Instant> launched = launched(way, WARM_UP + objects);
    Samples taken = new Samples();
    landed.forEach(
        (uri, at) -> taken.add(Duration.between(at, launched.get(uri)).toNanos() / 1e9));
    return taken;
  }

  /** Lands one object after another, and returns by URI when S3 had answered. */
  private Map<String, Instant> land(Way way, int objects) throws InterruptedException {
    Map<String, Instant> landed = new HashMap<>();
    try (S3Client s3 = cloud.s3Client()) {
      for (int i = 0; i < objects; i++) {
        Workplace.pause(random.nextInt(LEAST_PAUSE_MILLIS, MOST_PAUSE_MILLIS + 1));
        String key = "%s/%d-of-%d.csv".formatted(way.word(), i + 1, objects);
        s3.putObject(
            request -> request.bucket(way.word()).key(key), RequestBody.fromString("1\n"));
        landed.put("s3://" + way.word() + "/" + key, Instant.now());
      }
    }
    return landed;
  }

  /** When EMR was asked for the cluster of each object's run, by the object's URI. */
  private Map<String, Instant> launched(Way way, int objects)
      throws IOException, InterruptedException, localcloud.process.Failure {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Map<String, Instant> launches = control.launches();
    while (launches.keySet().stream().filter(name -> name.contains(inName(way))).count() < objects) {
      if (System.nanoTime() > deadline) {
        throw new localcloud.process.Failure(
            "not each of %d objects has a cluster a minute after the last landed, by %s"
                .formatted(objects, way.word()));
      }
      Workplace.pause(1_000);
      launches = control.launches();
    }
    Map<String, Instant> launched = new HashMap<>();
    for (Map.Entry<String, Instant> launch : launches.entrySet()) {
      if (launch.getKey().contains(inName(way))) {
        JsonNode run = service.run(runOf(launch.getKey()));
        launched.put(run.path("landed").path(0).path("uri").asString(), launch.getValue());
      }
    }
    return launched;
  }

  /** A cluster's name consists of installation, pipeline, run and attempt. */
  private static String inName(Way way) {
    return " " + way.word() + " ";
  }

  private static String runOf(String cluster) {
    return cluster.split(" ", -1)[2];
  }
}
