package kills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kills.Point.AtCall;
import kills.Point.AtInstant;
import kills.Point.Signal;
import localcloud.Cloud;
import localcloud.faults.Call;
import localcloud.faults.ReceivedCall;
import localcloud.process.Failure;
import localcloud.process.Screen;
import localcloud.process.Workplace;
import tools.jackson.databind.JsonNode;

/**
 * Lands objects and strikes at their runs, until every point of every lane was struck and every run
 * has ended. Several runs are under way at once, and each death is that of all of them; which point
 * comes first is up to them, but each fault strikes only at its own lane's.
 */
final class Campaign {

  private static final long LOOK_MILLIS = 50;
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(400);
  private static final Duration STANDSTILL = Duration.ofMinutes(4);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(20);
  private static final int MOST_RUNS = 1_000;

  /** Each run of a lane passes at least one of its points, unless something is wrong. */
  private static final int MOST_OBJECTS = 10;

  /** How many runs may be under way beside those that are struck at. */
  private static final int TAILS = 2;

  private final Workplace workplace;
  private final Cloud cloud;
  private final Control control;
  private final Victim victim;
  private final Screen screen;
  private final Clock clock;
  private final int together;

  private final List<Lane> lanes = new ArrayList<>();
  private final List<Death> deaths = new ArrayList<>();
  private final List<ReceivedCall> calls = new ArrayList<>();
  private long received;
  private Instant asked = Instant.MIN;
  private Instant progress;
  private Instant begun;
  private Optional<Lane> ending = Optional.empty();
  private final Set<Long> hit = new HashSet<>();
  private Duration slowestStop = Duration.ZERO;
  private int slowStops;

  Campaign(Workplace workplace, Cloud cloud, Victim victim, Screen screen, int together) {
    this.workplace = workplace;
    this.cloud = cloud;
    this.control = new Control(cloud.control());
    this.victim = victim;
    this.screen = screen;
    this.together = together;
    this.clock = Clock.systemUTC();
    this.progress = clock.instant();
    this.begun = progress;
  }

  /** Begins with these lanes and returns when each of them is done. */
  void play(List<Lane> more) throws Failure, IOException, InterruptedException {
    lanes.addAll(more);
    begun = clock.instant();
    while (lanes.stream().anyMatch(lane -> lane.isRunning() || lane.wantsToLand())) {
      if (victim.isDead()) {
        bury();
      }
      observe();
      strikeAtInstants();
      landMore();
      arm();
      askForRuns();
      checkForStandstill();
      Workplace.pause(LOOK_MILLIS);
    }
  }

  List<Lane> lanes() {
    return List.copyOf(lanes);
  }

  List<Death> deaths() {
    return List.copyOf(deaths);
  }

  /** The number of the last call that the stand-ins are known to have received. */
  long received() {
    return received;
  }

  /** What the service says of its runs, newest first. */
  JsonNode runs() throws IOException, InterruptedException {
    return victim.service().runs(MOST_RUNS);
  }

  /** Ends the service in good order; nothing stands that could strike it. */
  void stop() throws InterruptedException {
    end(Signal.SIGTERM);
  }

  /** What the service has called so far. */
  List<ReceivedCall> calls() {
    return List.copyOf(calls);
  }

  /** How long the service took at most to end after SIGTERM. */
  Duration slowestStop() {
    return slowestStop;
  }

  /** How often it did not end in time after SIGTERM. */
  int slowStops() {
    return slowStops;
  }

  /** Lands an object in the lane. */
  void land(Lane lane) throws IOException {
    Landed next = lane.land(clock.instant());
    Path file = Files.createTempFile(workplace.folder(), "landed-", ".csv");
    Files.writeString(file, next.content());
    cloud.put(file, lane.landingBucket(), next.key());
    Files.delete(file);
  }

  /** Reads what the stand-ins have received meanwhile. */
  void observe() throws IOException, InterruptedException {
    for (ReceivedCall call : control.callsAfter(received)) {
      received = call.number();
      if (!isOfService(call)) {
        continue;
      }
      calls.add(call);
      lanes.forEach(lane -> lane.saw(call.call()));
      if (!deaths.isEmpty() && isWork(call.call())) {
        lastDeath().called(call.at());
        lastDeath().resumed().ifPresent(when -> lanes.forEach(lane -> lane.resumed(when)));
      }
    }
  }

  private Death lastDeath() {
    return deaths.get(deaths.size() - 1);
  }

  /**
   * Spark has the same buckets, but another client; so has this harness. No other client signs in
   * to Snowflake before the end.
   */
  private static boolean isOfService(ReceivedCall received) {
    return switch (received.call().service()) {
      case S3, EMR -> received.client().startsWith("aws-sdk-java/2");
      case SNOWFLAKE -> true;
    };
  }

  /** A call that only probes is no work yet. */
  static boolean isWork(Call call) {
    return !Set.of("HeadBucket", "Login").contains(call.operation())
        && !call.detail().equals("SELECT 1");
  }

  private void landMore() throws Failure, IOException {
    for (Lane lane : lanes) {
      long struckAt =
          lanes.stream().filter(other -> other.isRunning() && other.next().isPresent()).count();
      long running = lanes.stream().filter(Lane::isRunning).count();
      if (lane.wantsToLand() && struckAt < together && running < together + TAILS) {
        if (lane.landed().size() > MOST_OBJECTS) {
          throw new Failure(
              "%s has had %d runs, and the last has not passed %s either"
                  .formatted(lane.name(), lane.landed().size(), lane.next().orElseThrow().words()));
        }
        land(lane);
        progress = clock.instant();
        screen.line(
            stamped(
                "%s: landed %s%s"
                    .formatted(
                        lane.name(),
                        lane.landed().get(lane.landed().size() - 1).key(),
                        lane.next().map(point -> ", next " + point.words()).orElse(""))));
      }
    }
  }

  /** Has a fault stand for the next point of each run that has got so far. */
  private void arm() throws IOException, InterruptedException {
    if (isDying()) {
      return;
    }
    for (Lane lane : lanes) {
      if (lane.isRunning()
          && lane.fault().isEmpty()
          && lane.next().orElse(null) instanceof AtCall point
          && lane.hasReached(point)) {
        int skip = Math.max(0, point.call().number() - 1 - lane.seen(point.kind()));
        lane.armed(control.order(control.kill(point, lane.name(), skip, victim.pid())));
      }
    }
  }

  /** No fault stands any more; those that have struck meanwhile bring a death that is to come. */
  private void takeBack() throws IOException, InterruptedException {
    hit.addAll(control.clear());
    if (hit.isEmpty()) {
      lanes.forEach(Lane::disarmed);
    }
  }

  private boolean isDying() {
    return victim.isDead() || ending.isPresent() || !hit.isEmpty();
  }

  private void strikeAtInstants() throws InterruptedException {
    for (Lane lane : lanes) {
      if (!isDying()
          && lane.next().orElse(null) instanceof AtInstant point
          && lane.isDue(point, clock.instant())) {
        ending = Optional.of(lane);
        end(point.signal());
      }
    }
  }

  private void end(Signal signal) throws InterruptedException {
    Instant start = clock.instant();
    victim.end(signal);
    if (signal == Signal.SIGKILL) {
      return;
    }
    while (!victim.isDead()) {
      if (start.plus(LONGEST_STOP).isBefore(clock.instant())) {
        slowStops++;
        victim.end(Signal.SIGKILL);
        break;
      }
      Workplace.pause(LOOK_MILLIS);
    }
    Duration took = Duration.between(start, clock.instant());
    slowestStop = took.compareTo(slowestStop) > 0 ? took : slowestStop;
  }

  /** Writes down why the service is dead, and starts it again. */
  private void bury() throws Failure, IOException, InterruptedException {
    Instant now = clock.instant();
    observe();
    hit.addAll(control.clear());
    Death death = new Death(now);
    attribute(death);
    if (death.struck().isEmpty() && ending.isEmpty()) {
      throw new Failure("the service has ended by itself:\n" + victim.lastWords());
    }
    ending = Optional.empty();
    hit.clear();
    deaths.add(death);
    progress = now;
    victim.start();
    lanes.forEach(Lane::disarmed);
    arm();
  }

  /**
   * One death can be that of several points. Two calls that were hit are both struck as they ought
   * to be, unless one was to be answered first; and an instant counts only by itself. What does not
   * count is tried again.
   */
  private void attribute(Death death) {
    List<Lane> struck =
        lanes.stream().filter(lane -> lane.fault().filter(hit::contains).isPresent()).toList();
    boolean isAlone = struck.size() + ending.stream().count() == 1;
    for (Lane lane : struck) {
      boolean waitedForAnswer =
          lane.next().orElseThrow() instanceof AtCall point && point.when() == Point.When.ANSWERED;
      if (isAlone || !waitedForAnswer) {
        strike(death, lane);
      }
    }
    if (ending.isPresent() && isAlone) {
      strike(death, ending.get());
    }
    ending.filter(lane -> !isAlone).ifPresent(Lane::waitForService);
    if (death.struck().isEmpty() && ending.isEmpty() && !struck.isEmpty()) {
      strike(death, struck.get(0));
    }
  }

  private void strike(Death death, Lane lane) {
    Landed landed = lane.landed().get(lane.landed().size() - 1);
    Point point = lane.struck();
    death.at(point, landed);
    screen.line(
        stamped("%s: struck at %s; %s".formatted(lane.name(), point.words(), soFar().words())));
  }

  private Progress soFar() {
    int all = lanes.stream().mapToInt(Lane::points).sum();
    int left = lanes.stream().mapToInt(Lane::pointsAhead).sum();
    return new Progress(all - left, all, Duration.between(begun, clock.instant()));
  }

  /** Learns from the service which runs have ended; while it starts it does not answer. */
  private void askForRuns() throws IOException, InterruptedException {
    if (victim.isDead() || asked.plus(BETWEEN_QUESTIONS).isAfter(clock.instant())) {
      return;
    }
    Map<String, Integer> ended = new HashMap<>();
    try {
      for (JsonNode run : victim.service().runs(MOST_RUNS)) {
        if (Set.of("SUCCEEDED", "FAILED", "CANCELLED", "NO_DATA")
            .contains(run.path("state").asString())) {
          ended.merge(run.path("pipeline").asString(), 1, Integer::sum);
        }
      }
    } catch (IOException e) {
      return;
    } finally {
      asked = clock.instant();
    }
    for (Lane lane : lanes) {
      if (lane.isRunning() && ended.getOrDefault(lane.name(), 0) >= lane.landed().size()) {
        lane.ended();
        progress = clock.instant();
        screen.line(stamped("%s: the run has ended".formatted(lane.name())));
        if (lane.fault().isPresent()) {
          // It was to strike at the run that has ended.
          takeBack();
        }
      }
    }
  }

  private void checkForStandstill() throws Failure {
    if (progress.plus(STANDSTILL).isBefore(clock.instant())) {
      List<String> stuck =
          lanes.stream()
              .filter(Lane::isRunning)
              .map(
                  lane ->
                      lane.name() + lane.next().map(next -> " before " + next.words()).orElse(""))
              .toList();
      throw new Failure(
          "nothing has happened for %d minutes; under way: %s"
              .formatted(STANDSTILL.toMinutes(), String.join("; ", stuck)));
    }
  }

  private String stamped(String text) {
    return "%7.1f s  %s".formatted(screen.seconds(), text);
  }
}
