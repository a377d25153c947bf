package bench;

import bench.LandedToLaunch.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The demo, several times: where its time goes, and what the service needs; and how soon the service launches clusters for many objects, one after another.
 */
final class MainJob {

  private static final Path FOLDER = Path.of("target", "bench", "main-job");
  private static final String PHASE = "phase.";
  private static final double DEMO_FLOOR = 60;
  private static final double P99 = 0.99;
  private static final double ANSWER_FLOOR = 1.5;
  private static final Map<Way, Double> LAUNCH_FLOORS = Map.of(Way.EVENTS, 1.0, Way.LISTING, 2.0);

  private final Map<String, Samples> phases = new LinkedHashMap<>();
  private final Map<String, Samples> others = new LinkedHashMap<>();
  private final Map<Way, Samples> launches = new EnumMap<>(Way.class);
  private final Samples answers = new Samples();
  private final Samples rest = new Samples();
  private final Samples wall = new Samples();

  private MainJob() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Options options = new Options(
            args,
            Map.of("--runs", 3, "--objects", 100, "--together", 10, "--times", 3),
            Map.of("--runs", 1, "--objects", 5, "--together", 2, "--times", 1),
            Set.of());
    Files.createDirectories(FOLDER);
    Report report = new Report("main-job", options);
    MainJob job = new MainJob();
    try {
      for (int run = 1; run <= options.number("--runs"); run++) {
        Report.progress("demo %d of %d", run, options.number("--runs"));
        double seconds = job.run(run);
        report.line(Samples.text("run " + run + ": %.1f s", seconds));
      }
      job.launches.putAll(LandedToLaunch.play(options.number("--objects")));
      EndToAnswer.play(options.number("--together"), options.number("--times"), job.answers);
    } catch (Failure e) {
      e.end();
    }
    job.show(report);
  }

  /** Runs the demo once, and returns how many seconds it took from its command to its end. */
  private double run(int number) throws IOException, InterruptedException, Failure {
    Path facts = FOLDER.resolve("facts-" + number + ".properties").toAbsolutePath();
    Path log = FOLDER.resolve("demo-" + number + ".log");
    Files.deleteIfExists(facts);
    long start = System.nanoTime();
    Process demo =
        new ProcessBuilder("./demo.sh", "--facts", facts.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int status = demo.waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (status != 0) {
      throw new Failure("run %d of the demo ended with %d; see %s".formatted(number, status, log));
    }
    double inPhases = 0;
    for (String fact : Files.readAllLines(facts)) {
      String name = fact.substring(0, fact.indexOf('='));
      double value = Double.parseDouble(fact.substring(fact.indexOf('=') + 1));
      boolean isPhase = name.startsWith(PHASE);
      inPhases += isPhase ? value : 0;
      (isPhase ? phases : others).computeIfAbsent(name, any -> new Samples()).add(value);
    }
    wall.add(seconds);
    rest.add(seconds - inPhases);
    return seconds;
  }

  private void show(Report report) throws IOException {
    Samples launch = others.get("landed-to-launch");
    Samples answer = others.get("end-to-answer");
    Samples ready = phases.get(PHASE + "service_ready");
    Samples memory = others.get("peak-rss");

    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"seconds until", "median", "least", "most", ""});
    phases.forEach(
        (name, samples) ->
            rows.add(samples.row(name.substring(PHASE.length()).replace('_', ' '), "%.2f", "")));
    rows.add(rest.row("the demo has ended", "%.2f", "clean-up, and its own start"));
    rows.add(wall.row("all of it", "%.2f", floor(wall.median(), DEMO_FLOOR) + " on 2 cores"));
    rows.add(new String[] {"", "", "", "", ""});
    rows.add(launch.row("landed to RunJobFlow", "%.2f", floor(launch.median(), LAUNCH_FLOORS.get(Way.EVENTS))));
    rows.add(answer.row("step's end to answer", "%.2f", ""));
    rows.add(ready.row("service start to ready", "%.2f", "asked every 0.2 s"));
    rows.add(others.get("rss").row("service's memory, MiB", "%.0f", "at the end; -Xmx256m"));
    rows.add(memory.row("its peak, MiB", "%.0f", ""));
    report.table(rows);
    showLaunches(report);
    showAnswers(report);
    report.end(
        "demo-s=%s landed-to-launch-s=%s end-to-answer-s=%s ready-s=%s rss-mb=%s %s answers-p50-s=%s answers-p99-s=%s"
            .formatted(
                Samples.text("%.1f", wall.median()),
                Samples.text("%.2f", launch.median()),
                Samples.text("%.2f", answer.median()),
                Samples.text("%.1f", ready.median()),
                Samples.text("%.0f", memory.median()),
                launchKeys(),
                Samples.text("%.2f", answers.median()),
                Samples.text("%.2f", answers.percentile(P99))));
  }

  private void showAnswers(Report report) {
    report.table(
        List.of(
            new String[] {"step's end to answer", "p50", "p99", "most", ""},
            new String[] {
              "of runs at once",
              Samples.text("%.2f", answers.median()),
              Samples.text("%.2f", answers.percentile(P99)),
              Samples.text("%.2f", answers.greatest()),
              "p50 " + floor(answers.median(), ANSWER_FLOOR)
            }));
  }

  private void showLaunches(Report report) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"landed to RunJobFlow", "p50", "p99", "most", ""});
    launches.forEach(
        (way, samples) ->
            rows.add(
                new String[] {
                  "by " + way.word(),
                  Samples.text("%.2f", samples.median()),
                  Samples.text("%.2f", samples.percentile(P99)),
                  Samples.text("%.2f", samples.greatest()),
                  "p99 " + floor(samples.percentile(P99), LAUNCH_FLOORS.get(way))
                }));
    report.table(rows);
  }

  private String launchKeys() {
    return launches.entrySet().stream()
        .map(
            launch ->
                "%1$s-p50-s=%2$s %1$s-p99-s=%3$s"
                    .formatted(
                        launch.getKey().word(),
                        Samples.text("%.2f", launch.getValue().median()),
                        Samples.text("%.2f", launch.getValue().percentile(P99))))
        .collect(Collectors.joining(" "));
  }

  private static String floor(double value, double floor) {
    return Samples.text(floor == Math.rint(floor) ? "floor: at most %.0f, " : "floor: at most %.1f, ", floor)
        + (value <= floor ? "kept" : "MISSED");
  }
}
