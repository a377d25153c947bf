package web;

import static org.assertj.core.api.Assertions.assertThat;
import static web.ShownRuns.at;
import static web.ShownRuns.open;
import static web.ShownRuns.phase;

import api.PhaseView;
import flow.Phase.Kind;
import flow.Phase.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import web.PhaseChart.Bar;
import web.PhaseChart.Group;
import web.PhaseChart.Tick;

class PhaseChartTest {

  @Test
  void only_what_was_done_is_green() {
    List<Bar> bars =
        PhaseChart.of(
                List.of(
                    phase(Kind.STEP, 1, 0, 10, Outcome.COMPLETED),
                    phase(Kind.STEP, 1, 10, 20, Outcome.FAILED),
                    phase(Kind.STEP, 1, 20, 30, Outcome.CUT_OFF),
                    open(Kind.STEP, 1, 30)),
                at(40))
            .groups()
            .get(0)
            .bars();

    assertThat(bars)
        .extracting(Bar::tone)
        .containsExactly(Tone.GOOD, Tone.BAD, Tone.STILL, Tone.BUSY);
    assertThat(bars).extracting(Bar::note).containsExactly("", "failed", "cut off", "");
  }

  @Test
  void the_phases_of_two_attempts_are_apart_on_one_line() {
    PhaseChart chart =
        PhaseChart.of(
            List.of(
                phase(Kind.PROVISIONING, 1, 0, 50, Outcome.FAILED),
                phase(Kind.BETWEEN, 2, 50, 75, Outcome.COMPLETED),
                phase(Kind.STEP, 2, 75, 100, Outcome.COMPLETED)),
            at(500));

    assertThat(chart.groups()).extracting(Group::name).containsExactly("Attempt 1", "Attempt 2");
    assertThat(chart.groups().get(1).bars()).extracting(Bar::x).containsExactly(500L, 750L);
    assertThat(chart.to()).contains(at(100));
  }

  @Test
  void an_open_line_has_no_end_and_moves_on_in_steps() {
    List<PhaseView> waits = List.of(open(Kind.WAITING, 1, 0));

    assertThat(PhaseChart.of(waits, at(11)).to()).isEmpty();
    assertThat(PhaseChart.of(waits, at(11))).isEqualTo(PhaseChart.of(waits, at(10)));
  }

  @Test
  void one_attempt_needs_no_name() {
    assertThat(PhaseChart.of(List.of(open(Kind.WAITING, 1, 0)), at(1)).groups().get(0).name())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1|0 s",
        "26|0 s,10 s,20 s",
        "100|0 s,30 s,1 min 30 s",
        "3600|0 s,15 min,30 min,45 min",
        "864000|0 s,3 d,6 d,9 d"
      })
  void the_ticks_are_round(int seconds, String labels) {
    PhaseChart chart =
        PhaseChart.of(List.of(phase(Kind.STEP, 1, 0, seconds, Outcome.COMPLETED)), at(seconds));

    assertThat(chart.ticks())
        .hasSizeLessThan(7)
        .extracting(Tick::label)
        .contains(labels.split(","));
  }

  @Test
  void a_tick_is_where_its_time_is() {
    assertThat(new Tick(505, "x").percent()).isEqualTo("50.5%");
  }
}
