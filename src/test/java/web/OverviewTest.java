package web;

import static org.assertj.core.api.Assertions.assertThat;

import api.ApiProfile;
import inflight.InFlight;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import run.Failure;
import run.FailureKind;
import run.Outcome;
import run.Run;
import run.RunId;
import run.RunState;
import store.RunStore;
import testing.Api;

/** What the overview, the lists and the forms say of the iris pipeline, whose table is replaced. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class OverviewTest {

  private static int next = 9_000;

  @TestHTTPResource("/")
  URI service;

  @Inject RunStore runs;
  @Inject InFlight inFlight;
  @Inject Clock clock;

  @Test
  void an_open_run_that_makes_no_progress_needs_an_operator() throws Exception {
    RunId run = stored("ghost", RunState.LOADING, Optional.empty());
    inFlight.runs().fail(run, "no route to Snowflake", clock.instant());
    assertThat(get("")).as("once").doesNotContain("no route to Snowflake");

    inFlight.runs().fail(run, "no route to Snowflake", clock.instant());

    assertThat(get("")).contains("Needs you", "no route to Snowflake");
    inFlight.runs().forget(run);
  }

  @Test
  void a_failure_that_a_later_run_of_a_replaced_table_made_up_for_is_a_grey_line()
      throws Exception {
    Failure why = new Failure(FailureKind.DATA, "too many rows rejected", "mend");
    RunId failed = stored("iris", RunState.FAILED, Optional.of(Outcome.failed(why)));
    assertThat(get("pipelines/iris")).contains("<b>Run <a href=\"/runs/" + failed);
    assertThat(get("")).contains("too many rows rejected", "not loaded yet");

    stored("iris", RunState.SUCCEEDED, Optional.of(Outcome.ended(RunState.SUCCEEDED, "loaded")));

    String overview = get("");
    assertThat(overview).doesNotContain("too many rows rejected").contains("table as of");
    assertThat(overview.substring(overview.indexOf("class=\"repaired\""))).contains(failed.value());
    assertThat(get("pipelines/iris")).doesNotContain("<b>Run <a href=\"/runs/" + failed);
  }

  @Test
  void what_would_be_refused_is_not_offered() throws Exception {
    assertThat(get("pipelines/iris"))
        .contains("No start: nothing waits in s3://landing/iris/")
        .doesNotContain("/pipelines/iris/start", "/pipelines/iris/backfill");
  }

  @Test
  void nothing_is_done_without_a_reason() throws Exception {
    HttpResponse<String> answer = post("pipelines/iris/pause", " ");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("There is no reason");
    assertThat(get("api/pipelines/iris")).contains("\"noStart\"").doesNotContain("\"PAUSED\"");
  }

  @Test
  void a_mistake_in_the_form_of_the_runs_is_said_in_the_form() throws Exception {
    HttpResponse<String> answer = new Api(service).get("runs?since=yesterday&text=kept");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("role=\"alert\"", "yesterday", "value=\"kept\"");
    assertThat(get("runs?since=2026-11-28T06:00")).contains("value=\"2026-11-28T06:00:00\"");
  }

  private RunId stored(String pipeline, RunState state, Optional<Outcome> outcome) {
    Instant now = clock.instant();
    Run run = Run.collected(RunId.create(now, next++), pipeline, now, 0, 0);
    runs.collect(
        new Run(
            run.origin(),
            new Run.Standing(state, now, 1, outcome),
            run.input(),
            run.output(),
            0,
            Optional.empty()),
        List.of());
    return run.id();
  }

  private String get(String path) throws IOException, InterruptedException {
    return new Api(service).get(path).body();
  }

  private HttpResponse<String> post(String path, String reason)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(service.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "reason=" + URLEncoder.encode(reason, StandardCharsets.UTF_8)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
