package web;

import static org.assertj.core.api.Assertions.assertThat;

import api.RecentRunView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import run.RunState;
import web.BarPaths.BarPath;

class StripTest {

  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
  private static final RecentRunView OPEN =
      new RecentRunView("r-2", RunState.PROCESSING, NOON, Optional.empty());
  private static final RecentRunView FAILED =
      new RecentRunView("r-1", RunState.FAILED, NOON.minusSeconds(60), Optional.of(NOON));

  @Test
  void the_newest_run_is_at_the_right_and_a_failed_one_has_a_mark_below_it() {
    Strip strip = Strip.of(List.of(OPEN, FAILED), NOON.plusSeconds(60));

    assertThat(strip.slots()).extracting(Strip.Slot::run).containsExactly("r-1", "r-2");
    assertThat(strip.slots()).extracting(Strip.Slot::x).containsExactly(196, 203);
    assertThat(strip.paths())
        .containsExactly(
            new BarPath(Tone.BUSY, "M204 0h5v36h-5z"),
            new BarPath(Tone.BAD, "M197 0h5v36h-5zM197 39h5v3h-5z"));
    assertThat(strip.summary()).isEqualTo("1 processing, 1 failed");
  }

  @Test
  void the_bar_of_an_open_run_grows() {
    List<RecentRunView> runs = List.of(OPEN, FAILED);

    assertThat(Strip.of(runs, NOON.plusSeconds(6)).paths())
        .isNotEqualTo(Strip.of(runs, NOON.plusSeconds(30)).paths());
    assertThat(Strip.ends(runs, NOON.plusSeconds(6)))
        .hasSize(1)
        .isNotEqualTo(Strip.ends(runs, NOON.plusSeconds(30)));
    assertThat(Strip.ends(List.of(FAILED), NOON)).isEmpty();
  }
}
