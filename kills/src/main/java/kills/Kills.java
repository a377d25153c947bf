package kills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kills.Undisturbed.Occurrence;
import localcloud.Cloud;
import localcloud.Help;
import localcloud.process.Failure;
import localcloud.process.Screen;
import localcloud.process.Workplace;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;

/**
 * Kills the packaged service at every external call of a run, before it acts, after it has acted
 * and after it was answered, and at instants in between; starts it again with the same store; and
 * judges at the end whether anything was lost, done twice or left running.
 */
public final class Kills {

  private static final int BAD_USAGE = 2;
  private static final int SEEDS = 1_000_000;

  private final Workplace workplace;
  private final Screen screen;
  private final KillsOptions options;
  private final Random random;
  private final Set<String> buckets = new HashSet<>();

  private Kills(Workplace workplace, Screen screen, KillsOptions options) {
    this.workplace = workplace;
    this.screen = screen;
    this.options = options;
    this.random = new Random(options.seed());
  }

  /** Exit status 0 only when every point was struck and nothing was wrong. */
  public static void main(String[] args) throws Exception {
    if (Help.isWanted(args)) {
      System.out.println(KillsOptions.USAGE);
      return;
    }
    KillsOptions options;
    try {
      options = KillsOptions.parse(ThreadLocalRandom.current().nextInt(SEEDS), args);
    } catch (IllegalArgumentException e) {
      System.err.println("kills: " + e.getMessage() + "\n" + KillsOptions.USAGE);
      System.exit(BAD_USAGE);
      return;
    }
    Workplace workplace = new Workplace(Path.of("").toAbsolutePath(), "kills");
    Screen screen = new Screen(System.out, false);
    Runtime.getRuntime().addShutdownHook(new Thread(workplace::close, "kills-end"));
    String last;
    boolean isGood = false;
    try {
      Kills kills = new Kills(workplace, screen, options);
      Result result = kills.play();
      last = result.lastLine();
      isGood = result.isGood();
    } catch (Failure | IOException | SQLException e) {
      if (workplace.isClosed()) {
        return; // The harness was ended from outside.
      }
      last = "kills: FAILED " + e.getMessage();
    }
    if (!isGood || options.keepsLogs()) {
      screen.line("The logs of service and stand-ins are in " + workplace.keepLogs("kills-logs"));
    }
    if (!isGood) {
      screen.line("Play it again with --seed " + options.seed());
    }
    workplace.close();
    screen.line(last);
    System.exit(isGood ? 0 : 1);
  }

  private record Result(String lastLine, boolean isGood) {}

  private Result play() throws Failure, IOException, SQLException, InterruptedException {
    screen.line("seed " + options.seed());
    Cloud cloud =
        workplace.startCloud(
            List.of(
                "--provisioning",
                "1s",
                "--terminating",
                "500ms",
                "--visibility",
                Settings.VISIBILITY.toSeconds() + "s"));
    Victim victim = new Victim(workplace, cloud);
    Campaign campaign = new Campaign(workplace, cloud, victim, screen, options.together());
    Lane first = new Lane(Plan.laneName(0), List.of());
    Lane orphan = new Lane("orphan", List.of());
    int known = options.isShort() ? Plan.LANES_IN_SHORT : 0;
    List<Lane> prepared =
        IntStream.rangeClosed(0, known)
            .mapToObj(number -> new Lane(Plan.laneName(number), List.of()))
            .toList();
    prepare(cloud, prepared, orphan);
    victim.start();
    victim.awaitReady();
    Undisturbed undisturbed = undisturbed(campaign, first, prepared, orphan);

    Plan plan =
        options.isShort()
            ? Plan.ofShort(undisturbed, random)
            : Plan.full(undisturbed, options.points(), random);
    Files.write(
        workplace.folder().resolve("undisturbed.log"),
        undisturbed.occurrences().stream().map(Occurrence::words).toList());
    screen.line(
        "The undisturbed run took %.1f s and made %d calls of %d kinds; %d lanes are to be struck at"
            .formatted(
                undisturbed.took().toMillis() / 1e3,
                undisturbed.occurrences().size(),
                undisturbed.occurrences().stream().map(Occurrence::kind).distinct().count(),
                plan.lanes().size()));
    if (plan.lanes().size() > known) {
      List<Lane> all = new ArrayList<>(List.of(first));
      all.addAll(plan.lanes());
      prepare(cloud, all, orphan);
      campaign.stop();
      victim.start();
    }
    campaign.play(plan.lanes());

    JsonNode runs = campaign.runs();
    Report report = new Report(screen, campaign, runs);
    Occurrence launch = undisturbed.one("RunJobFlow", "");
    String orphaned = new Orphan(cloud, victim, campaign).play(orphan, launch);
    Judgement judgement = new Judge(cloud).judge(campaign.lanes(), runs);
    report.table();
    screen.line(orphaned);
    String last = report.summary(judgement);
    boolean isGood =
        judgement.isGood() && campaign.slowStops() == 0 && report.callsStruck() >= options.points();
    return new Result(last, isGood);
  }

  /** Makes the lanes' buckets and tells the service of them at its next start. */
  private void prepare(Cloud cloud, List<Lane> lanes, Lane orphan) throws IOException {
    List<Lane> all = new ArrayList<>(lanes);
    all.add(orphan);
    Settings.write(workplace.folder(), all, Orphan.settings(orphan));
    try (S3Client s3 = cloud.s3Client()) {
      for (Lane lane : all) {
        if (!buckets.add(lane.name())) {
          continue;
        }
        s3.createBucket(request -> request.bucket(lane.landingBucket()));
        s3.createBucket(request -> request.bucket(lane.curatedBucket()));
      }
    }
  }

  /** One run to which nothing happens: it tells which calls a run makes. */
  private Undisturbed undisturbed(Campaign campaign, Lane lane, List<Lane> prepared, Lane orphan)
      throws Failure, IOException, InterruptedException {
    campaign.observe();
    long landed = campaign.received();
    long start = System.nanoTime();
    campaign.play(List.of(lane));
    return new Undisturbed(
        campaign.calls(),
        landed,
        lane.name(),
        Stream.concat(prepared.stream().skip(1), Stream.of(orphan)).map(Lane::name).toList(),
        Duration.ofNanos(System.nanoTime() - start));
  }
}
