package web;

import static org.assertj.core.api.Assertions.assertThat;

import api.ApiProfile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import run.Attempt;
import run.Failure;
import run.FailureKind;
import run.Outcome;
import run.Run;
import run.RunId;
import run.RunState;
import store.RunStore;
import testing.Api;

/** Which failures the overview shows, and with which cause. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class FailuresTest {

  private static final Pattern MORE =
      Pattern.compile("<a href=\"(/runs[?]failed-since=[^\"]*)\">(\\d+) more failed");

  private static int next = 7_000;

  @TestHTTPResource("/")
  URI service;

  @Inject RunStore runs;
  @Inject Clock clock;

  @Test
  void a_run_that_failed_just_now_is_shown_however_old_it_is() throws Exception {
    Run old = failed("old", Duration.ofHours(26), Duration.ofMinutes(5), List.of());
    Run past = failed("past", Duration.ofHours(30), Duration.ofHours(26), List.of());

    assertThat(overview()).contains(old.id().value()).doesNotContain(past.id().value());
  }

  @Test
  void a_run_that_was_replayed_is_not_shown() throws Exception {
    Run first = failed("replayed", Duration.ofHours(2), Duration.ofHours(1), List.of());
    assertThat(overview()).contains(first.id().value());

    Run again = first.replay(RunState.PROCESSING, id(Duration.ofMinutes(30)), clock.instant());
    runs.replay(first, again);
    Run stored = runs.find(again.id()).orElseThrow().run();
    runs.save(
        stored,
        stored
            .decide(Outcome.ended(RunState.NO_DATA, "No rows"))
            .moveTo(RunState.NO_DATA, clock.instant()));

    assertThat(overview()).doesNotContain(first.id().value());
  }

  @Test
  void the_logs_root_cause_is_shown_instead_of_emrs_words() throws Exception {
    failed(
        "explained",
        Duration.ofMinutes(3),
        Duration.ofMinutes(1),
        List.of("java.lang.ArithmeticException: / by zero", "at a.B.c(B.java:7)"));

    assertThat(overview())
        .contains("java.lang.ArithmeticException: / by zero")
        .doesNotContain("EMR says that explained failed", "B.java:7");
  }

  @Test
  void a_run_that_ended_before_it_fetched_its_object_waits_for_none() throws Exception {
    Run run = failed("unfetched", Duration.ofHours(2), Duration.ofMinutes(9), List.of());

    assertThat(new Api(service).get("runs/" + run.id().value()).body())
        .contains("nothing fetched")
        .doesNotContain("to be fetched");
  }

  @Test
  void that_there_are_more_is_said_with_their_number_and_a_link_to_all() throws Exception {
    IntStream.range(0, 12)
        .forEach(
            number ->
                failed(
                    "many" + number, Duration.ofHours(3), Duration.ofSeconds(number), List.of()));

    String overview = overview();
    Matcher more = MORE.matcher(overview);
    assertThat(more.find()).isTrue();
    JsonNode all =
        new ObjectMapper()
            .readTree(new Api(service).get("api" + more.group(1) + "&limit=1000").body());
    assertThat(all).hasSize(10 + Integer.parseInt(more.group(2)));
    assertThat(all.path(0).path("pipeline").asText()).as("the last failure").isEqualTo("many0");
    assertThat(new Api(service).get(more.group(1)).body()).contains("many0", "many11");
  }

  private String overview() throws Exception {
    String html = new Api(service).get("").body();
    int start = html.indexOf("Failed in the last day");
    return start < 0 ? "" : html.substring(start, html.indexOf("</section>", start));
  }

  /** Of a pipeline that is not configured, so that nothing touches it. */
  private Run failed(
      String pipeline, Duration createdBefore, Duration failedBefore, List<String> log) {
    Instant now = clock.instant();
    Run run = Run.collected(id(createdBefore), pipeline, now.minus(createdBefore), 0, 0);
    runs.collect(run, List.of());
    if (!log.isEmpty()) {
      Attempt attempt =
          Attempt.intended(
              new Attempt.Intent(
                  run.id(), 1, 0, "cluster", "s3://logs/", now, now.plusSeconds(60)));
      Run queued = runs.save(run, run.moveTo(RunState.QUEUED, now));
      runs.begin(queued, queued.moveTo(RunState.PROCESSING, now), attempt);
      runs.save(attempt.explained(log).ended());
    }
    Run stored = runs.find(run.id()).orElseThrow().run();
    Outcome why =
        Outcome.failed(
            new Failure(
                FailureKind.USER_CODE, "EMR says that %s failed".formatted(pipeline), "mend"));
    runs.save(stored, stored.decide(why).moveTo(RunState.FAILED, now.minus(failedBefore)));
    return runs.find(run.id()).orElseThrow().run();
  }

  private RunId id(Duration before) {
    return RunId.create(clock.instant().minus(before), next++);
  }
}
