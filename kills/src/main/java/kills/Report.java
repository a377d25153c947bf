package kills;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kills.Death.Struck;
import kills.Point.AtCall;
import kills.Point.AtInstant;
import kills.Point.Signal;
import kills.Point.When;
import localcloud.process.Screen;
import tools.jackson.databind.JsonNode;

/** What the harness shows at its end. */
final class Report {

  /** A line of the table. */
  private record Row(Struck struck, String outcome, Optional<Duration> resumed) {
    String point() {
      return struck.point().words();
    }

    /** The order of a call's points. */
    When when() {
      return struck.point() instanceof AtCall call ? call.when() : When.ARRIVAL;
    }

    /** Points of the same call stand together. */
    String place() {
      Point point = struck.point();
      return point instanceof AtCall call
          ? call.call().words()
          : point.words().replaceFirst(" ([0-9]),", " 0$1,");
    }
  }

  private final Screen screen;
  private final Campaign campaign;
  private final Map<String, List<String>> outcomes = new HashMap<>();

  /**
   * @param runs what the service said of its runs, newest first
   */
  Report(Screen screen, Campaign campaign, JsonNode runs) {
    this.screen = screen;
    this.campaign = campaign;
    for (JsonNode run : runs) {
      outcomes
          .computeIfAbsent(run.path("pipeline").asString(), any -> new ArrayList<>())
          .add(0, run.path("state").asString());
    }
  }

  /** Prints every point: where, whose, how its run ended, and when work went on. */
  void table() {
    List<Row> rows = new ArrayList<>();
    for (Death death : campaign.deaths()) {
      for (Struck struck : death.struck()) {
        rows.add(new Row(struck, outcome(struck.landed()), death.resumedAfter()));
      }
    }
    rows.sort(Comparator.comparing(Row::place).thenComparing(Row::when));
    int width = rows.stream().mapToInt(row -> row.point().length()).max().orElse(0);
    screen.line("");
    screen.line(
        "%s  %-9s  %-9s  %s"
            .formatted(padded("killed at", width), "object", "its run", "resumed after"));
    for (Row row : rows) {
      screen.line(
          "%s  %-9s  %-9s  %s"
              .formatted(
                  padded(row.point(), width),
                  row.struck().landed().className(),
                  row.outcome(),
                  row.resumed().map(took -> seconds(took) + " s").orElse("killed before")));
    }
    screen.line("");
  }

  /** How many points of calls were struck. */
  int callsStruck() {
    return (int) points(AtCall.class).count();
  }

  /** Prints what there was of everything, and the findings; returns the last line. */
  String summary(Judgement judgement) {
    List<Duration> resumed =
        campaign.deaths().stream()
            .map(Death::resumedAfter)
            .flatMap(Optional::stream)
            .sorted()
            .toList();
    Duration median = resumed.isEmpty() ? Duration.ZERO : resumed.get(resumed.size() / 2);
    Duration worst = resumed.isEmpty() ? Duration.ZERO : resumed.get(resumed.size() - 1);
    long kills = instants(Signal.SIGKILL);
    long stops = instants(Signal.SIGTERM);
    screen.line(
        "%d points at calls, %d SIGKILLs and %d SIGTERMs at instants; %d ends of the service, %d objects"
            .formatted(
                callsStruck(),
                kills,
                stops,
                campaign.deaths().size(),
                campaign.lanes().stream().mapToInt(lane -> lane.landed().size()).sum()));
    screen.line(
        "Work was resumed after %s s (median), %s s (worst)"
            .formatted(seconds(median), seconds(worst)));
    judgement.findings().forEach(finding -> screen.line("WRONG: " + finding));
    if (campaign.slowStops() > 0) {
      screen.line("WRONG: %d SIGTERMs took more than 20 s".formatted(campaign.slowStops()));
    }
    return "kills: points=%d lost=%d doubled=%d second-clusters-surviving=%d leaked=%d resume-s=%s resume-worst-s=%s slowest-stop-s=%s"
        .formatted(
            callsStruck() + kills + stops,
            judgement.lost(),
            judgement.doubled(),
            judgement.secondClusters(),
            judgement.leaked(),
            seconds(median),
            seconds(worst),
            seconds(campaign.slowestStop()));
  }

  private long instants(Signal signal) {
    return points(AtInstant.class).filter(point -> point.signal() == signal).count();
  }

  private <P extends Point> java.util.stream.Stream<P> points(Class<P> type) {
    return campaign.deaths().stream()
        .flatMap(death -> death.struck().stream())
        .map(Struck::point)
        .filter(type::isInstance)
        .map(type::cast)
        .distinct();
  }

  private String outcome(Landed landed) {
    List<String> states = outcomes.getOrDefault(landed.lane(), List.of());
    return landed.number() <= states.size() ? states.get(landed.number() - 1) : "no run";
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1e3);
  }
}
