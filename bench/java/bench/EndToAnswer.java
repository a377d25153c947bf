package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import localcloud.Cloud;
import localcloud.process.Child;
import localcloud.process.Failure;
import localcloud.process.Service;
import localcloud.process.Workplace;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;

/**
 * From the end of a step until the statement is answered that proves the table to have its rows,
 * with several runs at once, without EMR's events and at the defaults of everything that says how
 * often EMR is asked. Steps take their time without Spark, so that the service has the machine.
 */
final class EndToAnswer {

  private static final String BUCKET = "landing";

  private static final String PIPELINE =
      """
      pipelines.bench.landing.bucket=landing
      pipelines.bench.landing.poll=1s
      pipelines.bench.batch.max-objects=1
      pipelines.bench.batch.max-wait=0s
      pipelines.bench.input.format=csv
      pipelines.bench.input.header=false
      pipelines.bench.input.columns=N int
      pipelines.bench.curated.bucket=curated
      pipelines.bench.warehouse.database=BENCH
      pipelines.bench.warehouse.table=NUMBERS
      pipelines.bench.warehouse.manage=everything
      """;

  /** Steps of one pipeline take about as long each time, and rarely end together. */
  private static final int LEAST_STEP_SECONDS = 40;

  private static final int MOST_STEP_SECONDS = 60;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long BETWEEN_QUESTIONS_MILLIS = 2_000;

  private final Cloud cloud;
  private final Service service;
  private final Random random = new Random(1);
  private final Set<String> measured = new HashSet<>();

  private EndToAnswer(Cloud cloud, Service service) {
    this.cloud = cloud;
    this.service = service;
  }

  /**
   * Lets so many runs at once go to their tables, several times.
   *
   * @param taken where the seconds go that each took
   * @throws bench.Failure where the service does not start, or a run does not succeed
   */
  static void play(int together, int times, Samples taken)
      throws IOException, InterruptedException, bench.Failure {
    try (Workplace place = new Workplace(Path.of("").toAbsolutePath(), "end-to-answer")) {
      try {
        start(place).goTogether(together, times, taken);
      } catch (Failure e) {
        throw new bench.Failure(
            "%s; the logs are in %s"
                .formatted(e.getMessage(), place.keepLogs("bench/end-to-answer")));
      }
    }
  }

  private static EndToAnswer start(Workplace place)
      throws IOException, InterruptedException, Failure {
    Cloud cloud = place.startCloud(List.of("--bucket", BUCKET, "--bucket", "curated"));
    Path config = Files.createDirectories(place.folder().resolve("config"));
    Files.writeString(config.resolve("application.properties"), PIPELINE);
    int port = Workplace.freePort();
    Child child = place.startService("service", cloud, port, List.of(), Map.of());
    Service service = Workplace.service(port);
    Workplace.await(child, service::isReady);
    return new EndToAnswer(cloud, service);
  }

  private void goTogether(int together, int times, Samples taken)
      throws IOException, InterruptedException, Failure {
    Control control = new Control(cloud.control());
    for (int time = 1; time <= times; time++) {
      Report.progress("%d runs at once, %d of %d", together, time, times);
      for (int i = 0; i < together; i++) {
        control.succeedOneStep(random.nextInt(LEAST_STEP_SECONDS, MOST_STEP_SECONDS + 1));
      }
      land(time, together);
      await(time * together, taken);
    }
  }

  private void land(int time, int objects) {
    try (S3Client s3 = cloud.s3Client()) {
      for (int i = 0; i < objects; i++) {
        String key = "bench/%d-%d.csv".formatted(time, i);
        s3.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString("1\n"));
      }
    }
  }

  private void await(int runs, Samples taken) throws IOException, InterruptedException, Failure {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (measured.size() < runs) {
      if (System.nanoTime() > deadline) {
        throw new Failure("only %d of %d runs have succeeded".formatted(measured.size(), runs));
      }
      Workplace.pause(BETWEEN_QUESTIONS_MILLIS);
      for (JsonNode run : service.runs(runs)) {
        String id = run.path("id").asString();
        if (run.path("state").asString().equals("SUCCEEDED") && measured.add(id)) {
          taken.add(seconds(service.run(id)));
        }
      }
    }
  }

  private static double seconds(JsonNode run) {
    JsonNode steps = run.path("attempts").path(0).path("cluster").path("steps");
    Instant ended = Instant.parse(steps.path(steps.size() - 1).path("endedAt").asString());
    JsonNode last = run.path("statements").path(run.path("statements").size() - 1);
    Instant answered =
        Instant.parse(last.path("sentAt").asString()).plusMillis(last.path("millis").asLong());
    return Duration.between(ended, answered).toNanos() / 1e9;
  }
}
