package actions;

import static org.assertj.core.api.Assertions.assertThat;

import aws.RealClients;
import batch.LandedObject;
import inflight.InFlight;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import landing.AfterSuccess;
import landing.KeyOrder;
import landing.LandingSettings;
import landing.OverS3;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.Pipeline;
import pipeline.Pipelines;
import run.RunId;
import run.RunState;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import store.FileStore;
import testing.Iris;
import testing.LocalCloud;
import testing.Models;
import testing.MovableClock;

/** Archiving and deleting, with the real client against the S3 stand-in. */
class ClearLandedTest {

  private static final int MOST_ROUNDS = 20;
  private static final RunId RUN = RunId.create(Iris.NOON, 1);
  private static final List<String> HOSTILE =
      List.of(
          "späte lieferung 100%+1'\".gz",
          "plus+and space/percent%20",
          "a&b=c;d?e#f",
          "line\nbreak",
          "<xml>&amp;",
          "🌸/blüte",
          ("long" + "x".repeat(196) + "/").repeat(4) + "end");

  private static final LocalCloud CLOUD = new LocalCloud();
  private static S3Client s3;

  @TempDir Path folder;
  private FileStore store;

  @BeforeAll
  static void start() {
    s3 = RealClients.s3(URI.create(CLOUD.start().get("aws.s3.endpoint")));
  }

  @AfterAll
  static void stop() {
    s3.close();
    CLOUD.stop();
  }

  @BeforeEach
  void open() {
    store = new FileStore(folder);
  }

  @AfterEach
  void empty() {
    CLOUD.spare();
    listed(key -> true).forEach(key -> s3.deleteObject(r -> r.bucket("landing").key(key)));
  }

  @Test
  void hostile_keys_are_listed_recorded_and_archived_as_they_are() {
    HOSTILE.forEach(key -> land("iris/" + key, key));
    List<LandedObject> landed =
        OverS3.listing(s3, Clock.systemUTC()).all("iris", settings(AfterSuccess.KEEP)).toList();
    assertThat(landed)
        .extracting(object -> object.key().substring("iris/".length()))
        .containsExactlyInAnyOrderElementsOf(HOSTILE);
    store.run(RUN, "iris", RunState.SUCCEEDED, landed);

    clear(AfterSuccess.ARCHIVE);

    assertThat(listed(key -> !key.startsWith("old/"))).isEmpty();
    assertThat(listed(key -> true))
        .containsExactlyInAnyOrderElementsOf(
            HOSTILE.stream().map(key -> "old/iris/" + key).toList());
    for (String key : HOSTILE) {
      assertThat(
              s3.getObjectAsBytes(r -> r.bucket("landing").key("old/iris/" + key)).asUtf8String())
          .isEqualTo(key);
    }
  }

  @Test
  void what_was_overwritten_after_its_run_had_succeeded_and_what_is_gone_is_left() {
    LandedObject changed = land("iris/changed", "first");
    LandedObject gone = land("iris/gone", "first");
    LandedObject same = land("iris/same", "first");
    LandedObject failed = land("iris/failed", "first");
    store.run(RUN, "iris", RunState.SUCCEEDED, List.of(changed, gone, same));
    store.run(RunId.create(Iris.NOON, 2), "iris", RunState.FAILED, List.of(failed));
    land("iris/changed", "second");
    s3.deleteObject(request -> request.bucket("landing").key("iris/gone"));

    clear(AfterSuccess.DELETE);

    assertThat(listed(key -> true)).containsExactlyInAnyOrder("iris/changed", "iris/failed");
    assertThat(s3.getObjectAsBytes(r -> r.bucket("landing").key("iris/changed")).asUtf8String())
        .isEqualTo("second");
  }

  @Test
  void an_outage_and_one_object_that_always_fails_keep_no_other_from_being_cleared() {
    CLOUD.strike(
        """
        {"service":"S3", "operation":"DeleteObject", "match":"stubborn", "does":"error", "status":403, "code":"AccessDenied", "message":"no", "times":0}""");
    CLOUD.strike(
        """
        {"service":"S3", "operation":"HeadObject", "match":"iris/0", "does":"cut", "times":4}""");
    LandedObject stubborn = land("iris/a-stubborn", "x");
    List<LandedObject> others =
        java.util.stream.IntStream.range(0, ClearLanded.PORTION)
            .mapToObj(i -> land("iris/" + i, "x"))
            .toList();
    store.run(RUN, "iris", RunState.SUCCEEDED, List.of(stubborn));
    store.run(RunId.create(Iris.NOON, 2), "iris", RunState.SUCCEEDED, others);

    clear(AfterSuccess.DELETE, () -> listed(key -> true).equals(List.of("iris/a-stubborn")));
    CLOUD.spare();
    clear(AfterSuccess.DELETE);

    assertThat(listed(key -> true)).isEmpty();
  }

  @Test
  void only_a_pipeline_that_says_so_is_due_and_not_again_before_it_was_cleared() {
    ClearLanded clearLanded =
        new ClearLanded(
            new Pipelines(
                Map.of(
                    "iris",
                    pipeline(AfterSuccess.DELETE),
                    "kept",
                    Iris.pipeline("kept", Optional.empty()))),
            store.cleared(),
            OverS3.clearing(s3),
            new InFlight(),
            new MovableClock(Iris.NOON));

    List<Pipeline> due = clearLanded.due();

    assertThat(due).extracting(Pipeline::name).containsExactly("iris");
    assertThat(clearLanded.due()).isEmpty();
    clearLanded.clear(due.get(0));
    assertThat(clearLanded.due()).hasSize(1);
  }

  private LandedObject land(String key, String content) {
    String etag =
        s3.putObject(r -> r.bucket("landing").key(key), RequestBody.fromString(content)).eTag();
    return new LandedObject(
        "iris", "landing", key, etag.replace("\"", ""), content.length(), Iris.NOON, Iris.NOON);
  }

  private static List<String> listed(Predicate<String> wanted) {
    return s3.listObjectsV2(request -> request.bucket("landing")).contents().stream()
        .map(S3Object::key)
        .filter(key -> !key.endsWith("/"))
        .filter(wanted)
        .toList();
  }

  private void clear(AfterSuccess afterSuccess) {
    clear(afterSuccess, () -> store.cleared().of("iris", Optional.empty(), 1).isEmpty());
  }

  /** Clears one portion after another until it is so, each after the longest pause. */
  private void clear(AfterSuccess afterSuccess, BooleanSupplier isSo) {
    MovableClock clock = new MovableClock(Iris.NOON);
    ClearLanded clearLanded =
        new ClearLanded(
            new Pipelines(Map.of("iris", pipeline(afterSuccess))),
            store.cleared(),
            OverS3.clearing(s3),
            new InFlight(),
            clock);
    for (int round = 0; !isSo.getAsBoolean(); round++) {
      assertThat(round).as("portions").isLessThan(MOST_ROUNDS);
      clearLanded.due().forEach(clearLanded::clear);
      clock.move(Duration.ofMinutes(1));
    }
  }

  private static Pipeline pipeline(AfterSuccess afterSuccess) {
    Pipeline iris = Iris.pipeline();
    return Models.pipeline(
        "iris",
        settings(afterSuccess),
        iris.batch(),
        iris.input(),
        iris.transform(),
        iris.checks(),
        iris.curated(),
        iris.cluster(),
        iris.warehouse());
  }

  private static LandingSettings settings(AfterSuccess afterSuccess) {
    Duration poll = Duration.ofSeconds(1);
    return Models.landing(
        "landing",
        "iris/",
        poll,
        false,
        afterSuccess,
        Optional.of("old/").filter(prefix -> afterSuccess == AfterSuccess.ARCHIVE),
        KeyOrder.ANY,
        LandingSettings.OnOverwrite.LOAD_AGAIN,
        Optional.empty());
  }
}
