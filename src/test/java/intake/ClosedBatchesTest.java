package intake;

import static org.assertj.core.api.Assertions.assertThat;

import batch.BatchLimits;
import batch.GroupPattern;
import batch.Grouping;
import batch.LandedObject;
import batch.Marker;
import inflight.InFlight;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import landing.OverS3;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.Pipeline;
import run.Run;
import run.RunId;
import store.FileStore;
import testing.Iris;
import testing.NoBucket;

/** Which batches a tick finds, over a real store. */
class ClosedBatchesTest {

  private static final Instant NOON = Iris.NOON;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String BY_DAY = "day=([0-9]+)/";

  @TempDir Path folder;
  private final InFlight inFlight = new InFlight();
  private FileStore store;
  private ClosedBatches batches;
  private int taken;

  @BeforeEach
  void open() {
    store = new FileStore(folder);
    restart();
  }

  @Test
  void each_group_closes_by_count_for_itself() {
    Pipeline pipeline = grouped(BY_DAY, 2);
    land(pipeline, "day=1/a", "day=2/a", "other", "day=2/b", "day=3/a");

    assertThat(closed(pipeline, NOON)).containsExactly(List.of("day=2/a", "day=2/b"));
  }

  @Test
  void each_group_closes_by_age_for_itself_and_objects_without_one_are_one() {
    Pipeline pipeline = grouped(BY_DAY, 10);
    land(pipeline, "day=1/a", "x", "day=2/a", "y");

    assertThat(closed(pipeline, NOON.plus(HOUR)))
        .containsExactlyInAnyOrder(List.of("day=1/a"), List.of("day=2/a"), List.of("x", "y"));
  }

  @Test
  void while_a_run_waits_for_its_cluster_what_lands_gathers_up_to_the_limits() {
    Pipeline pipeline = Iris.pipeline(new BatchLimits(3, 1_000, HOUR));
    land(pipeline, "a");
    assertThat(closed(pipeline, NOON.plus(HOUR))).containsExactly(List.of("a"));

    land(pipeline, "b", "c");
    assertThat(closed(pipeline, NOON.plus(HOUR))).as("the first run waits").isEmpty();
    land(pipeline, "d");
    assertThat(closed(pipeline, NOON.plus(HOUR))).containsExactly(List.of("b", "c", "d"));
    land(pipeline, "e");
    launch(1);
    assertThat(closed(pipeline, NOON.plus(HOUR))).as("the second run waits").isEmpty();
    launch(2);
    assertThat(closed(pipeline, NOON.plus(HOUR))).containsExactly(List.of("e"));
  }

  @Test
  void
      thousands_that_land_at_once_are_as_few_runs_as_the_limit_allows_although_they_are_found_slowly() {
    List<Integer> runs = runsOfTwoThousand(1_000, found -> NOON, true);

    assertThat(runs).as("each has its cluster at once").containsExactly(1_000, 1_000);
  }

  @Test
  void
      thousands_that_land_one_after_another_are_one_run_beside_the_one_that_waits_for_its_cluster() {
    List<Integer> runs = runsOfTwoThousand(5_000, found -> found, false);

    assertThat(runs).containsExactly(450, 1_550);
  }

  /**
   * How many objects each run takes of 2,000 that are found 50 every quarter of a second, about as
   * the service takes events against the stand-ins, where an object waits two seconds for others.
   *
   * @param landed when what is found then has landed
   * @param launches whether each run has its cluster at once, or the first only when all is found
   */
  private List<Integer> runsOfTwoThousand(
      int maxObjects, UnaryOperator<Instant> landed, boolean launches) {
    Pipeline pipeline =
        Iris.pipeline(new BatchLimits(maxObjects, 1_000_000, Duration.ofSeconds(2)));
    List<Integer> runs = new ArrayList<>();
    for (int quarter = 0; quarter < 60; quarter++) {
      Instant now = NOON.plusMillis(250L * quarter);
      if (quarter < 40) {
        find(pipeline, landed.apply(now), now, numbered(50, quarter + "/%d"));
      }
      int before = taken;
      closed(pipeline, now).forEach(batch -> runs.add(batch.size()));
      if (launches ? taken > before : quarter == 50) {
        launch(taken);
      }
    }
    return runs;
  }

  @Test
  void a_run_that_waits_for_its_cluster_holds_up_its_own_group_only() {
    Pipeline pipeline = grouped(BY_DAY, 10);
    land(pipeline, "day=1/a");
    assertThat(closed(pipeline, NOON.plus(HOUR))).containsExactly(List.of("day=1/a"));

    land(pipeline, "day=1/b", "day=2/a");
    assertThat(closed(pipeline, NOON.plus(HOUR))).containsExactly(List.of("day=2/a"));
    launch(1);
    assertThat(closed(pipeline, NOON.plus(HOUR))).containsExactly(List.of("day=1/b"));
  }

  @Test
  void what_markers_close_waits_for_no_run() {
    Pipeline pipeline = marked(Optional.empty(), Optional.empty());
    land(pipeline, "1/a", "1/_SUCCESS");
    inFlight.listed("iris", NOON.plusSeconds(1));
    assertThat(closed(pipeline, NOON)).containsExactly(List.of("1/a"));

    land(pipeline, "2/a", "2/_SUCCESS");
    assertThat(closed(pipeline, NOON)).containsExactly(List.of("2/a"));
  }

  /** EMR has been asked for the cluster of the run that was taken as that one. */
  private void launch(int number) {
    store.launch(RunId.create(NOON, number));
  }

  @Test
  void a_group_behind_hundreds_that_wait_is_found_within_a_few_ticks() {
    Pipeline pipeline = grouped(BY_DAY, 2);
    land(pipeline, numbered(500, "day=%03d/a"));
    land(pipeline, "day=999/a", "day=999/b");

    List<List<String>> found = new ArrayList<>();
    for (int tick = 0; tick < 3; tick++) {
      found.addAll(closed(pipeline, NOON));
    }
    assertThat(found).containsExactly(List.of("day=999/a", "day=999/b"));

    land(pipeline, "day=100/b");
    assertThat(closed(pipeline, NOON)).containsExactly(List.of("day=100/a", "day=100/b"));
  }

  @Test
  void a_pattern_that_was_changed_while_the_service_was_down_groups_anew() {
    land(grouped(BY_DAY, 2), "day=1/a", "day=2/a");
    assertThat(closed(grouped(BY_DAY, 2), NOON)).isEmpty();
    restart();

    assertThat(closed(grouped("day", 2), NOON)).containsExactly(List.of("day=1/a", "day=2/a"));
  }

  @Test
  void a_marker_closes_nothing_before_a_listing_that_began_after_it_was_seen() {
    Pipeline pipeline = marked(Optional.empty(), Optional.empty());
    land(pipeline, "in/a", "in/_SUCCESS");

    assertThat(closed(pipeline, NOON)).isEmpty();
    inFlight.listed("iris", NOON);
    assertThat(closed(pipeline, NOON)).isEmpty();
    inFlight.listed("iris", NOON.plusSeconds(1));
    assertThat(closed(pipeline, NOON)).containsExactly(List.of("in/a"));
    assertThat(closed(pipeline, NOON)).isEmpty();
  }

  @Test
  void without_its_marker_an_object_is_never_taken_and_count_closes_nothing() {
    Pipeline pipeline = marked(Optional.empty(), Optional.empty());
    land(pipeline, "in/a", "in/b", "in/c", "in/d");
    inFlight.listed("iris", NOON.plusSeconds(1));

    assertThat(closed(pipeline, NOON.plus(Duration.ofDays(99)))).isEmpty();
  }

  @Test
  void without_its_marker_an_object_is_taken_by_age_where_an_age_is_set() {
    Pipeline pipeline = marked(Optional.empty(), Optional.of(HOUR));
    land(pipeline, "in/a", "else/b");

    assertThat(closed(pipeline, NOON.plus(HOUR).minusNanos(1))).isEmpty();
    assertThat(closed(pipeline, NOON.plus(HOUR))).containsExactly(List.of("in/a", "else/b"));
  }

  @Test
  void what_a_marker_closes_is_a_batch_for_each_group() {
    Pipeline pipeline = marked(Optional.of(BY_DAY), Optional.empty());
    land(pipeline, "in/day=1/a", "in/day=2/a", "in/day=1/b", "in/_SUCCESS");
    inFlight.listed("iris", NOON.plusSeconds(1));

    assertThat(closed(pipeline, NOON))
        .containsExactlyInAnyOrder(List.of("in/day=1/a", "in/day=1/b"), List.of("in/day=2/a"));
  }

  @Test
  void the_markers_of_two_folders_close_a_batch_each() {
    Pipeline pipeline = marked(Optional.empty(), Optional.empty());
    land(pipeline, "1/a", "1/sub/b", "1/sub/_SUCCESS", "2/a", "1/_SUCCESS", "2/_SUCCESS");
    inFlight.listed("iris", NOON.plusSeconds(1));

    assertThat(closed(pipeline, NOON))
        .containsExactlyInAnyOrder(List.of("1/a"), List.of("1/sub/b"), List.of("2/a"));
  }

  @Test
  void a_marker_closes_more_than_one_batch_has_room_for() {
    Pipeline pipeline = marked(Optional.empty(), Optional.empty());
    land(pipeline, numbered(2_500, "in/%04d"));
    land(pipeline, "in/_SUCCESS");
    inFlight.listed("iris", NOON.plusSeconds(1));

    for (int tick = 0; tick < 2_500; tick += 1_250) {
      assertThat(closed(pipeline, NOON))
          .singleElement()
          .satisfies(batch -> assertThat(batch).hasSize(1_250));
    }
    assertThat(closed(pipeline, NOON)).isEmpty();
  }

  private void restart() {
    batches = new ClosedBatches(store.objects(), store.groups(), store.markers(), inFlight);
  }

  /** Records what has landed as a listing does. */
  private void land(Pipeline pipeline, String... paths) {
    find(pipeline, NOON, NOON, paths);
  }

  private void find(Pipeline pipeline, Instant landed, Instant seen, String... paths) {
    new Intake(store.objects(), store.markers(), OverS3.checksums(new NoBucket()))
        .record(
            pipeline,
            Stream.of(paths)
                .map(
                    path ->
                        new LandedObject("iris", "landing", "iris/" + path, "e", 1, landed, seen))
                .toList());
  }

  private static String[] numbered(int count, String path) {
    return IntStream.range(0, count).mapToObj(path::formatted).toArray(String[]::new);
  }

  /** The keys of the closed batches below the prefix; runs take them. */
  private List<List<String>> closed(Pipeline pipeline, Instant now) {
    List<List<LandedObject>> closed = batches.of(pipeline, now);
    for (List<LandedObject> batch : closed) {
      RunId id = RunId.create(NOON, ++taken);
      store.runs().collect(Run.collected(id, "iris", NOON, batch.size(), 1), batch);
    }
    return closed.stream()
        .map(batch -> batch.stream().map(object -> object.key().substring(5)).toList())
        .toList();
  }

  private static Pipeline grouped(String pattern, int maxObjects) {
    return Iris.pipeline(
        new BatchLimits(
            maxObjects,
            1_000,
            HOUR,
            new Grouping(
                Optional.of(new GroupPattern(pattern)), Optional.empty(), Optional.empty())));
  }

  private static Pipeline marked(Optional<String> pattern, Optional<Duration> unmarkedFor) {
    return Iris.pipeline(
        new BatchLimits(
            pattern.isPresent() ? 3 : 1_250,
            10_000,
            HOUR,
            new Grouping(
                pattern.map(GroupPattern::new), Optional.of(new Marker("_SUCCESS")), unmarkedFor)));
  }
}
