package intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import batch.BatchLimits;
import batch.GroupPattern;
import batch.Grouping;
import batch.LandedObject;
import batch.Marker;
import inflight.InFlight;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import landing.LandingSettings;
import landing.OverS3;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.Pipeline;
import run.Run;
import run.RunId;
import store.FileStore;
import store.PausedPipelineException;
import store.PausedPipelines.Pause;
import store.SetAsideObjects.SetAside;
import testing.Iris;
import testing.NoBucket;

/** Which runs a start makes of what waits, over a real store. */
class CollectorTest {

  @TempDir Path folder;
  private final InFlight inFlight = new InFlight();
  private FileStore store;
  private Collector collector;

  @BeforeEach
  void open() {
    store = new FileStore(folder);
    collector =
        new Collector(
            new ClosedBatches(store.objects(), store.groups(), store.markers(), inFlight),
            new NewRuns(store.runs(), store.aside()));
  }

  @Test
  void all_that_waits_is_taken_at_once_in_batches_of_the_limits() {
    Pipeline pipeline = Iris.pipeline(limits(2, Grouping.NONE));
    land(pipeline, "a", "b", "c", "d", "e");

    assertThat(collector.collectAll(pipeline, Iris.NOON))
        .extracting(Run::objects)
        .containsExactly(2, 2, 1);
    assertThat(store.objects().waiting("iris", 10)).isEmpty();
    assertThat(collector.collectAll(pipeline, Iris.NOON)).isEmpty();
  }

  @Test
  void a_pause_in_the_middle_leaves_the_rest_waiting_and_tells_of_the_runs_that_have_begun() {
    Pipeline pipeline = Iris.pipeline(limits(2, Grouping.NONE));
    land(pipeline, "a", "b", "c");
    Pause pause = new Pause(Iris.NOON, "kim", Optional.empty());
    Collector paused =
        new Collector(
            new ClosedBatches(store.objects(), store.groups(), store.markers(), inFlight),
            new NewRuns(store.runs(begun -> store.paused().pause("iris", pause)), store.aside()));

    assertThat(paused.collectAll(pipeline, Iris.NOON)).extracting(Run::objects).containsExactly(2);
    assertThat(store.objects().waiting("iris", 10)).hasSize(1);
    assertThatThrownBy(() -> paused.collectAll(pipeline, Iris.NOON))
        .isInstanceOf(PausedPipelineException.class);
  }

  @Test
  void each_of_hundreds_of_groups_is_taken_whole_and_for_itself() {
    Pipeline pipeline = Iris.pipeline(limits(2, byDay(Optional.empty())));
    land(
        pipeline, IntStream.range(0, 500).mapToObj("day=%03d/a"::formatted).toArray(String[]::new));
    land(pipeline, "day=007/b", "day=007/c", "none");

    List<Run> runs = collector.collectAll(pipeline, Iris.NOON);

    assertThat(runs).hasSize(502);
    assertThat(runs).filteredOn(run -> run.objects() == 2).hasSize(1);
    assertThat(store.groups().names("iris", "", 10)).isEmpty();
  }

  @Test
  void what_has_no_marker_yet_is_left() {
    Pipeline pipeline = Iris.pipeline(limits(9, byDay(Optional.of(new Marker("_SUCCESS")))));
    land(pipeline, "in/day=1/a", "in/_SUCCESS", "out/day=1/b");
    inFlight.listed("iris", Iris.NOON.plusSeconds(1));

    assertThat(collector.collectAll(pipeline, Iris.NOON))
        .singleElement()
        .satisfies(
            run ->
                assertThat(store.objects().of(run.id()))
                    .extracting(object -> object.key())
                    .containsExactly("iris/in/day=1/a"));
  }

  @Test
  void objects_that_wait_for_their_earlier_versions_keep_none_behind_them_waiting() {
    Pipeline pipeline = Iris.pipeline(limits(2, Grouping.NONE), LandingSettings.OnOverwrite.IGNORE);
    land(pipeline, "a", "b", "c");
    collector.collectAll(pipeline, Iris.NOON);
    new Intake(store.objects(), store.markers(), OverS3.checksums(new NoBucket()))
        .record(
            pipeline,
            Stream.of("a", "b", "c")
                .map(
                    path ->
                        new LandedObject(
                            "iris", "landing", "iris/" + path, "later", 1, Iris.NOON, Iris.NOON))
                .toList());
    land(pipeline, "d");

    assertThat(collector.collectAll(pipeline, Iris.NOON))
        .singleElement()
        .satisfies(
            run ->
                assertThat(store.objects().of(run.id()))
                    .extracting(object -> object.key())
                    .containsExactly("iris/d"));
    assertThat(store.objects().waiting("iris", 10)).hasSize(3);
  }

  @Test
  void all_that_have_waited_too_long_for_their_marker_are_taken() {
    Grouping grouping =
        new Grouping(
            Optional.empty(),
            Optional.of(new Marker("_SUCCESS")),
            Optional.of(Duration.ofHours(1)));
    Pipeline pipeline =
        Iris.pipeline(new BatchLimits(1_000, 1_000_000, Duration.ofDays(1), grouping));
    land(pipeline, IntStream.range(0, 2_500).mapToObj("in/%04d"::formatted).toArray(String[]::new));

    assertThat(collector.collectAll(pipeline, Iris.NOON.plus(Duration.ofHours(1))))
        .extracting(Run::objects)
        .containsExactlyInAnyOrder(1_000, 1_000, 500);
  }

  @Test
  void an_object_that_Spark_cannot_name_is_set_aside_and_stops_nothing() {
    Pipeline pipeline = Iris.pipeline(limits(1, Grouping.NONE));
    land(pipeline, "a//b", "c");

    assertThat(collector.collectAll(pipeline, Iris.NOON)).hasSize(1);
    assertThat(store.aside().newest("iris", 10))
        .singleElement()
        .satisfies(aside -> assertThat(aside.object().key()).isEqualTo("iris/a//b"));
  }

  @Test
  void files_without_data_make_no_run_and_are_reported() {
    Pipeline pipeline = Iris.pipeline(limits(10, Grouping.NONE));
    land(pipeline, "_SUCCESS", "day=1_$folder$", "_temporary/0/part-0.parquet", "d/.part.crc");

    assertThat(collector.collectAll(pipeline, Iris.NOON)).isEmpty();
    assertThat(store.objects().waiting("iris", 10)).isEmpty();
    assertThat(store.aside().newest("iris", 10))
        .extracting(SetAside::reason)
        .hasSize(4)
        .allMatch(reason -> reason.startsWith("It holds no data: it"));
  }

  @Test
  void a_folder_that_is_a_partition_is_none_of_them() {
    Pipeline pipeline = Iris.pipeline(limits(1, Grouping.NONE));
    land(pipeline, "_day=1/part-0.parquet", "_SUCCESS");

    assertThat(collector.collectAll(pipeline, Iris.NOON))
        .singleElement()
        .satisfies(run -> assertThat(run.objects()).isEqualTo(1));
  }

  @Test
  void the_same_content_put_again_is_loaded_again_unless_it_is_to_be_ignored() {
    Pipeline pipeline = Iris.ignoringSameContent(limits(10, Grouping.NONE));
    LandedObject first = Iris.object("iris/a", 1, Iris.NOON).withChecksum(Optional.of("SHA256:x"));
    store.objects().record("iris", List.of(first));
    RunId id = collector.collectAll(pipeline, Iris.NOON).get(0).id();
    LandedObject again =
        new LandedObject(
            "iris",
            "landing",
            "iris/a",
            "etag-of-2-parts-2",
            1,
            Iris.NOON.plusSeconds(1),
            Iris.NOON,
            Optional.of("SHA256:x"));
    store.objects().record("iris", List.of(again));

    assertThat(collector.collectAll(pipeline, Iris.NOON)).as("the first is in a run").isEmpty();
    assertThat(store.objects().waiting("iris", 10)).hasSize(1);

    store.succeed(id);
    assertThat(collector.collectAll(pipeline, Iris.NOON)).isEmpty();
    assertThat(store.aside().newest("iris", 10))
        .singleElement()
        .satisfies(aside -> assertThat(aside.reason()).contains("landing.same-content=ignore"));
  }

  private void land(Pipeline pipeline, String... paths) {
    new Intake(store.objects(), store.markers(), OverS3.checksums(new NoBucket()))
        .record(
            pipeline,
            List.of(paths).stream()
                .map(path -> Iris.object("iris/" + path, 1, Iris.NOON))
                .toList());
  }

  private static BatchLimits limits(int maxObjects, Grouping grouping) {
    return new BatchLimits(maxObjects, 1_000, Duration.ofDays(1), grouping);
  }

  private static Grouping byDay(Optional<Marker> marker) {
    return new Grouping(Optional.of(new GroupPattern("day=([0-9]+)/")), marker, Optional.empty());
  }
}
