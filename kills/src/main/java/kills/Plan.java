package kills;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import kills.Point.AtCall;
import kills.Point.AtInstant;
import kills.Point.Signal;
import kills.Point.When;
import kills.Undisturbed.Occurrence;
import localcloud.process.Failure;

/**
 * Which points are struck in which lane, and in which order: a function of the undisturbed run and
 * the seed.
 *
 * @param lanes in the order in which they are begun
 */
record Plan(List<Lane> lanes) {

  /** How many lanes the short plan needs. */
  static final int LANES_IN_SHORT = 2;

  private static final int POINTS_OF_A_CALL = When.values().length;
  private static final int OCCURRENCES = 2;
  private static final int CALLS_OF_A_RUN = 2;
  private static final int KILLS = 12;
  private static final int INSTANTS_OF_A_RUN = 3;
  private static final int STOPS = 4;

  /** The name of the lane with that number, 0 for the undisturbed run. */
  static String laneName(int number) {
    return "lane%02d".formatted(number);
  }

  /**
   * Everything: each call before, within and after, and instants in between.
   *
   * @param points at least so many at calls; calls that a run makes often give the rest
   * @throws Failure if the run does not make calls enough
   */
  static Plan full(Undisturbed undisturbed, int points, Random random) throws Failure {
    List<List<? extends Point>> runs = new ArrayList<>();
    List<Occurrence> calls = new ArrayList<>(calls(undisturbed, points));
    List<Occurrence> once = calls.stream().filter(call -> call.kind().isMadeOnce()).toList();
    calls.removeAll(once);
    for (int from = 0; from < calls.size(); from += CALLS_OF_A_RUN) {
      runs.add(
          calls.subList(from, Math.min(from + CALLS_OF_A_RUN, calls.size())).stream()
              .flatMap(call -> call.points(random).stream())
              .toList());
    }
    for (Occurrence call : once) {
      // Where it has had its effect, its lane makes it no more.
      runs.add(List.of(call.point(When.ARRIVAL, random), call.point(When.ACTED, random)));
      // Another lane's death during a delay would leave nothing to strike.
      runs.add(List.of(new AtCall(call, When.ANSWERED, Duration.ZERO)));
    }
    List<Point> instants =
        new ArrayList<>(instants(Signal.SIGKILL, KILLS, undisturbed.took(), random));
    if (undisturbed.signIn().isPresent()) {
      // It comes with a start, and a start comes with an end.
      List<Point> signIn = new ArrayList<>(List.of(instants.remove(0)));
      signIn.addAll(undisturbed.signIn().get().points(random));
      runs.add(signIn);
    }
    instants.addAll(instants(Signal.SIGTERM, STOPS, undisturbed.took(), random));
    for (int from = 0; from < instants.size(); from += INSTANTS_OF_A_RUN) {
      runs.add(instants.subList(from, Math.min(from + INSTANTS_OF_A_RUN, instants.size())));
    }
    Collections.shuffle(runs, random);
    return of(runs);
  }

  /** A handful: what has failed elsewhere most often. */
  static Plan ofShort(Undisturbed undisturbed, Random random) throws Failure {
    Occurrence launch = undisturbed.one("RunJobFlow", "");
    Occurrence manifest = undisturbed.one("PutObject", "manifest");
    Occurrence result = undisturbed.one("GetObject", "result");
    Occurrence refresh = undisturbed.one("Query", " REFRESH ");
    // The stop is to come while the step runs, so that what follows is still ahead.
    Point stop = instants(Signal.SIGTERM, 1, undisturbed.took().dividedBy(5), random).get(0);
    return of(
        List.of(
            List.of(launch.point(When.ANSWERED, random)),
            List.of(
                manifest.point(When.ACTED, random),
                launch.point(When.ARRIVAL, random),
                launch.point(When.ACTED, random),
                stop,
                result.point(When.ANSWERED, random),
                refresh.point(When.ACTED, random))));
  }

  private static Plan of(List<List<? extends Point>> runs) {
    return new Plan(
        IntStream.range(0, runs.size())
            .mapToObj(at -> new Lane(laneName(at + 1), runs.get(at)))
            .toList());
  }

  /**
   * The first occurrences of every call, and further ones of what is called again and again; in the
   * order of the run.
   */
  private static List<Occurrence> calls(Undisturbed undisturbed, int points) throws Failure {
    List<Occurrence> all = undisturbed.occurrences();
    int wanted = (points + POINTS_OF_A_CALL - 1) / POINTS_OF_A_CALL;
    if (all.size() < wanted) {
      throw new Failure(
          "%d points are asked for; the undisturbed run makes only %d calls with %d points each"
              .formatted(points, all.size(), POINTS_OF_A_CALL));
    }
    int most = OCCURRENCES;
    while (upTo(most, all).size() < wanted) {
      most++;
    }
    return upTo(most, all);
  }

  private static List<Occurrence> upTo(int number, List<Occurrence> calls) {
    return calls.stream()
        .filter(call -> call.number() <= (call.kind().isMadeBySpareQuota() ? 1 : number))
        .toList();
  }

  private static List<AtInstant> instants(
      Signal signal, int count, Duration within, Random random) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            number ->
                new AtInstant(
                    signal, number, Duration.ofMillis(random.nextInt((int) within.toMillis()))))
        .toList();
  }
}
