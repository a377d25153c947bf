package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Many runs at once against EMR's quotas, in virtual time. */
final class Quota {

  private static final Path FOLDER = Path.of("target", "bench", "quota");
  private static final int MANY = 500;
  private static final int SOME = 50;
  private static final int CANCELLED = 20;

  /** In seconds, from TERMINATED at EMR until the last of the cancelled runs is CANCELLED. */
  private static final double CLOSED_WITHIN = 15;

  private static final double HALF = 0.5 + 1e-9;
  private static final double SECONDS_PER_HOUR = 3_600;

  /** The floor of freshness: seconds for 99 of 100 changes, by runs at once. */
  private static final Map<Integer, Double> FRESH = Map.of(SOME, 10.0, MANY, 60.0);

  private Quota() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Options options = new Options(
            args,
            Map.of("--seed", 1, "--runs", MANY),
            Map.of("--runs", SOME),
            Set.of());
    logTo(Files.createDirectories(FOLDER).resolve("service.log"));
    Report report = new Report("quota", options);
    long seed = options.number("--seed");
    int many = options.number("--runs");
    List<Simulation.Setting> settings =
        List.of(
            new Simulation.Setting(1, false, false, seed),
            new Simulation.Setting(Math.max(1, many / 10), false, false, seed),
            new Simulation.Setting(many, false, false, seed),
            new Simulation.Setting(many, true, false, seed),
            new Simulation.Setting(CANCELLED, false, true, seed));
    try {
      List<Simulation.Played> played = play(settings);
      played.forEach(one -> report.line(words(one)));
      freshness(report, played.subList(0, 4));
      changes(report, played.get(2));
      quotas(report, played.get(2));
      quotas(report, played.get(3));
      end(report, played);
    } catch (Failure e) {
      e.end();
    }
  }

  /** Longest first, each with a thread of its own as far as there are cores. */
  private static List<Simulation.Played> play(List<Simulation.Setting> settings)
      throws InterruptedException, Failure {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<Simulation.Played>> playing = new ArrayList<>();
      for (int i = settings.size() - 1; i >= 0; i--) {
        Simulation.Setting setting = settings.get(i);
        playing.add(0, threads.submit(() -> Simulation.play(setting, FOLDER)));
      }
      List<Simulation.Played> played = new ArrayList<>();
      for (Future<Simulation.Played> one : playing) {
        played.add(one.get());
      }
      return played;
    } catch (ExecutionException e) {
      throw new Failure("the simulation ended early: " + e.getCause() + "; see " + FOLDER);
    } finally {
      threads.shutdownNow();
    }
  }

  /** The service's log settings, which are set before the first logger is created. */
  private static void logTo(Path file) throws IOException {
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
    System.setProperty("slf4j.provider", "org.slf4j.impl.JBossSlf4jServiceProvider");
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    root.addHandler(new java.util.logging.FileHandler(file.toString()));
  }

  private static String name(Simulation.Played played) {
    return played.setting().name();
  }

  private static String words(Simulation.Played played) {
    return "%s: all closed after %d min, up to %d clusters at once beside %d of others; failed: %d; EMR refused %d calls"
        .formatted(
            name(played),
            played.took().toMinutes(),
            played.mostClusters(),
            played.others(),
            played.failed(),
            played.throttled());
  }

  private static void freshness(Report report, List<Simulation.Played> all) {
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {
          "seconds from a change at EMR", "median", "p99", "most", "steps' end, median", "calls/run-h", "one poll/run", ""
        });
    for (Simulation.Played played : all) {
      Freshness fresh = played.freshness();
      rows.add(
          new String[] {
            name(played),
            Samples.text("%.1f", fresh.percentile("", 0.5)),
            Samples.text("%.1f", p99(played)),
            Samples.text("%.1f", fresh.percentile("", 1)),
            Samples.text("%.1f", fresh.percentile(Freshness.STEPS, 0.5)),
            Samples.text("%.1f", callsPerRunHour(played)),
            Samples.text("%.1f", onePollPerRun(played)),
            floor(played)
          });
    }
    report.table(rows);
    Simulation.Played many = all.get(2);
    report.line(
        Samples.text("One poll per run would take ListSteps' whole quota %.0f times", overQuota(many))
            + " at %d runs, to be as fresh as this.".formatted(many.setting().runs()));
  }

  private static String floor(Simulation.Played played) {
    Double floor = FRESH.get(played.setting().runs());
    if (played.setting().isShared() || floor == null) {
      return "";
    }
    return Samples.text("floor: p99 at most %.0f, ", floor)
        + (p99(played) <= floor ? "kept" : "MISSED");
  }

  private static void changes(Report report, Simulation.Played played) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {name(played) + ", by change", "median", "p99", "most", ""});
    for (String what : Freshness.KINDS) {
      rows.add(
          new String[] {
            what,
            Samples.text("%.1f", played.freshness().percentile(what, 0.5)),
            Samples.text("%.1f", played.freshness().percentile(what, 0.99)),
            Samples.text("%.1f", played.freshness().percentile(what, 1)),
            ""
          });
    }
    report.table(rows);
  }

  private static void quotas(Report report, Simulation.Played played) {
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {name(played) + ", by API", "calls", "refused", "used", "in the worst", ""});
    played
        .use()
        .forEach(
            (quota, use) ->
                rows.add(
                    new String[] {
                      quota.toString(),
                      Long.toString(use.calls()),
                      Long.toString(use.throttled()),
                      percent(use.whole()),
                      percent(use.worst()),
                      "floor: at most 50 %, " + (isKept(use) ? "kept" : "MISSED")
                    }));
    report.table(rows);
  }

  private static void end(Report report, List<Simulation.Played> all) throws IOException {
    Simulation.Played many = all.get(2);
    double closing = all.get(4).closing().toMillis() / 1e3;
    long failures = all.stream().mapToLong(Simulation.Played::failed).sum();
    report.end(
        "runs=%d throttle-failures=%d freshness-p99-s=%s calls-per-run-hour=%s one-poll-per-run=%s cancelled-closed-s=%s"
            .formatted(
                many.setting().runs(),
                failures,
                Samples.text("%.1f", p99(many)),
                Samples.text("%.1f", callsPerRunHour(many)),
                Samples.text("%.1f", onePollPerRun(many)),
                Samples.text("%.1f", closing)));
    boolean isWithin = all.stream().flatMap(one -> one.use().values().stream()).allMatch(Quota::isKept);
    System.exit(failures == 0 && isWithin && closing <= CLOSED_WITHIN ? 0 : 1);
  }

  private static boolean isKept(QuotaUse use) {
    return use.whole() <= HALF && use.worst() <= HALF;
  }

  private static String percent(double part) {
    return Samples.text("%.1f %%", 100 * part);
  }

  private static double p99(Simulation.Played played) {
    return played.freshness().percentile("", 0.99);
  }

  private static double callsPerRunHour(Simulation.Played played) {
    return played.calls() / (played.clusterTime().toMillis() / 1e3 / SECONDS_PER_HOUR);
  }

  /** A DescribeCluster and a ListSteps for each run, often enough that 99 of 100 changes are as fresh. */
  private static double onePollPerRun(Simulation.Played played) {
    return 2 * SECONDS_PER_HOUR / pollPeriod(played);
  }

  private static double overQuota(Simulation.Played played) {
    return played.setting().runs() / pollPeriod(played) / QuotaUse.Quota.LIST_STEPS.perSecond();
  }

  private static double pollPeriod(Simulation.Played played) {
    return p99(played) / 0.99;
  }
}
