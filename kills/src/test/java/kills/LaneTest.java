package kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kills.Point.AtCall;
import kills.Point.AtInstant;
import kills.Point.Signal;
import kills.Point.When;
import kills.Undisturbed.Occurrence;
import localcloud.faults.Call;
import localcloud.faults.Service;
import org.junit.jupiter.api.Test;

class LaneTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final CallKind LAUNCH =
      new CallKind(Service.EMR, "RunJobFlow", "kills <lane> <run> attempt-1");
  private static final AtCall LIST =
      new AtCall(
          new Occurrence(new CallKind(Service.EMR, "ListClusters", ""), 2, Optional.of(LAUNCH)),
          When.ACTED,
          Duration.ZERO);
  private static final AtInstant INSTANT = new AtInstant(Signal.SIGTERM, 1, Duration.ofSeconds(3));

  @Test
  void another_object_is_landed_until_every_point_was_struck() {
    Lane lane = new Lane("lane01", List.of(LIST, INSTANT));
    assertThat(lane.wantsToLand()).isTrue();

    lane.land(NOW);
    assertThat(lane.wantsToLand()).isFalse();
    lane.ended();
    assertThat(lane.wantsToLand()).isTrue();

    lane.land(NOW);
    lane.struck();
    lane.struck();
    assertThat(lane.isRunning()).isTrue();
    lane.ended();
    assertThat(lane.wantsToLand()).isFalse();
    assertThat(lane.landed()).extracting(Landed::className).containsExactly("lane01-1", "lane01-2");
  }

  @Test
  void a_call_that_serves_all_runs_is_its_own_once_it_has_made_the_one_before() {
    Lane lane = new Lane("lane01", List.of(LIST));
    lane.land(NOW);
    lane.saw(emr("ListClusters", ""));
    lane.saw(emr("RunJobFlow", "kills lane02 r-20261124T232221-f3dd36 attempt-1"));
    assertThat(lane.hasReached(LIST)).isFalse();

    lane.saw(emr("RunJobFlow", "kills lane01 r-20261124T232221-f3dd36 attempt-1"));

    assertThat(lane.hasReached(LIST)).isTrue();
  }

  @Test
  void what_an_earlier_run_has_called_does_not_count() {
    Lane lane = new Lane("lane01", List.of(LIST));
    lane.land(NOW);
    lane.saw(emr("RunJobFlow", "kills lane01 r-20261124T232221-f3dd36 attempt-1"));
    lane.ended();
    lane.land(NOW);

    assertThat(lane.seen(LAUNCH)).isZero();
    assertThat(lane.hasReached(LIST)).isFalse();
  }

  @Test
  void an_instant_is_counted_from_landing_and_after_a_strike_from_when_the_service_works_again() {
    Lane lane = new Lane("lane01", List.of(INSTANT, INSTANT));
    lane.land(NOW);
    assertThat(lane.isDue(INSTANT, NOW.plusSeconds(2))).isFalse();
    lane.resumed(NOW.plusSeconds(2));
    assertThat(lane.isDue(INSTANT, NOW.plusSeconds(3))).isTrue();

    lane.struck();
    assertThat(lane.isDue(INSTANT, NOW.plusSeconds(60))).isFalse();
    lane.resumed(NOW.plusSeconds(60));

    assertThat(lane.isDue(INSTANT, NOW.plusSeconds(62))).isFalse();
    assertThat(lane.isDue(INSTANT, NOW.plusSeconds(63))).isTrue();
  }

  private static Call emr(String operation, String detail) {
    return new Call(Service.EMR, operation, detail);
  }
}
