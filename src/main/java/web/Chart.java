package web;

import api.HistoryView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * One figure of a pipeline's runs, a bar for each, the oldest at the left.
 *
 * @param title what is drawn
 * @param most the highest bar's value, written out
 * @param bars the runs
 */
record Chart(String title, String most, List<Bar> bars) {

  private static final int WIDTH = 1000;
  private static final int HEIGHT = 120;
  private static final int LEAST = 2;
  private static final int SLOTS = 40;

  /**
   * A run's bar.
   *
   * @param run the run's name
   * @param tone how it ended
   * @param text what a pointer or a screen reader tells of it
   * @param x its left edge
   * @param y its upper edge
   * @param width of it
   * @param height down to the axis
   */
  record Bar(String run, Tone tone, String text, int x, int y, int width, int height) {}

  /**
   * The charts of a pipeline's page: how long its runs took, how many rows they wrote and rejected,
   * and how many objects they had.
   *
   * @param now where the bar of an open run ends
   */
  static List<Chart> of(List<HistoryView> runs, Instant now) {
    return List.of(
        of(
            "Duration",
            runs,
            run ->
                Math.max(
                    0,
                    Duration.between(
                            run.createdAt(),
                            run.endedAt().orElseGet(() -> Elapsed.end(run.createdAt(), now)))
                        .toMillis()),
            millis -> Shown.took(Instant.EPOCH, Instant.ofEpochMilli(millis))),
        of("Rows written", runs, run -> run.rowsWritten().orElse(0L), Shown::number),
        of("Rows rejected", runs, run -> run.rowsRejected().orElse(0L), Shown::number),
        of("Objects", runs, HistoryView::objects, Shown::number));
  }

  private static Chart of(
      String title,
      List<HistoryView> runs,
      ToLongFunction<HistoryView> value,
      LongFunction<String> written) {
    long most = runs.stream().mapToLong(value).max().orElse(0);
    int slot = WIDTH / Math.max(SLOTS, runs.size());
    List<Bar> bars = new ArrayList<>();
    for (HistoryView run : runs) {
      long its = value.applyAsLong(run);
      int height = its == 0 ? LEAST : LEAST + (int) ((HEIGHT - LEAST) * its / most);
      bars.add(
          new Bar(
              run.run(),
              Tone.of(run.state()),
              "%s, %s, %s"
                  .formatted(
                      written.apply(its), Shown.word(run.state()), Shown.exact(run.createdAt())),
              bars.size() * slot,
              HEIGHT - height,
              Math.max(1, slot - 2),
              height));
    }
    return new Chart(title, written.apply(most), bars);
  }
}
