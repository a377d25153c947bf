package web;

import api.PhaseView;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A phase of a run on the run's time line.
 *
 * @param name what the time went into
 * @param tone how it ended
 * @param x where it begins, in thousandths of the whole line
 * @param width how long it is, in thousandths of the whole line
 * @param from when it began
 * @param to when it ended; absent while it lasts
 */
record PhaseBar(String name, Tone tone, long x, long width, Instant from, Optional<Instant> to) {

  private static final long WHOLE = 1000;

  /** Even what took no time is seen. */
  private static final long LEAST = 4;

  /**
   * The bars of a run.
   *
   * @param now where the line of an open run ends
   */
  static List<PhaseBar> of(List<PhaseView> phases, Instant now) {
    if (phases.isEmpty()) {
      return List.of();
    }
    Instant first =
        phases.stream().map(PhaseView::from).min(Comparator.naturalOrder()).orElseThrow();
    Instant open = Elapsed.end(first, now);
    Instant last =
        phases.stream()
            .map(phase -> phase.to().orElse(open))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    long whole = Math.max(1, Duration.between(first, last).toMillis());
    return phases.stream()
        .map(
            phase -> {
              long x = Duration.between(first, phase.from()).toMillis() * WHOLE / whole;
              long end =
                  Duration.between(first, phase.to().orElse(last)).toMillis() * WHOLE / whole;
              return new PhaseBar(
                  phase.name(),
                  tone(phase),
                  Math.min(x, WHOLE - LEAST),
                  Math.max(LEAST, end - x),
                  phase.from(),
                  phase.to());
            })
        .toList();
  }

  private static Tone tone(PhaseView phase) {
    if (phase.failed()) {
      return Tone.BAD;
    }
    if (phase.to().isEmpty()) {
      return Tone.BUSY;
    }
    return switch (phase.kind()) {
      case STEP, LOADING -> Tone.GOOD;
      case WAITING -> Tone.WAIT;
      case PROVISIONING, BOOTSTRAPPING, TERMINATING -> Tone.STILL;
    };
  }
}
