package web;

import api.RecentRunView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The last runs of a pipeline as a strip of bars, the newest at the right: the longer a run took,
 * the higher its bar.
 */
record Strip(List<Bar> bars) {

  private static final int MOST = 30;
  private static final int STEP = 7;
  private static final int HEIGHT = 36;
  private static final int LEAST = 5;

  /**
   * A run's bar.
   *
   * @param run the run's name
   * @param tone how it ended
   * @param text what a pointer or a screen reader tells of it
   * @param x its left edge
   * @param y its upper edge
   * @param height down to the strip's lower edge
   */
  record Bar(String run, Tone tone, String text, int x, int y, int height) {}

  /**
   * The strip of these runs.
   *
   * @param newestFirst at most 30
   * @param now where the bar of an open run ends
   */
  static Strip of(List<RecentRunView> newestFirst, Instant now) {
    long longest =
        newestFirst.stream().mapToLong(run -> millis(run, now)).max().stream()
            .map(most -> Math.max(1, most))
            .findFirst()
            .orElse(1);
    List<Bar> bars = new ArrayList<>();
    for (int i = newestFirst.size() - 1; i >= 0; i--) {
      RecentRunView run = newestFirst.get(i);
      int height = LEAST + (int) ((HEIGHT - LEAST) * millis(run, now) / longest);
      bars.add(
          new Bar(
              run.id(),
              Tone.of(run.state()),
              run.endedAt()
                  .map(
                      end ->
                          "%s, %s, %s"
                              .formatted(
                                  Shown.word(run.state()),
                                  Shown.took(run.createdAt(), end),
                                  Shown.exact(end)))
                  .orElse(Shown.word(run.state())),
              (MOST - 1 - i) * STEP,
              HEIGHT - height,
              height));
    }
    return new Strip(bars);
  }

  private static long millis(RecentRunView run, Instant now) {
    return Math.max(0, Duration.between(run.createdAt(), run.endedAt().orElse(now)).toMillis());
  }
}
