package web;

import static org.assertj.core.api.Assertions.assertThat;

import api.HistoryView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import run.RunState;

class ChartTest {

  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

  @Test
  void what_no_run_has_is_not_drawn_and_the_newest_run_is_at_the_right() {
    List<Chart> charts =
        Chart.of(
            List.of(run("r-1", RunState.SUCCEEDED, 10L), run("r-2", RunState.FAILED, 0L)), NOON);

    assertThat(charts)
        .extracting(Chart::title)
        .containsExactly("Duration", "Rows written", "Objects");
    Chart rows = charts.get(1);
    assertThat(rows.slots().get(1).x() + rows.slots().get(1).width()).isEqualTo(1000);
    assertThat(rows.paths())
        .as("a failed run without rows has its mark, and no bar")
        .containsExactly(
            new BarPaths.BarPath(Tone.GOOD, "M950 0h23v120h-23z"),
            new BarPaths.BarPath(Tone.BAD, "M975 124h23v6h-23z"));
  }

  private static HistoryView run(String id, RunState state, long rows) {
    return new HistoryView(
        id,
        state,
        NOON.minusSeconds(60),
        Optional.of(NOON),
        1,
        100,
        Optional.of(rows),
        Optional.of(0L));
  }
}
