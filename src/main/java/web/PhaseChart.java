package web;

import api.PhaseView;
import flow.Phase.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import run.Link;

/**
 * Where the time of a run went, on one time line.
 *
 * @param groups the phases, those of each attempt together
 * @param ticks the marks on the line
 * @param from where the line begins
 * @param to where it ends; absent while it grows
 */
record PhaseChart(List<Group> groups, List<Tick> ticks, Instant from, Optional<Instant> to) {

  private static final long WHOLE = 1000;

  /** Even what took no time is seen. */
  private static final long LEAST = 4;

  private static final int MOST_TICKS = 5;
  private static final int MINUTE = 60;

  /** Seconds between ticks that one reads without counting. */
  private static final long[] STEPS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400
  };

  /**
   * Phases that belong together.
   *
   * @param name whose they are, empty for the run's own
   * @param bars the phases
   */
  record Group(String name, List<Bar> bars) {}

  /**
   * A mark on the line.
   *
   * @param x where it is, in thousandths of the line
   * @param label the time since the beginning
   */
  record Tick(long x, String label) {

    /** The same as a length of SVG. */
    public String percent() {
      return x / 10 + "." + x % 10 + "%";
    }
  }

  /**
   * A phase.
   *
   * @param name what the time went into
   * @param tone how it ended
   * @param note how it ended in words, where its colour alone would say it
   * @param x where it begins, in thousandths of the line
   * @param width how long it is, in thousandths of the line
   * @param from when it began
   * @param to when it ended; absent while it lasts
   * @param logs the page with its logs
   */
  record Bar(
      String name,
      Tone tone,
      String note,
      long x,
      long width,
      Instant from,
      Optional<Instant> to,
      Optional<Link> logs) {}

  /**
   * That of a run.
   *
   * @param now where the line of an open run ends
   */
  static PhaseChart of(List<PhaseView> phases, Instant now) {
    Instant from = phases.stream().map(PhaseView::from).min(Comparator.naturalOrder()).orElse(now);
    Instant open = Elapsed.end(from, now);
    Instant to =
        phases.stream()
            .map(phase -> phase.to().orElse(open))
            .max(Comparator.naturalOrder())
            .orElse(open);
    long millis = Math.max(1, Duration.between(from, to).toMillis());
    boolean lasts = phases.stream().anyMatch(phase -> phase.to().isEmpty());
    return new PhaseChart(
        groups(phases, from, to, millis),
        ticks(millis),
        from,
        lasts ? Optional.empty() : Optional.of(to));
  }

  private static List<Group> groups(List<PhaseView> phases, Instant from, Instant to, long millis) {
    List<Optional<Integer>> attempts = phases.stream().map(PhaseView::attempt).distinct().toList();
    List<Group> groups = new ArrayList<>();
    for (Optional<Integer> attempt : attempts) {
      groups.add(
          new Group(
              attempts.size() > 1 ? attempt.map("Attempt %d"::formatted).orElse("Run") : "",
              phases.stream()
                  .filter(phase -> phase.attempt().equals(attempt))
                  .map(phase -> bar(phase, from, to, millis))
                  .toList()));
    }
    return groups;
  }

  private static Bar bar(PhaseView phase, Instant from, Instant last, long millis) {
    long x = Duration.between(from, phase.from()).toMillis() * WHOLE / millis;
    long end = Duration.between(from, phase.to().orElse(last)).toMillis() * WHOLE / millis;
    return new Bar(
        phase.name(),
        tone(phase),
        phase
            .outcome()
            .map(
                outcome ->
                    switch (outcome) {
                      case COMPLETED -> "";
                      case FAILED -> "failed";
                      case CUT_OFF -> "cut off";
                    })
            .orElse(""),
        Math.min(x, WHOLE - LEAST),
        Math.max(LEAST, end - x),
        phase.from(),
        phase.to(),
        phase.logs());
  }

  private static Tone tone(PhaseView phase) {
    if (phase.outcome().isEmpty()) {
      return Tone.BUSY;
    }
    if (phase.outcome().get() != Outcome.COMPLETED) {
      return phase.outcome().get() == Outcome.FAILED ? Tone.BAD : Tone.STILL;
    }
    return switch (phase.kind()) {
      case STEP, LOADING -> Tone.GOOD;
      case WAITING, BETWEEN -> Tone.WAIT;
      case PROVISIONING, BOOTSTRAPPING, TERMINATING -> Tone.STILL;
    };
  }

  private static List<Tick> ticks(long millis) {
    long seconds = millis / 1000;
    long step =
        LongStream.of(STEPS)
            .filter(length -> seconds / length < MOST_TICKS)
            .findFirst()
            .orElse((seconds / MOST_TICKS / STEPS[STEPS.length - 1] + 1) * STEPS[STEPS.length - 1]);
    return LongStream.rangeClosed(0, seconds / step)
        .map(number -> number * step)
        .mapToObj(at -> new Tick(at * 1000 * WHOLE / millis, label(at)))
        .filter(tick -> tick.x() <= WHOLE - WHOLE / 20)
        .toList();
  }

  private static String label(long seconds) {
    return seconds < MINUTE
        ? seconds + " s"
        : Shown.took(Instant.EPOCH, Instant.EPOCH.plusSeconds(seconds))
            .replaceFirst(" 00 \\w+$", "");
  }
}
