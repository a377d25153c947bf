package web;

import api.HistoryView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import web.BarPaths.BarPath;

/**
 * One figure of a pipeline's runs, a bar for each, the newest at the right. A failed one has a mark
 * below the axis.
 *
 * @param title what is drawn
 * @param most the highest bar's value, written out
 * @param paths what is drawn
 * @param slots where a pointer finds the runs, the oldest first
 */
record Chart(String title, String most, List<BarPath> paths, List<Slot> slots) {

  private static final int WIDTH = 1000;
  private static final int HEIGHT = 120;
  private static final int LEAST = 2;
  private static final int MARK_Y = 124;
  private static final int MARK = 6;
  private static final int SLOTS = 40;

  /**
   * A run's place, as high as the chart.
   *
   * @param run the run's name
   * @param text what a pointer tells of it
   * @param x its left edge
   * @param width of it
   */
  record Slot(String run, String text, int x, int width) {}

  /**
   * The charts of a pipeline's page: how long its runs took, and how many rows they wrote and
   * rejected and how many objects they had, where any had some.
   *
   * @param now until when open runs have lasted
   */
  static List<Chart> of(List<HistoryView> runs, Instant now) {
    Chart durations =
        of(
            "Duration",
            runs,
            run -> millis(run, now),
            millis -> Shown.took(Instant.EPOCH, Instant.ofEpochMilli(millis)));
    return Stream.concat(
            Stream.of(durations),
            Stream.of(
                    of("Rows written", runs, run -> run.rowsWritten().orElse(0L), Shown::number),
                    of("Rows rejected", runs, run -> run.rowsRejected().orElse(0L), Shown::number),
                    of("Objects", runs, HistoryView::objects, Shown::number))
                .filter(chart -> !chart.most().equals("0")))
        .toList();
  }

  private static long millis(HistoryView run, Instant now) {
    Instant end = run.endedAt().orElseGet(() -> Elapsed.slowly(run.createdAt(), now));
    return Math.max(0, Duration.between(run.createdAt(), end).toMillis());
  }

  private static Chart of(
      String title,
      List<HistoryView> runs,
      ToLongFunction<HistoryView> value,
      LongFunction<String> written) {
    long most = runs.stream().mapToLong(value).max().orElse(0);
    int slot = WIDTH / Math.max(SLOTS, runs.size());
    int left = WIDTH - slot * runs.size();
    BarPaths bars = new BarPaths();
    List<Slot> slots = new ArrayList<>();
    for (HistoryView run : runs) {
      long its = value.applyAsLong(run);
      int x = left + slots.size() * slot;
      Tone tone = Tone.of(run.state());
      if (its > 0) {
        int height = LEAST + (int) ((HEIGHT - LEAST) * its / most);
        bars.add(tone, x, HEIGHT - height, Math.max(1, slot - 2), height);
      }
      if (tone == Tone.BAD) {
        bars.add(tone, x, MARK_Y, Math.max(1, slot - 2), MARK);
      }
      slots.add(
          new Slot(
              run.run(),
              "%s, %s, %s"
                  .formatted(
                      written.apply(its), Shown.word(run.state()), Shown.exact(run.createdAt())),
              x,
              slot));
    }
    return new Chart(title, written.apply(most), bars.all(), slots);
  }
}
