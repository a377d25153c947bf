package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import localcloud.Cloud;
import localcloud.process.Child;
import localcloud.process.Service;
import localcloud.process.Workplace;
import tools.jackson.databind.JsonNode;

/**
 * The cost of the packaged service while many runs wait for clusters whose steps do not end. A first start launches them all, as fast as the stand-in allows; a second takes them over with normal settings, and is measured.
 */
final class Cpu {

  private static final double FLOOR = 10;
  private static final int MOST_LISTED = 1_000;
  private static final long LOOK_MILLIS = 1_000;
  private static final long PATIENCE_SECONDS = 300;
  private static final double NANOS_PER_SECOND = 1e9;

  private Cpu() {}

  public static void main(String[] args) throws Exception {
    Options options = new Options(
            args,
            Map.of("--runs", 500, "--seconds", 60, "--warm-up", 90),
            Map.of("--runs", 10, "--seconds", 10, "--warm-up", 10),
            Set.of());
    Report report = new Report("cpu", options);
    try (Workplace place = new Workplace(Path.of("").toAbsolutePath(), "cpu")) {
      play(place, options, report);
    }
    System.exit(0);
  }

  private static void play(Workplace place, Options options, Report report) throws Exception {
    int runs = options.number("--runs");
    Cloud cloud = place.startCloud(List.of("--bucket", "landing", "--bucket", "curated"));
    new Control(cloud.control()).hangAllSteps();
    place.configure(Workplace.iris());
    Map<String, String> settings = new HashMap<>();
    settings.put("SERVICE_TICK", "5s");
    settings.put("SERVICE_MAX_CLUSTERS", Integer.toString(runs));
    settings.put("PIPELINES_IRIS_BATCH_MAX_OBJECTS", "1");
    launch(place, cloud, settings, runs);
    Child child = start(place, cloud, "service", settings, Workplace.freePort());
    Report.progress("warming up for %d s", options.number("--warm-up"));
    Workplace.pause(Duration.ofSeconds(options.number("--warm-up")).toMillis());
    Report.progress("measuring for %d s", options.number("--seconds"));
    double percent = percentOfACore(child, options.number("--seconds"));
    report.line(
        Samples.text("%.1f %% of one core; floor: less than 10 %%, ", percent)
            + (percent < FLOOR ? "kept" : "MISSED"));
    report.end(
        "runs=%d percent-of-a-core=%s rss-mb=%d"
            .formatted(runs, Samples.text("%.1f", percent), child.residentMib()));
  }

  private static void launch(Workplace place, Cloud cloud, Map<String, String> settings, int runs)
      throws Exception {
    Map<String, String> hurried = new HashMap<>(settings);
    hurried.put("AWS_EMR_QUOTA_SHARE", "100");
    int port = Workplace.freePort();
    Child child = start(place, cloud, "launching-service", hurried, port);
    Service service = Workplace.service(port);
    Path file = Files.writeString(place.folder().resolve("flower.csv"), "5.1,3.5,1.4,0.2,setosa\n");
    for (int i = 0; i < runs; i++) {
      cloud.put(file, "landing", "iris/%d.csv".formatted(i));
    }
    long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
    for (int running = 0; running < runs; running = running(service)) {
      Report.progress("%d of %d clusters run", running, runs);
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("only %d of %d clusters run".formatted(running, runs));
      }
      Workplace.pause(LOOK_MILLIS);
    }
    place.end(child);
  }

  private static Child start(
      Workplace place, Cloud cloud, String name, Map<String, String> settings, int port)
      throws Exception {
    Child child = place.startService(name, cloud, port, List.of(), settings);
    Workplace.await(child, Workplace.service(port)::isReady);
    return child;
  }

  private static double percentOfACore(Child child, int seconds) throws InterruptedException {
    ProcessHandle process = child.command().orElseThrow();
    Duration before = process.info().totalCpuDuration().orElseThrow();
    long begun = System.nanoTime();
    Workplace.pause(Duration.ofSeconds(seconds).toMillis());
    double passed = (System.nanoTime() - begun) / NANOS_PER_SECOND;
    Duration used = process.info().totalCpuDuration().orElseThrow().minus(before);
    return 100 * used.toNanos() / NANOS_PER_SECOND / passed;
  }

  private static int running(Service service) throws IOException, InterruptedException {
    int running = 0;
    for (JsonNode run : service.runs(MOST_LISTED)) {
      running += run.path("clusterState").asString("").equals("RUNNING") ? 1 : 0;
    }
    return running;
  }
}
