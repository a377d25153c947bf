package routes;

import static org.assertj.core.api.Assertions.assertThat;

import batch.LandedObject;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import run.Failure;
import run.FailureKind;
import run.OpenRun;
import run.RowCounts;
import run.Run;
import run.RunState;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import store.LandedObjects;
import store.RunStore;
import store.SetAsideObjects;
import testing.Api;
import testing.Awaiting;
import testing.BatchPipelines;
import testing.LandedRuns;
import testing.LocalCloud;

/** Which objects come into one run: the whole service against the stand-ins. */
@QuarkusTest
@TestProfile(BatchPipelines.class)
@QuarkusTestResource(value = LocalCloud.class, restrictToAnnotatedClass = true)
class BatchRouteTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int OK = 200;

  /** The stand-in keeps objects as files, so no part of a key is longer than a file's name. */
  private static final List<String> HOSTILE =
      List.of(
          "with space.csv",
          "plus+plus.csv",
          "100%.csv",
          "%2Fslash%00.csv",
          "\"double\" 'single' `back`.csv",
          "new\nline\ttab\r.csv",
          "emoji 😀 ä ø 日本.csv",
          "colon:and;semi,comma.csv",
          "query?a=b&c#fragment.csv",
          "{braces}[0-9]*glob^$|~.csv",
          "_underscore.csv",
          ".dot.csv",
          "...dots/..two.csv",
          "day=2026-11-22/part.csv");

  @TestHTTPResource("/")
  URI service;

  @TestHTTPResource(value = "/", management = true)
  URI management;

  @Inject LandedObjects objects;
  @Inject RunStore runs;
  @Inject SetAsideObjects aside;
  @Inject LandedRuns landed;
  @Inject S3Client s3;
  @Inject MeterRegistry meters;
  LocalCloud cloud;

  /** Only where the job itself reads what is unusual does it run. */
  @BeforeEach
  void without_spark() {
    cloud.doWithoutSpark(" (grouped|marked|ignoring|failing|other) ");
  }

  @Test
  void one_batch_of_the_ugliest_keys_and_an_empty_object_loads_every_row_of_theirs() {
    List<String> keys = new ArrayList<>(HOSTILE);
    keys.add(longest());
    for (String key : keys.subList(1, keys.size())) {
      land("hostile/" + key, key.startsWith("100%") ? "" : "1\n2\n");
    }
    land("hostile/folder/", "");
    land("hostile/" + keys.get(0), "1\n2\n");

    OpenRun run = landed.ended("hostile/" + keys.get(0));

    assertThat(run.run().outcome().flatMap(outcome -> outcome.failure())).isEmpty();
    assertThat(objects.of(run.run().id()))
        .extracting(LandedObject::key)
        .containsExactlyInAnyOrderElementsOf(keys.stream().map(key -> "hostile/" + key).toList());
    assertThat(run.run().output().rows().map(RowCounts::written)).contains(2L * (keys.size() - 1));
    assertThat(run.run().state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void an_object_that_spark_cannot_name_is_set_aside_with_its_reason_and_stops_no_other()
      throws Exception {
    LandedObject hostile =
        new LandedObject("other", "landing", "other/../x", "e", 1, Instant.EPOCH, Instant.EPOCH);
    objects.record("other", List.of(hostile));
    land("other/good.csv", "1\n");

    assertThat(landed.ended("other/good.csv").run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(new Api(service).get("api/pipelines/other/set-aside").body())
        .contains("s3://landing/other/../x", "copy it to another key");
    assertThat(new Api(management).get("/q/metrics").body())
        .contains("landed_objects_set_aside_total{pipeline=\"other\"} 1.0");
  }

  @Test
  void objects_that_change_or_vanish_between_landing_and_reading_fail_their_runs_by_name() {
    // It is the first run whose job meets a change.
    cloud.strike(
        """
        {"service":"EMR", "match":" changing ", "does":"step-succeeds", "skip":1}""");
    land("changing/a.csv", "1\n");
    land("vanishing/a.csv", "1\n");
    Awaiting.until(
        "both are taken",
        PATIENCE,
        () -> landed.of("changing/a.csv").isPresent() && landed.of("vanishing/a.csv").isPresent());
    Run changed = landed.of("changing/a.csv").orElseThrow().run();
    land("changing/a.csv", "7\n");
    s3.deleteObject(request -> request.bucket("landing").key("vanishing/a.csv"));

    assertThat(failure(landed.ended("vanishing/a.csv").run()))
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
              assertThat(failure.message())
                  .contains("s3://landing/vanishing/a.csv does not exist (any more)");
            });
    Awaiting.until(
        "the later version is taken",
        PATIENCE,
        () -> landed.of("changing/a.csv").filter(run -> isNewer(run, changed)).isPresent());
    assertThat(landed.ended("changing/a.csv").run().state()).isEqualTo(RunState.SUCCEEDED);
    Awaiting.until(
        "the earlier version's run has ended",
        PATIENCE,
        () -> runs.find(changed.id()).orElseThrow().run().state().isFinal());
    assertThat(failure(runs.find(changed.id()).orElseThrow().run()))
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
              assertThat(failure.message())
                  .contains("s3://landing/changing/a.csv has changed since it landed: its ETag is");
            });
  }

  @Test
  void a_batch_has_one_day_only_and_a_day_behind_others_closes_by_itself() {
    land("grouped/day=2026-11-01/a.csv", "1\n");
    land("grouped/day=2026-11-02/a.csv", "1\n");
    land("grouped/" + "a".repeat(200) + "!", "1\n");
    land("grouped/day=2026-11-03/a.csv", "1\n");
    land("grouped/day=2026-11-03/b.csv", "2\n");

    OpenRun run = landed.ended("grouped/day=2026-11-03/a.csv");

    assertThat(objects.of(run.run().id()))
        .extracting(LandedObject::key)
        .containsExactlyInAnyOrder("grouped/day=2026-11-03/a.csv", "grouped/day=2026-11-03/b.csv");
    assertThat(objects.waiting("grouped", 10)).hasSize(3);
  }

  @Test
  void a_marker_closes_its_folder_and_what_comes_after_it_waits_until_it_is_written_again() {
    land("marked/in/a.csv", "1\n");
    land("marked/in/part=1/b.csv", "2\n");
    land("marked/elsewhere/c.csv", "3\n");
    land("marked/in/_SUCCESS", "");

    Run first = landed.ended("marked/in/a.csv").run();

    assertThat(first.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(objects.of(first.id()))
        .extracting(LandedObject::key)
        .containsExactlyInAnyOrder("marked/in/a.csv", "marked/in/part=1/b.csv");
    assertThat(first.output().rows().map(RowCounts::written)).contains(2L);

    land("marked/in/late.csv", "4\n");
    Awaiting.until(
        "the late one has landed", PATIENCE, () -> objects.waiting("marked", 10).size() == 2);
    assertThat(landed.of("marked/in/late.csv")).isEmpty();

    land("marked/in/_SUCCESS", "");

    Run second = landed.ended("marked/in/late.csv").run();
    assertThat(objects.of(second.id())).hasSize(1);
    assertThat(objects.waiting("marked", 10))
        .extracting(LandedObject::key)
        .containsExactly("marked/elsewhere/c.csv");
  }

  @Test
  void while_a_pipeline_is_paused_objects_are_recorded_and_no_run_begins() throws Exception {
    Api api = new Api(service);
    assertThat(api.post("api/pipelines/nobody/pause").statusCode()).isEqualTo(404);
    assertThat(api.post("api/pipelines/paused/pause?reason=maintenance").body())
        .contains("\"state\":\"PAUSED\"", "\"reason\":\"maintenance\"");
    land("paused/a.csv", "1\n");
    Awaiting.until(
        "it has landed",
        PATIENCE,
        () -> api.get("api/pipelines/paused/waiting").body().contains("s3://landing/paused/a.csv"));
    land("other/meanwhile.csv", "1\n");
    landed.ended("other/meanwhile.csv");

    assertThat(landed.of("paused/a.csv")).as("others are collected, it is not").isEmpty();
    HttpResponse<String> start = api.post("api/pipelines/paused/start");
    assertThat(start.statusCode()).isEqualTo(409);
    assertThat(start.body())
        .contains("Cannot start a run of pipeline paused", "POST /api/pipelines/paused/resume");
    HttpResponse<String> again = api.post("api/pipelines/paused/pause?reason=another");
    assertThat(again.statusCode()).isEqualTo(OK);
    assertThat(again.body()).contains("\"reason\":\"maintenance\"");
    assertThat(meters.get("pipeline.paused").tag("pipeline", "paused").gauge().value()).isOne();

    assertThat(api.post("api/pipelines/paused/resume").statusCode()).isEqualTo(OK);
    assertThat(landed.ended("paused/a.csv").run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(api.get("api/pipelines/paused").body()).contains("\"state\":\"IDLE\"");
    showsAllOf(api, "paused");
  }

  private void showsAllOf(Api api, String pipeline) throws Exception {
    String run = landed.of(pipeline + "/a.csv").orElseThrow().run().id().value();
    assertThat(api.get("api/pipelines/%s/history?limit=5".formatted(pipeline)).body())
        .contains(run, "\"rowsWritten\":");
    assertThat(api.get("api/pipelines/%s/configuration".formatted(pipeline)).body())
        .contains("\"pipelines.%s.landing.bucket\"".formatted(pipeline));
    assertThat(api.get("api/runs/" + run).body())
        .contains("\"phases\":[{\"kind\":\"WAITING\"", "\"kind\":\"LOADING\"")
        .contains("Logs of step ");
    assertThat(api.get("api/dependencies").body()).contains("\"name\":\"EMR\"");
    assertThat(api.get("api/clusters").body()).startsWith("[");
    assertThat(api.get("api/pipelines/nobody/history").statusCode()).isEqualTo(404);
  }

  @Test
  void a_later_version_is_ignored_if_configured_so_and_is_reported() {
    Run first = loadedTwice("ignoring");

    Awaiting.until(
        "the later version is set aside", PATIENCE, () -> !aside.newest("ignoring", 10).isEmpty());
    assertThat(aside.newest("ignoring", 10).get(0).reason())
        .contains("pipelines.ignoring.landing.on-overwrite=ignore");
    assertThat(landed.of("ignoring/a.csv").map(run -> run.run().id())).contains(first.id());
    assertThat(objects.waiting("ignoring", 10)).isEmpty();
  }

  @Test
  void a_later_version_fails_without_a_cluster_if_configured_so_and_its_replay_loads_it()
      throws Exception {
    Run first = loadedTwice("failing");

    Awaiting.until(
        "the later version has a run of its own",
        PATIENCE,
        () -> landed.of("failing/a.csv").filter(run -> isNewer(run, first)).isPresent());
    OpenRun failed = landed.ended("failing/a.csv");
    assertThat(failed.attempts()).isEmpty();
    Failure failure = failure(failed.run());
    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message()).contains("s3://landing/failing/a.csv");
    assertThat(failure.remedy()).contains("/replay");

    assertThat(new Api(service).post(failed.run().id(), "replay")).isEqualTo(OK);
    Run again = landed.ended("failing/a.csv").run();
    assertThat(again.origin().replayOf()).contains(failed.run().id());
    assertThat(again.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(again.output().rows().map(RowCounts::written)).contains(3L);
  }

  private Run loadedTwice(String pipeline) {
    String key = pipeline + "/a.csv";
    land(key, "1\n2\n");
    Run first = landed.ended(key).run();
    assertThat(first.state()).isEqualTo(RunState.SUCCEEDED);
    land(key, "1\n2\n3\n");
    return first;
  }

  private static Failure failure(Run run) {
    return run.outcome().orElseThrow().failure().orElseThrow();
  }

  private static boolean isNewer(OpenRun run, Run first) {
    return !run.run().id().equals(first.id())
        && run.run().origin().replayOf().equals(Optional.empty());
  }

  /** A key of 1,024 bytes with its folder, which is the most that S3 takes. */
  private static String longest() {
    return ("p".repeat(199) + "/").repeat(5) + "q".repeat(1_024 - 8 - 1_000 - 4) + ".csv";
  }

  private void land(String key, String content) {
    s3.putObject(
        request -> request.bucket("landing").key(key),
        RequestBody.fromBytes(content.getBytes(StandardCharsets.UTF_8)));
  }
}
