package web;

import api.RecentRunView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import run.RunState;
import web.BarPaths.BarPath;

/**
 * The last runs of a pipeline as a strip of bars, the newest at the right: the longer a run took,
 * the higher its bar. A failed one has a mark below it.
 *
 * @param summary the same in words
 * @param paths what is drawn
 * @param slots where a pointer finds the runs, the oldest first
 */
record Strip(String summary, List<BarPath> paths, List<Slot> slots) {

  private static final int MOST = 30;
  private static final int STEP = 7;
  private static final int WIDTH = 5;
  private static final int HEIGHT = 36;
  private static final int LEAST = 5;
  private static final int MARK_Y = 39;
  private static final int MARK = 3;

  /**
   * A run's place, as high as the strip.
   *
   * @param run the run's name
   * @param text what a pointer tells of it
   * @param x its left edge
   */
  record Slot(String run, String text, int x) {}

  /**
   * The strip of these runs.
   *
   * @param newestFirst at most 30
   * @param now until when open runs have lasted
   */
  static Strip of(List<RecentRunView> newestFirst, Instant now) {
    long longest =
        Math.max(1, newestFirst.stream().mapToLong(run -> millis(run, now)).max().orElse(1));
    BarPaths bars = new BarPaths();
    List<Slot> slots = new ArrayList<>();
    for (int i = newestFirst.size() - 1; i >= 0; i--) {
      RecentRunView run = newestFirst.get(i);
      int x = (MOST - 1 - i) * STEP;
      int height = LEAST + (int) ((HEIGHT - LEAST) * millis(run, now) / longest);
      Tone tone = Tone.of(run.state());
      bars.add(tone, x + 1, HEIGHT - height, WIDTH, height);
      if (tone == Tone.BAD) {
        bars.add(tone, x + 1, MARK_Y, WIDTH, MARK);
      }
      slots.add(new Slot(run.id(), text(run), x));
    }
    return new Strip(summary(newestFirst), bars.all(), slots);
  }

  /** Until when the bars of the runs that are open last; strips of the same runs and ends agree. */
  static List<Instant> ends(List<RecentRunView> runs, Instant now) {
    return runs.stream()
        .filter(run -> run.endedAt().isEmpty())
        .map(run -> Elapsed.slowly(run.createdAt(), now))
        .toList();
  }

  private static String text(RecentRunView run) {
    return run.endedAt()
        .map(
            end ->
                "%s, %s, %s"
                    .formatted(
                        Shown.word(run.state()),
                        Shown.took(run.createdAt(), end),
                        Shown.exact(end)))
        .orElse(Shown.word(run.state()));
  }

  private static String summary(List<RecentRunView> runs) {
    Map<RunState, Integer> states = new EnumMap<>(RunState.class);
    runs.forEach(run -> states.merge(run.state(), 1, Integer::sum));
    return states.entrySet().stream()
        .map(entry -> entry.getValue() + " " + Shown.word(entry.getKey()))
        .collect(Collectors.joining(", "));
  }

  private static long millis(RecentRunView run, Instant now) {
    Instant end = run.endedAt().orElseGet(() -> Elapsed.slowly(run.createdAt(), now));
    return Math.max(0, Duration.between(run.createdAt(), end).toMillis());
  }
}
