package kills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import kills.Point.AtCall;
import kills.Point.When;
import localcloud.faults.Call;
import localcloud.faults.ReceivedCall;
import localcloud.faults.Service;
import localcloud.process.Failure;
import org.junit.jupiter.api.Test;

class PlanTest {

  private static final String NAME = "kills lane00 r-20261124T232221-f3dd36 attempt-1";

  private final List<ReceivedCall> calls = new ArrayList<>();

  @Test
  void every_call_of_the_run_is_struck_before_within_and_after() throws Failure {
    List<Point> points = pointsOf(Plan.full(undisturbed(), 0, new Random(7)));

    assertThat(points.stream().filter(AtCall.class::isInstance).map(Point::words))
        .contains(
            "S3 PutObject curated-<lane>/x arrival",
            "S3 PutObject curated-<lane>/x acted",
            "S3 PutObject curated-<lane>/x answered",
            "EMR RunJobFlow kills <lane> <run> attempt-1 acted",
            "EMR ListClusters (2) arrival",
            "Snowflake Login answered")
        .doesNotHaveDuplicates();
  }

  @Test
  void what_is_not_of_the_run_is_no_point_but_for_the_sign_in() throws Failure {
    List<Point> points = pointsOf(Plan.full(undisturbed(), 0, new Random(7)));

    assertThat(points)
        .extracting(Point::words)
        .noneMatch(words -> words.matches(".*(HeadBucket|orphan|SELECT 1).*"));
  }

  @Test
  void a_call_that_tells_no_lane_waits_for_the_one_of_the_run_before_it() throws Failure {
    List<Point> points = pointsOf(Plan.full(undisturbed(), 0, new Random(7)));

    assertThat(points.stream().filter(AtCall.class::isInstance).map(AtCall.class::cast))
        .filteredOn(point -> point.kind().operation().equals("ListClusters"))
        .extracting(point -> point.call().after().map(CallKind::operation))
        .containsOnly(Optional.of("RunJobFlow"), Optional.of("DescribeCluster"));
  }

  @Test
  void calls_that_are_made_again_and_again_fill_up_what_is_asked_for() throws Failure {
    assertThat(pointsOfCalls(0)).isEqualTo(6 * 3 + 3);
    assertThat(pointsOfCalls(20)).isEqualTo(7 * 3 + 3);
    assertThatThrownBy(() -> pointsOfCalls(60))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("60");
  }

  @Test
  void a_call_that_is_made_until_it_has_its_effect_has_two_lanes_of_its_own() throws Failure {
    Undisturbed run = undisturbed();
    call(Service.SNOWFLAKE, "Query", "CREATE STAGE IF NOT EXISTS \"LANE00\"");
    Undisturbed creating =
        new Undisturbed(List.copyOf(calls), run.landed(), run.lane(), run.others(), run.took());

    List<List<String>> lanes =
        Plan.full(creating, 0, new Random(7)).lanes().stream()
            .map(lane -> pointsOf(new Plan(List.of(lane))))
            .map(points -> points.stream().map(Point::words).toList())
            .toList();

    String stage = "Snowflake Query CREATE STAGE IF NOT EXISTS <lane> ";
    assertThat(lanes)
        .contains(List.of(stage + "arrival", stage + "acted"), List.of(stage + "answered"));
  }

  @Test
  void of_the_questions_for_steps_only_the_first_is_sure_to_be_asked() throws Failure {
    Undisturbed run = undisturbed();
    call(Service.EMR, "ListSteps", NAME + " j-DW1H6JMX8IO0O");
    call(Service.EMR, "ListSteps", NAME + " j-DW1H6JMX8IO0O");
    Undisturbed asking =
        new Undisturbed(List.copyOf(calls), run.landed(), run.lane(), run.others(), run.took());

    assertThat(pointsOf(Plan.full(asking, 0, new Random(7))).stream().map(Point::words))
        .filteredOn(words -> words.contains("ListSteps"))
        .hasSize(3);
  }

  @Test
  void the_same_seed_gives_the_same_points_and_delays_in_the_same_order() throws Failure {
    List<Point> points = pointsOf(Plan.full(undisturbed(), 0, new Random(7)));

    assertThat(pointsOf(Plan.full(undisturbed(), 0, new Random(7)))).isEqualTo(points);
    assertThat(pointsOf(Plan.full(undisturbed(), 0, new Random(8)))).isNotEqualTo(points);
    assertThat(points.stream().filter(AtCall.class::isInstance).map(AtCall.class::cast))
        .filteredOn(point -> point.when() != When.ANSWERED)
        .allMatch(point -> point.delay().isZero());
  }

  private long pointsOfCalls(int asked) throws Failure {
    return pointsOf(Plan.full(undisturbed(), asked, new Random(7))).stream()
        .filter(AtCall.class::isInstance)
        .count();
  }

  private static List<Point> pointsOf(Plan plan) {
    List<Point> points = new ArrayList<>();
    for (Lane lane : plan.lanes()) {
      lane.land(Instant.EPOCH);
      while (lane.next().isPresent()) {
        points.add(lane.struck());
      }
    }
    return points;
  }

  private Undisturbed undisturbed() {
    calls.clear();
    call(Service.S3, "HeadBucket", "curated-lane00");
    call(Service.SNOWFLAKE, "Login", "");
    long landed = calls.size();
    call(Service.S3, "ListObjectsV2", "landing-orphan/orphan/");
    call(Service.SNOWFLAKE, "Query", "SELECT 1");
    call(Service.S3, "PutObject", "curated-lane00/x");
    call(Service.EMR, "RunJobFlow", NAME);
    call(Service.EMR, "ListClusters", "");
    call(Service.EMR, "DescribeCluster", NAME + " j-DW1H6JMX8IO0O");
    call(Service.EMR, "ListClusters", "");
    call(Service.EMR, "ListClusters", "");
    call(Service.SNOWFLAKE, "Query", "ALTER EXTERNAL TABLE \"LANE00\" REFRESH 'x'");
    return new Undisturbed(
        List.copyOf(calls), landed, "lane00", List.of("orphan"), Duration.ofSeconds(12));
  }

  private void call(Service service, String operation, String detail) {
    calls.add(
        new ReceivedCall(
            calls.size() + 1L, Instant.EPOCH, new Call(service, operation, detail), ""));
  }
}
